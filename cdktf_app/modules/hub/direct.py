"""Ingestion without a queue: S3 invokes the function."""

from __future__ import annotations

from typing import Any

from imports.aws.lambda_function_event_invoke_config import (
    LambdaFunctionEventInvokeConfig,
    LambdaFunctionEventInvokeConfigDestinationConfig,
    LambdaFunctionEventInvokeConfigDestinationConfigOnFailure,
)
from imports.aws.lambda_permission import LambdaPermission

from cdktf_app.emitter.value import hcl_value
from cdktf_app.modules.expressions import POLICY_VERSION, number
from cdktf_app.modules.module import Module

FUNCTION_POLICY_LIMIT = 20480
"""Bytes of a function's resource-based policy (AWS Lambda Developer Guide, "Lambda quotas": 20 KB)."""


def add_direct(module: Module) -> dict[str, Any]:
    """Add S3's permissions to invoke the function, and what Lambda does with an event that fails.

    Returns:
        The function's precondition that the policy which Lambda makes of the permissions fits.
    """
    fits = _size(module)
    scope = module.concern("direct")
    permission = LambdaPermission(
        scope,
        "permission.spoke",
        statement_id="AllowS3-${each.key}",
        action="lambda:InvokeFunction",
        # The ARN, not the name: when the function is replaced, its permissions go with it and have to be made
        # again, which Terraform sees by a value that is not known before.
        function_name="${aws_lambda_function.this.arn}",
        principal="s3.amazonaws.com",
        source_arn="${local.spoke_bucket_arns[each.key]}",
        source_account="${each.value.account_id}",
    )
    permission.add_override(
        "for_each", "${{ for name, spoke in local.senders : name => spoke if !local.use_queue }}"
    )
    LambdaFunctionEventInvokeConfig(
        scope,
        "invoke.this",
        count=number("${local.use_queue ? 0 : 1}"),
        function_name="${aws_lambda_function.this.function_name}",
        maximum_retry_attempts=number("${var.ingestion.maximum_retry_attempts}"),
        maximum_event_age_in_seconds=number("${var.ingestion.maximum_event_age_seconds}"),
        destination_config=LambdaFunctionEventInvokeConfigDestinationConfig(
            on_failure=LambdaFunctionEventInvokeConfigDestinationConfigOnFailure(
                destination="${aws_sqs_queue.dead_letter.arn}"
            )
        ),
    )
    return fits


def _size(module: Module) -> dict[str, Any]:
    of_spoke = _permission(
        "AllowS3-${name}",
        "s3.amazonaws.com",
        {
            "StringEquals": {"AWS:SourceAccount": "${spoke.account_id}"},
            "ArnLike": {"AWS:SourceArn": "${local.spoke_bucket_arns[name]}"},
        },
    )
    of_topic = _permission(
        "AllowSNS-${sha256(arn)}", "sns.amazonaws.com", {"ArnLike": {"AWS:SourceArn": "${arn}"}}
    )
    module.local(
        "function_policy_size",
        f"${{local.use_queue ? 0 : length(jsonencode({{ Version = {hcl_value(POLICY_VERSION)}, "
        f'Id = "default", Statement = concat([for name, spoke in local.senders : {of_spoke}], '
        f"[for arn in local.topic_arns : {of_topic}]) }}))}}",
        "Of the policy that Lambda makes of the permissions of all spokes and topics, as it shows it.",
    )
    return {
        "condition": f"${{local.function_policy_size <= {FUNCTION_POLICY_LIMIT}}}",
        "error_message": "The permissions of ${length(var.spokes)} spokes to invoke the function take "
        "${local.function_policy_size} bytes, and Lambda allows "
        f"{FUNCTION_POLICY_LIMIT} for them together. Set ingestion.mode to queue: a queue takes about twice as many "
        "spokes, and with organization_id any number.",
    }


def _permission(sid: str, service: str, condition: dict[str, Any]) -> str:
    return hcl_value(
        {
            "Sid": sid,
            "Effect": "Allow",
            "Principal": {"Service": service},
            "Action": "lambda:InvokeFunction",
            "Resource": "${local.function_arn}",
            "Condition": condition,
        }
    )
