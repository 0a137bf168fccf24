"""What the policy of the bucket's KMS key has to allow."""

from __future__ import annotations

from typing import Any

from cdktf_app.modules.expressions import jsonencode
from cdktf_app.modules.keys import KEEP_LOGS, named_by_kms
from cdktf_app.modules.log_delivery.regions import NETWORK_PRINCIPAL


def key_statements() -> str:
    """Make the expression of the JSON list of statements.

    They do not name the key: its policy can so be made of them in the same configuration. There, `*` is that key.
    """
    return jsonencode([_delivery(), _hub_read()])


def _delivery() -> dict[str, Any]:
    # "Amazon S3 bucket server-side encryption" (Amazon CloudWatch Logs User Guide, "Logs sent to Amazon S3"), with the
    # actions in full that are wildcards there.
    return {
        "Sid": "DeliverNetworkLogs",
        "Effect": "Allow",
        "Principal": {"Service": NETWORK_PRINCIPAL},
        "Action": [*KEEP_LOGS, "kms:DescribeKey"],
        "Resource": "*",
        "Condition": {
            "StringEquals": {"aws:SourceAccount": "${local.log_account_ids}"},
            "ArnLike": {
                "aws:SourceArn": "${[for account_id in local.log_account_ids : "
                '"arn:${data.aws_partition.current.partition}:logs:${data.aws_region.current.id}:${account_id}:*"]}'
            },
        },
    }


def _hub_read() -> dict[str, Any]:
    return {
        "Sid": "HubReadsLogs",
        "Effect": "Allow",
        "Principal": {"AWS": "${var.hub.role_arn}"},
        "Action": "kms:Decrypt",
        "Resource": "*",
        "Condition": {
            "StringEquals": {
                # In China some services are named with the suffix of other partitions.
                "kms:ViaService": named_by_kms("s3", "${data.aws_region.current.id}")
            },
            # S3's encryption context is the bucket where it has a bucket key, else the object.
            "StringLike": {
                "kms:EncryptionContext:aws:s3:arn": ["${local.bucket_arn}", "${local.bucket_arn}/*"]
            },
        },
    }
