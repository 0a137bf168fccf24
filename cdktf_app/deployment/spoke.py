"""A spoke: its account, the inputs of its module, and what its hub has to know of it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Self

from pydantic import Field, model_validator

from cdktf_app.deployment.account import Account
from cdktf_app.deployment.fields import (
    AccountId,
    BucketName,
    KeyArnOrNone,
    LabelName,
    Name,
    Prefix,
    StandardTopicArnOrNone,
    TenantId,
)
from cdktf_app.deployment.storage import AccessLog, Transition, Versioning
from cdktf_app.deployment.strict import Strict
from cdktf_app.modules.storage_classes import KEPT_THIRTY_DAYS, STORAGE_CLASSES

_OF_THE_HUB = ("tenant_id", "labels", "topic_arn", "prefixes")
_FOR_HUB = {"account_id", "bucket_name", "prefix", "log_account_ids", "kms_key_arn", *_OF_THE_HUB}


class LogDelivery(Strict):
    """Which load balancers log to the bucket; the fields are those of the spoke module's `log_delivery`."""

    application: bool = True
    network: bool = False
    outposts: bool = False


class DemoLoadBalancer(Strict):
    """A load balancer to see the whole path at work; the fields are those of `demo_load_balancer`."""

    enabled: bool = False
    name: str = "alb-loki-demo"
    cidr_block: str = "10.200.0.0/16"


class Spoke(Account):
    """A log bucket, in an account; the fields behind `prefixes` are the spoke module's inputs.

    Attributes:
        hub: The name of its hub; may be left out where there is one. The spoke is in the hub's region.
        tenant_id: Loki's tenant for its lines; without it, the hub's `loki` decides.
        labels: Labels of its lines, beside the function's own.
        topic_arn: The SNS topic that S3 tells of its objects in the hub's place, to which the hub subscribes itself.
        prefixes: Key prefixes beside `prefix` whose logs the hub reads, in a bucket that others tell it of.
    """

    hub: Name | None = None
    tenant_id: TenantId = ""
    labels: dict[LabelName, str] = {}
    topic_arn: StandardTopicArnOrNone = ""
    prefixes: list[Prefix] = []
    bucket_name: BucketName
    create_bucket: bool = True
    manage_policy: bool | None = None
    manage_notification: bool | None = None
    prefix: Prefix = ""
    log_account_ids: list[AccountId] = Field(default=[], max_length=100)
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
        mistakes = [*self._delivery_mistakes(), *self._storage_mistakes(), *self._foreign_settings()]
        if mistakes:
            raise ValueError("; ".join(mistakes))
        return self

    def _delivery_mistakes(self) -> Iterator[str]:
        if len(set(self.log_account_ids)) < len(self.log_account_ids):
            yield "log_account_ids names an account twice: name each once"
        if len({self.prefix, *self.prefixes}) < 1 + len(self.prefixes):
            yield (
                "prefixes names a prefix twice, or that of prefix again, which is empty unless the file has one: name "
                "each once"
            )
        if not any(self.log_delivery.model_dump().values()):
            yield "log_delivery has none of application, network and outposts: make one of them true"
        if self.kms_key_arn and (self.log_delivery.application or self.log_delivery.outposts):
            yield (
                "kms_key_arn is for a bucket with logs of Network Load Balancers only, because others support no KMS "
                "key: leave it out, or set log_delivery to {application: false, network: true}"
            )
        if self.demo_load_balancer.enabled and not self.log_delivery.application:
            yield (
                "demo_load_balancer is an Application Load Balancer, and log_delivery.application is false: make it "
                "true, or leave demo_load_balancer out"
            )

    def _storage_mistakes(self) -> Iterator[str]:
        days = [rule.days for rule in self.transitions]
        for earlier, later in pairwise(self.transitions):
            least = earlier.days + (30 if earlier.storage_class in KEPT_THIRTY_DAYS else 1)
            if later.days < least:
                yield (
                    f"transitions are after {days} days: put them in the order of days; after "
                    f"{earlier.storage_class} at {earlier.days} the next one is at {least} or later"
                )
            if STORAGE_CLASSES.index(later.storage_class) <= STORAGE_CLASSES.index(earlier.storage_class):
                yield (
                    f"transitions move from {earlier.storage_class} to {later.storage_class}, which S3 does not do: "
                    f"the order is {', '.join(STORAGE_CLASSES)}"
                )
        if days and max(days) >= self.expiration_days:
            yield (
                f"transitions after {max(days)} days never happen, because expiration_days is {self.expiration_days}: "
                "lower the one or raise the other"
            )
        if self.access_log and self.access_log.bucket_name == self.bucket_name:
            yield "access_log.bucket_name is the log bucket itself: name another one"

    def _foreign_settings(self) -> Iterator[str]:
        settings = {
            "transitions": self.transitions,
            "versioning": self.versioning.enabled,
            "access_log": self.access_log,
            "force_destroy": self.force_destroy,
        }
        for name in (name for name, value in settings.items() if value and not self.create_bucket):
            yield f"{name} is a setting of a bucket that is made here, and create_bucket is false: leave {name} out"
        if self.deletion_protection and not self._manages(self.manage_policy):
            yield (
                "deletion_protection is a statement of the bucket's policy, which is not made here: leave it out, or "
                "set manage_policy to true"
            )
        if self.topic_arn and self._manages(self.manage_notification):
            yield (
                "topic_arn names whom S3 tells of new objects, and the notification made here would tell the hub: set "
                "manage_notification to false, or leave topic_arn out"
            )
        if self.prefixes and self._manages(self.manage_notification):
            yield (
                "prefixes is what the hub reads beside prefix, of which the notification made here would not tell it: "
                "set manage_notification to false, or leave prefixes out"
            )

    def _manages(self, setting: bool | None) -> bool:
        return self.create_bucket if setting is None else setting

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
        yours = {"policy_statements": self.manage_policy, "notification": self.manage_notification}
        return [
            "bucket_name",
            *(output for output, setting in yours.items() if not self._manages(setting)),
            *(["kms_key_statements"] if self.kms_key_arn else []),
            *(["alb_dns_name"] if self.demo_load_balancer.enabled else []),
        ]
