"""Rules of the input `hub` of the modules that send logs to one: its output `for_spokes`."""

from __future__ import annotations

from cdktf_app.modules import patterns
from cdktf_app.modules.inputs import Validation
from cdktf_app.modules.validations import if_given, matches


def hub_rules(*, optional: bool = False) -> tuple[Validation, ...]:
    """Make the rules; with `optional`, null passes them all."""
    rules = (
        Validation(
            matches(patterns.ROLE_ARN, "var.hub.role_arn"),
            "hub.role_arn must be the ARN of an IAM role, such as the hub's output lambda_promtail_role_arn.",
        ),
        Validation(
            if_given("var.hub.function_arn", matches(patterns.FUNCTION_ARN, "var.hub.function_arn")),
            "hub.function_arn must be the ARN of a Lambda function, such as the hub's output "
            "lambda_promtail_function_arn.",
        ),
        Validation(
            if_given("var.hub.queue_arn", matches(patterns.QUEUE_ARN, "var.hub.queue_arn")),
            "hub.queue_arn must be the ARN of a standard SQS queue, such as the hub's output queue_arn. S3 sends "
            "nothing to FIFO queues.",
        ),
        Validation(
            "(var.hub.function_arn == null) != (var.hub.queue_arn == null)",
            "hub must have either a function_arn or a queue_arn: one of them hears of each new log object. Give "
            "the hub's output for_spokes, which has the right one.",
        ),
    )
    if not optional:
        return rules
    return tuple(
        Validation(if_given("var.hub", f"try({rule.condition}, false)"), rule.error_message) for rule in rules
    )
