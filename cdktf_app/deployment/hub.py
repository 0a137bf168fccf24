"""A hub: its account and region, and the inputs of its module."""

from __future__ import annotations

from typing import Any, Literal, Self

from pydantic import model_validator

from cdktf_app.deployment.account import Account
from cdktf_app.deployment.content import Content
from cdktf_app.deployment.fields import (
    KeyArnOrNone,
    MetricsNamespace,
    Name,
    OrganizationId,
    RefusedDestination,
    RegionName,
    Retention,
)
from cdktf_app.deployment.function import Function
from cdktf_app.deployment.loki import CredentialArns, Loki
from cdktf_app.deployment.network import Network
from cdktf_app.deployment.options import Iam, Ingestion, Monitoring
from cdktf_app.modules.log_delivery.regions import regions


class Hub(Account):
    """A hub, in an account and a region; the fields behind `region` are the hub module's inputs.

    The module's `loki_credentials` are not part of the file, and its `spokes` are those that name this hub.
    """

    region: RegionName
    name: Name = "alb-loki"
    loki: Loki
    loki_credential_arns: CredentialArns = CredentialArns()
    organization_id: OrganizationId = ""
    ingestion: Ingestion = Ingestion()
    content: Content = Content()
    refused_destination_arn: RefusedDestination = ""
    function: Function = Function()
    iam: Iam = Iam()
    network: Network = Network()
    kms_key_arn: KeyArnOrNone = ""
    monitoring: Monitoring = Monitoring()
    log_retention_days: Retention = 14
    log_level: Literal["debug", "info", "warn", "error"] = "info"
    metrics_namespace: MetricsNamespace = "AlbLoki"
    tags: dict[str, str] = {}

    @model_validator(mode="after")
    def _fitting(self) -> Self:
        reserved, concurrency = self.function.reserved_concurrency, self.ingestion.maximum_concurrency
        if self.ingestion.mode == "queue" and reserved is not None and reserved < concurrency:
            raise ValueError(
                f"function.reserved_concurrency is {reserved}, below ingestion.maximum_concurrency, {concurrency}: "
                "messages beyond it would end in the dead-letter queue untried. Raise the one or lower the other"
            )
        if self.organization_id and self.ingestion.mode != "queue":
            raise ValueError(
                f"organization_id needs a queue, and ingestion.mode is {self.ingestion.mode}: leave one of them out"
            )
        return self

    def module_inputs(self) -> dict[str, Any]:
        """Return what the file gives to the module; what it leaves out has the module's own default."""
        return self.model_dump(
            exclude={*Account.model_fields, "region"}, exclude_unset=True, exclude_none=True
        )

    def for_spokes(self) -> dict[str, str]:
        """Return the hub as its spokes need it: the spoke module's input `hub`.

        The ARNs are made from what the file says, so that no spoke has to read the hub's state, which may hold
        Loki's credentials.
        """
        partition = regions()[self.region].partition
        place = f"{self.region}:{self.account_id}"
        role = {"role_arn": f"arn:{partition}:iam::{self.account_id}:role{self.iam.path}{self.name}"}
        if self.ingestion.mode == "queue":
            return role | {"queue_arn": f"arn:{partition}:sqs:{place}:{self.name}"}
        return role | {"function_arn": f"arn:{partition}:lambda:{place}:function:{self.name}"}

    def outputs(self) -> list[str]:
        """Return which of the module's outputs are worth showing, and not null."""
        return [
            "lambda_promtail_function_arn",
            "lambda_promtail_role_arn",
            "dead_letter_queue_url",
            *(["nat_public_ips"] if self.network.mode == "created" else []),
            *(["kms_key_statements"] if self.kms_key_arn else []),
        ]
