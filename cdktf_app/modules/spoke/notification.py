"""Tells the hub of every new log object."""

from __future__ import annotations

from typing import Any

from imports.aws.s3_bucket_notification import S3BucketNotification

from cdktf_app.emitter.value import hcl_value
from cdktf_app.modules.expressions import number
from cdktf_app.modules.module import Module
from cdktf_app.modules.spoke.bucket import BUCKET

EVENTS = ["s3:ObjectCreated:*"]
"""Delivery uses PutObject, POST and multipart uploads."""


def add_notification(module: Module) -> None:
    """Add the bucket's notification configuration, of which a bucket has one."""
    module.local("manage_notification", "${coalesce(var.manage_notification, var.create_bucket)}")
    module.local("hub_region", '${split(":", coalesce(var.hub.queue_arn, var.hub.function_arn))[3]}')
    module.local(
        "notification_prefixes",
        "${{ for index, account_id in local.log_account_ids : "
        '"alb-loki-${account_id}" => "${local.log_key_prefixes[index]}elasticloadbalancing/" }}',
        "A rule for each account. The test object that load balancers write when logging is switched on lies one level "
        "above.",
    )
    notification = S3BucketNotification(
        module.concern("notification"),
        "notification.this",
        count=number("${local.manage_notification ? 1 : 0}"),
        bucket=BUCKET,
    )
    notification.add_override(
        "dynamic", {"queue": _rules("queue"), "lambda_function": _rules("function", "lambda_")}
    )
    # S3 answers "conflicting conditional operation" when policy and notification change at the same time.
    notification.add_override("depends_on", ["aws_s3_bucket_policy.this"])


def _rules(target: str, block_prefix: str = "") -> dict[str, Any]:
    block = f"{block_prefix}{target}"
    return {
        "for_each": f"${{var.hub.{target}_arn == null ? {{}} : local.notification_prefixes}}",
        "content": {
            "id": f"${{{block}.key}}",
            f"{block}_arn": f"${{var.hub.{target}_arn}}",
            "events": EVENTS,
            "filter_prefix": f"${{{block}.value}}",
        },
    }


def notification_document() -> str:
    """Make the expression of the same rules as the JSON that S3's API takes."""
    return (
        "${jsonencode({ for kind, rules in { "
        f"QueueConfigurations = {_documents('queue', 'QueueArn')}, "
        f"LambdaFunctionConfigurations = {_documents('function', 'LambdaFunctionArn')} "
        "} : kind => rules if length(rules) > 0 })}"
    )


def _documents(target: str, arn_name: str) -> str:
    rule = {
        "Id": "${id}",
        arn_name: f"${{var.hub.{target}_arn}}",
        "Events": EVENTS,
        "Filter": {"Key": {"FilterRules": [{"Name": "prefix", "Value": "${prefix}"}]}},
    }
    return (
        f"[for id, prefix in local.notification_prefixes : {hcl_value(rule)} if var.hub.{target}_arn != null]"
    )
