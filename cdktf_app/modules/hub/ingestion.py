"""The queue that feeds the function, and the queue of what is given up."""

from __future__ import annotations

from typing import Any

from constructs import Construct
from imports.aws.lambda_event_source_mapping import (
    LambdaEventSourceMapping,
    LambdaEventSourceMappingScalingConfig,
)
from imports.aws.sqs_queue import SqsQueue
from imports.aws.sqs_queue_policy import SqsQueuePolicy

from cdktf_app.modules.expressions import POLICY_VERSION, boolean, jsonencode, number, tags
from cdktf_app.modules.hub.queue_policy import add_queue_policy, refuse_plain_http
from cdktf_app.modules.hub.senders import add_senders
from cdktf_app.modules.module import Module, comment
from cdktf_app.modules.statements import allow_when_any

_FOURTEEN_DAYS = 14 * 86400
"""The most that SQS keeps a message (SetQueueAttributes, Amazon SQS API reference)."""

IF_QUEUE = "${local.use_queue ? 1 : 0}"


def add_ingestion(module: Module) -> None:
    """Add both queues, and what takes messages from the first to the function."""
    module.local("use_queue", '${var.ingestion.mode == "queue"}')
    add_senders(module)
    fits = add_queue_policy(module)
    scope = module.concern("ingestion")
    ingestion = SqsQueue(
        scope,
        "queue.ingestion",
        count=number(IF_QUEUE),
        name="${var.name}",
        visibility_timeout_seconds=number("${6 * var.function.timeout}"),
        message_retention_seconds=number("${var.ingestion.retention_days * 86400}"),
        redrive_policy=jsonencode(
            {
                "deadLetterTargetArn": "${aws_sqs_queue.dead_letter.arn}",
                "maxReceiveCount": "${var.ingestion.max_receive_count}",
            }
        ),
        **_encryption(),
        tags=tags(),
    )
    comment(
        ingestion,
        "Six times the function's timeout is what AWS recommends: a message must not come again while Lambda still "
        "tries its batch.",
    )
    queue_policy = SqsQueuePolicy(
        scope,
        "policy.ingestion",
        count=number(IF_QUEUE),
        queue_url="${aws_sqs_queue.ingestion[0].url}",
        policy="${local.queue_policy}",
    )
    queue_policy.add_override("lifecycle.precondition", [fits])
    _dead_letters(scope)
    mapping = LambdaEventSourceMapping(
        scope,
        "mapping.ingestion",
        count=number(IF_QUEUE),
        event_source_arn="${aws_sqs_queue.ingestion[0].arn}",
        function_name="${aws_lambda_function.this.arn}",
        batch_size=number("${var.ingestion.batch_size}"),
        function_response_types=["ReportBatchItemFailures"],
        scaling_config=LambdaEventSourceMappingScalingConfig(
            maximum_concurrency=number("${var.ingestion.maximum_concurrency}")
        ),
        tags=tags(),
    )
    comment(mapping, "The function says which messages of a batch failed, and only those come again.")


def ingestion_statements() -> list[str]:
    """Make the statements: to take messages from the queue and to put what is left of one back into it.

    Without a queue, it is that Lambda may put what it gives up into the dead-letter queue, in the role's name.
    """
    return [
        allow_when_any(
            "arn",
            'local.use_queue ? local.queue_arn : ""',
            {
                "Sid": "UseQueue",
                "Action": [
                    "sqs:DeleteMessage",
                    "sqs:GetQueueAttributes",
                    "sqs:GetQueueUrl",
                    "sqs:ReceiveMessage",
                    # The function replaces a message whose object it could not finish by one for the rest.
                    "sqs:SendMessage",
                ],
                "Resource": "${arn}",
            },
        ),
        allow_when_any(
            "arn",
            'local.use_queue ? "" : local.dead_letter_queue_arn',
            {"Sid": "GiveUp", "Action": "sqs:SendMessage", "Resource": "${arn}"},
        ),
    ]


def _dead_letters(scope: Construct) -> None:
    dead_letter = SqsQueue(
        scope,
        "queue.dead_letter",
        name="${var.name}-dead-letter",
        message_retention_seconds=_FOURTEEN_DAYS,
        # Never empty, and no resource of its own: LocalStack does not forget an empty one, for which Terraform waits
        # when it destroys such a resource.
        redrive_allow_policy=jsonencode(
            {"redrivePermission": "byQueue", "sourceQueueArns": ["${local.queue_arn}"]}
        ),
        **_encryption(),
        tags=tags(),
    )
    comment(
        dead_letter,
        "What is given up: by the queue after too many attempts, or, without a queue, by Lambda after its own.",
    )
    SqsQueuePolicy(
        scope,
        "policy.dead_letter",
        queue_url="${aws_sqs_queue.dead_letter.url}",
        policy=jsonencode(
            {"Version": POLICY_VERSION, "Statement": [refuse_plain_http("${local.dead_letter_queue_arn}")]}
        ),
    )


def _encryption() -> dict[str, Any]:
    return {
        "kms_master_key_id": "${local.kms_key_arn}",
        "sqs_managed_sse_enabled": boolean("${local.kms_key_arn == null ? true : null}"),
    }
