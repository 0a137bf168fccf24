"""The log group of a module's function."""

from __future__ import annotations

from constructs import Construct
from imports.aws.cloudwatch_log_group import CloudwatchLogGroup

from cdktf_app.modules.expressions import number, tags
from cdktf_app.modules.module import skip_check


def add_function_log(scope: Construct) -> None:
    """Add the log group, which Lambda would make itself else, without a key and to be kept for ever."""
    log_group = CloudwatchLogGroup(
        scope,
        "log_group.this",
        name="/aws/lambda/${var.name}",
        retention_in_days=number("${var.log_retention_days}"),
        kms_key_id="${local.kms_key_arn}",
        tags=tags(),
    )
    skip_check(
        log_group,
        "CKV_AWS_338",
        "log_retention_days is the user's to set; a year of operational logs is no need",
    )
