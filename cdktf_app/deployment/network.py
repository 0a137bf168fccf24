"""The hub's field `network`: where the function runs."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from cdktf_app.deployment.fields import Retention, SecurityGroupId, SubnetId, ZoneName
from cdktf_app.deployment.strict import Strict


class FlowLogs(Strict):
    """The flow logs of a created network."""

    enabled: bool = False
    retention_days: Retention = 14


class Network(Strict):
    """Where the function runs; the fields are those of the hub module's input `network`."""

    mode: Literal["none", "created", "existing"] = "none"
    cidr_block: str = "10.100.0.0/16"
    availability_zones: list[ZoneName] = Field(default=[], max_length=8)
    nat_gateways: Literal["one", "per_zone"] = "one"
    s3_endpoint: Literal["gateway", "interface"] = "gateway"
    flow_logs: FlowLogs = FlowLogs()
    subnet_ids: list[SubnetId] = Field(default=[], max_length=16)
    security_group_ids: list[SecurityGroupId] = Field(default=[], max_length=5)

    @model_validator(mode="after")
    def _of_the_mode(self) -> Self:
        if self.mode == "existing" and not (self.subnet_ids and self.security_group_ids):
            raise ValueError("subnet_ids and security_group_ids must both be given with mode existing")
        if self.mode != "existing" and (self.subnet_ids or self.security_group_ids):
            raise ValueError(
                f"subnet_ids and security_group_ids are of mode existing, and mode is {self.mode}: leave them out"
            )
        if self.mode != "created" and (self.availability_zones or self.flow_logs.enabled):
            raise ValueError(
                f"availability_zones and flow_logs are of mode created, and mode is {self.mode}: leave them out"
            )
        return self
