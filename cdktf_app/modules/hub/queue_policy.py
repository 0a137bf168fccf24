"""Who may send to the queue that feeds the function."""

from __future__ import annotations

from typing import Any

from cdktf_app.emitter.value import hcl_value
from cdktf_app.modules.expressions import POLICY_VERSION
from cdktf_app.modules.hub.senders import sender_statements
from cdktf_app.modules.module import Module

QUEUE_POLICY_LIMIT = 8192
"""Bytes of a queue's policy, which also has at most 20 statements (Amazon SQS Developer Guide, "Amazon SQS policy
quotas"): so all spokes share one statement."""


def add_queue_policy(module: Module) -> dict[str, Any]:
    """Define the policy as `local.queue_policy` and return the precondition that it fits.

    S3 may send for each spoke's bucket, when the account that owns it is that of a spoke; or, with `organization_id`,
    for every bucket of the organization, whose size does not grow. SNS may for each spoke's topic.
    """
    sends = sender_statements("sqs:SendMessage", "${local.queue_arn}")
    module.local(
        "queue_policy",
        f"${{jsonencode({{ Version = {hcl_value(POLICY_VERSION)}, Statement = concat("
        f"{sends}, [{hcl_value(refuse_plain_http('${local.queue_arn}'))}]) }})}}",
    )
    return {
        "condition": f"${{length(local.queue_policy) <= {QUEUE_POLICY_LIMIT}}}",
        "error_message": "The policy of the queue takes ${length(local.queue_policy)} bytes for the buckets of "
        "${length(var.spokes)} spokes, and SQS allows "
        + f"{QUEUE_POLICY_LIMIT}. Give organization_id: then the "
        "policy names your organization instead of each bucket, and its size does not grow. Or use several hubs.",
    }


def refuse_plain_http(queue_arn: str) -> dict[str, Any]:
    """Make the statement that refuses what is not sent by TLS."""
    return {
        "Sid": "DenyPlainHttp",
        "Effect": "Deny",
        "Principal": "*",
        "Action": "sqs:*",
        "Resource": queue_arn,
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }
