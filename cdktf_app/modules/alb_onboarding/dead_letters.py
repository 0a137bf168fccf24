"""Events of new load balancers that the function has failed for, and what becomes of them."""

from __future__ import annotations

from imports.aws.lambda_function_event_invoke_config import (
    LambdaFunctionEventInvokeConfig,
    LambdaFunctionEventInvokeConfigDestinationConfig,
    LambdaFunctionEventInvokeConfigDestinationConfigOnFailure,
)
from imports.aws.sqs_queue import SqsQueue
from imports.aws.sqs_queue_policy import SqsQueuePolicy

from cdktf_app.modules.alb_onboarding.names import NAMES
from cdktf_app.modules.alb_onboarding.statements import dead_letter_queue_statements
from cdktf_app.modules.expressions import POLICY_VERSION, boolean, jsonencode, tags
from cdktf_app.modules.module import Module, comment

_FOURTEEN_DAYS = 14 * 86400
"""The most that SQS keeps a message (SetQueueAttributes, Amazon SQS API reference)."""


def add_dead_letters(module: Module) -> None:
    """Add the queue, and that Lambda sends to it what it gives up."""
    scope = module.concern("dead_letters")
    SqsQueue(
        scope,
        "queue.dead_letter",
        name="${var.name}-dead-letter",
        message_retention_seconds=_FOURTEEN_DAYS,
        kms_master_key_id="${local.kms_key_arn}",
        sqs_managed_sse_enabled=boolean("${local.kms_key_arn == null ? true : null}"),
        tags=tags(),
    )
    SqsQueuePolicy(
        scope,
        "policy.dead_letter",
        queue_url="${aws_sqs_queue.dead_letter.url}",
        policy=jsonencode({"Version": POLICY_VERSION, "Statement": dead_letter_queue_statements(NAMES)}),
    )
    config = LambdaFunctionEventInvokeConfig(
        scope,
        "invoke.this",
        function_name="${aws_lambda_function.this.function_name}",
        maximum_retry_attempts=2,
        maximum_event_age_in_seconds=6 * 3600,
        destination_config=LambdaFunctionEventInvokeConfigDestinationConfig(
            on_failure=LambdaFunctionEventInvokeConfigDestinationConfigOnFailure(
                destination="${aws_sqs_queue.dead_letter.arn}"
            )
        ),
    )
    comment(config, "Of events only: a run of an apply is answered, and Terraform tells what failed.")
