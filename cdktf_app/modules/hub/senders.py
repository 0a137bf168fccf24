"""For whom S3 may send to the queue: the condition that the queue's policy and its key's policy share."""

from __future__ import annotations

from typing import Any

from cdktf_app.modules.hub.statements import allow_when_any
from cdktf_app.modules.module import Module


def add_senders(module: Module) -> None:
    """Define the buckets that are named one by one: none with `organization_id`, which stands for all."""
    module.local(
        "sending_bucket_arns",
        '${local.use_queue && var.organization_id == "" ? values(local.spoke_bucket_arns) : []}',
    )


def s3_statements(actions: Any, resource: str) -> str:
    """Make the expression of a list of statements that let S3 do something for the spokes' buckets.

    One statement for all spokes, or one for the organization: a queue's policy has at most 20, and AWS charges the
    size of each. S3 is no confused deputy by them: it has to act for one of these buckets, owned by one of the spokes'
    accounts, or for a bucket of the organization.
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
                "StringEquals": {"aws:SourceAccount": "${local.spoke_account_ids}"},
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
    return f"{of_spokes}, {of_organization}"
