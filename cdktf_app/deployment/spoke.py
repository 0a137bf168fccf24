"""A spoke: its account, the inputs of its module, and what its hub has to know of it."""

from __future__ import annotations

from typing import Any, Literal, Self

from pydantic import Field, model_validator

from cdktf_app.deployment.account import Account
from cdktf_app.deployment.fields import AccountId, BucketName, KeyArnOrNone, LabelName, Name, Prefix, TenantId
from cdktf_app.deployment.strict import Strict

_OF_THE_HUB = ("tenant_id", "labels")
_FOR_HUB = {"account_id", "bucket_name", "prefix", "log_account_ids", "kms_key_arn", *_OF_THE_HUB}


class LogDelivery(Strict):
    """Which load balancers log to the bucket; the fields are those of the spoke module's `log_delivery`."""

    application: bool = True
    network: bool = False
    outposts: bool = False


class Transition(Strict):
    """The storage class that log objects move to after some days."""

    days: int = Field(ge=1)
    storage_class: Literal[
        "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "GLACIER_IR", "GLACIER", "DEEP_ARCHIVE"
    ]


class Versioning(Strict):
    """Whether S3 keeps what is overwritten or deleted, and for how many days."""

    enabled: bool = False
    noncurrent_days: int = Field(default=7, ge=1)


class AccessLog(Strict):
    """The bucket that S3 logs requests to; the fields are those of the spoke module's `access_log`."""

    bucket_name: BucketName
    prefix: str = ""


class DemoLoadBalancer(Strict):
    """A load balancer to see the whole path at work; the fields are those of `demo_load_balancer`."""

    enabled: bool = False
    name: str = "alb-loki-demo"
    cidr_block: str = "10.200.0.0/16"


class Spoke(Account):
    """A log bucket, in an account; the fields behind `labels` are the spoke module's inputs.

    Attributes:
        hub: The name of its hub; may be left out where there is one. The spoke is in the hub's region.
        tenant_id: Loki's tenant for its lines; without it, the hub's `loki` decides.
        labels: Labels of its lines, beside the function's own.
    """

    hub: Name | None = None
    tenant_id: TenantId = ""
    labels: dict[LabelName, str] = {}
    bucket_name: BucketName
    create_bucket: bool = True
    manage_policy: bool | None = None
    manage_notification: bool | None = None
    prefix: Prefix = ""
    log_account_ids: list[AccountId] = []
    log_delivery: LogDelivery = LogDelivery()
    kms_key_arn: KeyArnOrNone = ""
    expiration_days: int = Field(default=30, ge=1)
    transitions: list[Transition] = []
    versioning: Versioning = Versioning()
    access_log: AccessLog | None = None
    deletion_protection: bool = False
    force_destroy: bool = False
    grant_elb_account: bool = False
    demo_load_balancer: DemoLoadBalancer = DemoLoadBalancer()
    tags: dict[str, str] = {}

    @model_validator(mode="after")
    def _fitting(self) -> Self:
        if self.kms_key_arn and (self.log_delivery.application or self.log_delivery.outposts):
            raise ValueError(
                "kms_key_arn is for a bucket with logs of Network Load Balancers only, because others deliver nothing "
                "to it: leave it out, or set log_delivery to {application: false, network: true}"
            )
        late = [rule.days for rule in self.transitions if rule.days >= self.expiration_days]
        if late:
            raise ValueError(
                f"transitions after {late[0]} days never happen, because expiration_days is {self.expiration_days}: "
                "lower the one or raise the other"
            )
        return self

    def module_inputs(self) -> dict[str, Any]:
        """Return what the file gives to the module; what it leaves out has the module's own default."""
        return self.model_dump(
            exclude={*Account.model_fields, "hub", *_OF_THE_HUB}, exclude_unset=True, exclude_none=True
        )

    def for_hub(self) -> dict[str, Any]:
        """Return the spoke as its hub needs it: one value of the hub module's input `spokes`."""
        return self.model_dump(include=_FOR_HUB, exclude_unset=True)

    def outputs(self) -> list[str]:
        """Return which of the module's outputs are worth showing, and not null."""
        created = self.create_bucket
        yours = [
            output
            for output, managed in (
                ("policy_statements", self.manage_policy),
                ("notification", self.manage_notification),
            )
            if not (created if managed is None else managed)
        ]
        return [
            "bucket_name",
            *yours,
            *(["kms_key_statements"] if self.kms_key_arn else []),
            *(["alb_dns_name"] if self.demo_load_balancer.enabled else []),
        ]
