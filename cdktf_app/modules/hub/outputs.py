"""The hub's outputs."""

from __future__ import annotations

from constructs import Construct

from cdktf_app.modules.inputs import output

# S3 checks that it may send to the queue, or invoke the function, when a spoke's notification is made. What it tells a
# topic before the hub listens is lost.
_INVITED = (
    "aws_lambda_permission.spoke",
    "aws_sns_topic_subscription.topic",
    "aws_sqs_queue_policy.ingestion",
)


def add_outputs(scope: Construct) -> None:
    """Declare the outputs."""
    output(
        scope,
        "lambda_promtail_function_arn",
        "${local.function_arn}",
        "ARN of the promtail function: in mode `direct` `hub.function_arn` of every spoke.",
        depends_on=("aws_lambda_function.this", *_INVITED),
    )
    output(
        scope,
        "lambda_promtail_role_arn",
        "${local.role_arn}",
        "ARN of the function's role, which reads the log objects: `hub.role_arn` of every spoke.",
        depends_on=("aws_iam_role.this",),
    )
    output(
        scope,
        "queue_arn",
        "${local.use_queue ? local.queue_arn : null}",
        "ARN of the queue that feeds the function: `hub.queue_arn` of every spoke; null in mode `direct`.",
        depends_on=("aws_sqs_queue.ingestion", *_INVITED),
    )
    output(
        scope,
        "queue_url",
        "${one(aws_sqs_queue.ingestion[*].url)}",
        "URL of the queue that feeds the function; null in mode `direct`.",
    )
    output(
        scope,
        "for_spokes",
        """${{
          role_arn     = local.role_arn
          function_arn = local.use_queue ? null : local.function_arn
          queue_arn    = local.use_queue ? local.queue_arn : null
        }}""",
        "The input `hub` of every spoke.",
        depends_on=("aws_iam_role.this", *_INVITED),
    )
    output(
        scope,
        "dead_letter_queue_arn",
        "${local.dead_letter_queue_arn}",
        "ARN of the queue of what was given up.",
        depends_on=("aws_sqs_queue.dead_letter",),
    )
    output(
        scope,
        "dead_letter_queue_url",
        "${aws_sqs_queue.dead_letter.url}",
        "URL of the queue of what was given up, for `aws sqs receive-message` and `start-message-move-task`.",
    )
    output(
        scope,
        "log_group_name",
        "${aws_cloudwatch_log_group.this.name}",
        "CloudWatch log group of the function: one line per object, and every error.",
    )
    output(
        scope,
        "kms_key_statements",
        "${jsonencode(local.kms_key_statements)}",
        "JSON list of the statements that the policy of a key for `kms_key_arn` needs beside those of its "
        "administrators: `concat(local.administration, jsondecode(module.hub.kms_key_statements))`.",
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
    output(
        scope,
        "alarm_arns",
        "${local.alarm_arns}",
        "ARNs of the alarms by their names: errors, throttles, oldest_message, dead_letters, delivery_delay and "
        "refused_lines, those that there are.",
    )
    output(
        scope,
        "dashboard_name",
        "${one(aws_cloudwatch_dashboard.this[*].dashboard_name)}",
        "Name of the CloudWatch dashboard; null without one.",
    )
