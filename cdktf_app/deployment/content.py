"""The hub's field `content`: what is made of load balancer log lines."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from cdktf_app.deployment.fields import FieldName
from cdktf_app.deployment.strict import Strict


class FilterRule(Strict):
    """The share that is kept of the lines whose fields match."""

    match: dict[FieldName, str] = Field(min_length=1)
    keep: float = Field(ge=0, le=1)


class Content(Strict):
    """What is made of load balancer log lines; the fields are those of the hub module's input `content`."""

    structured_metadata: list[FieldName] = []
    labels: list[Literal["log_kind", "load_balancer_type", "status_class"]] = []
    output_format: Literal["original", "json", "logfmt"] = "original"
    redact: list[Literal["client_ip", "query_string"]] = []
    print_log_line: bool = False
    filter_rules: list[FilterRule] = []
