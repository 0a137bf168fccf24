"""What the policy of the bucket's KMS key has to allow."""

from __future__ import annotations

from typing import Any

from cdktf_app.emitter.value import hcl_value
from cdktf_app.modules.log_delivery.regions import NETWORK_PRINCIPAL


def key_statements() -> str:
    """Make the expression of the JSON list of statements, which is empty without a key."""
    statements = hcl_value([_delivery(), _hub_read()])
    return f'${{jsonencode([for statement in {statements} : statement if var.kms_key_arn != ""])}}'


def _delivery() -> dict[str, Any]:
    # "Amazon S3 bucket server-side encryption" (Amazon CloudWatch Logs User Guide, "Logs sent to Amazon S3"), with the
    # actions in full that are wildcards there.
    return {
        "Sid": "DeliverNetworkLogs",
        "Effect": "Allow",
        "Principal": {"Service": NETWORK_PRINCIPAL},
        "Action": [
            "kms:Encrypt",
            "kms:Decrypt",
            "kms:ReEncryptFrom",
            "kms:ReEncryptTo",
            "kms:GenerateDataKey",
            "kms:GenerateDataKeyWithoutPlaintext",
            "kms:DescribeKey",
        ],
        "Resource": "${var.kms_key_arn}",
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
        "Resource": "${var.kms_key_arn}",
        "Condition": {
            "StringEquals": {
                "kms:ViaService": "s3.${data.aws_region.current.id}.${data.aws_partition.current.dns_suffix}"
            },
            # S3's encryption context is the bucket where it has a bucket key, else the object.
            "StringLike": {
                "kms:EncryptionContext:aws:s3:arn": ["${local.bucket_arn}", "${local.bucket_arn}/*"]
            },
        },
    }
