"""For whom S3 and topics may send to the queue: what the queue's policy and its key's policy share."""

from __future__ import annotations

from typing import Any

from cdktf_app.modules.hub.topics import topic_statements
from cdktf_app.modules.module import Module
from cdktf_app.modules.statements import allow_when_any


def add_senders(module: Module) -> None:
    """Define the buckets that are named one by one: none with `organization_id`, which stands for all.

    A spoke whose topic tells of its objects is no sender: S3 then has nothing to send to the hub itself.
    """
    module.local("senders", '${{ for name, spoke in var.spokes : name => spoke if spoke.topic_arn == "" }}')
    module.local("sending_account_ids", "${distinct(values(local.senders)[*].account_id)}")
    module.local(
        "sending_bucket_arns",
        '${local.use_queue && var.organization_id == "" ? '
        "[for name in keys(local.senders) : local.spoke_bucket_arns[name]] : []}",
    )


def sender_statements(actions: Any, resource: str) -> str:
    """Make the expression of a list of statements that let S3 and SNS do something for the spokes.

    One statement for all buckets, or one for the organization, and one for all topics: a queue's policy has at most
    20, and AWS charges the size of each. S3 is no confused deputy by them: it has to act for one of these buckets,
    owned by one of the spokes' accounts, or for a bucket of the organization.
    """
    allowed = {"Principal": {"Service": "s3.amazonaws.com"}, "Action": actions, "Resource": resource}
    of_spokes = allow_when_any(
        "arns",
        "local.sending_bucket_arns",
        {
            "Sid": "SpokesSend",
            **allowed,
            "Condition": {
                "ArnEquals": {"aws:SourceArn": "${arns}"},
                "StringEquals": {"aws:SourceAccount": "${local.sending_account_ids}"},
            },
        },
    )
    of_organization = allow_when_any(
        "id",
        "var.organization_id",
        {
            "Sid": "OrganizationSends",
            **allowed,
            "Condition": {"StringEquals": {"aws:SourceOrgID": "${id}"}},
        },
    )
    return f"{of_spokes}, {of_organization}, {topic_statements(actions, resource)}"
