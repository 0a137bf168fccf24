"""The hub's smaller fields: how objects reach the function, and what roles and alarms are like."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from cdktf_app.deployment.fields import IamPath, PolicyArn, TopicArn
from cdktf_app.deployment.strict import Strict


class Ingestion(Strict):
    """How an object's event reaches the function; the fields are those of the hub module's input `ingestion`."""

    mode: Literal["queue", "direct"] = "queue"
    batch_size: int = Field(default=10, ge=1, le=10)
    maximum_concurrency: int = Field(default=10, ge=2, le=1000)
    max_receive_count: int = Field(default=10, ge=1, le=1000)
    retention_days: int = Field(default=14, ge=1, le=14)
    maximum_retry_attempts: int = Field(default=2, ge=0, le=2)
    maximum_event_age_seconds: int = Field(default=21600, ge=60, le=21600)


class Iam(Strict):
    """What all roles of the hub have in common; the fields are those of the hub module's input `iam`."""

    path: IamPath = "/"
    permissions_boundary_arn: PolicyArn | None = None


class Monitoring(Strict):
    """Alarms and dashboard; the fields are those of the hub module's input `monitoring`."""

    alarms: bool = True
    dashboard: bool = True
    alarm_topic_arns: list[TopicArn] = Field(default=[], max_length=5)
    ok_topic_arns: list[TopicArn] = Field(default=[], max_length=5)
    oldest_message_age_seconds: int = Field(default=900, ge=60, le=1_209_600)
    delivery_delay_seconds: int = Field(default=900, ge=60, le=1_209_600)
