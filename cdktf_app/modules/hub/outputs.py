"""The hub's outputs."""

from __future__ import annotations

from constructs import Construct

from cdktf_app.modules.inputs import output


def add_outputs(scope: Construct) -> None:
    """Declare the outputs."""
    output(
        scope,
        "lambda_promtail_function_arn",
        "${aws_lambda_function.this.arn}",
        "ARN of the promtail function: `hub.function_arn` of every spoke.",
        # S3 checks that it may invoke the function when a spoke's notification is made.
        depends_on=("aws_lambda_permission.spoke",),
    )
    output(
        scope,
        "lambda_promtail_role_arn",
        "${aws_iam_role.this.arn}",
        "ARN of the function's role, which reads the log objects: `hub.role_arn` of every spoke.",
    )
    output(
        scope,
        "log_group_name",
        "${aws_cloudwatch_log_group.this.name}",
        "CloudWatch log group of the function: one line per object, and every error.",
    )
    output(
        scope,
        "nat_public_ip",
        "${one(aws_eip.nat[*].public_ip)}",
        "Address that Loki sees the function come from, for an allow-list; null without a created network.",
    )
