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
        "nat_public_ips",
        "${aws_eip.nat[*].public_ip}",
        "Addresses that Loki sees the function come from, for an allow-list; empty without a created network.",
    )
    output(
        scope,
        "vpc_id",
        "${one(aws_vpc.this[*].id)}",
        "The created VPC, for routes and peerings of your own; null without a created network.",
    )
    output(
        scope,
        "security_group_id",
        "${one(aws_security_group.function[*].id)}",
        "The function's security group in the created VPC, which what it is to reach lets in; null without one.",
    )
