"""Customer managed keys: what services and functions do with them, in policies of keys and of roles."""

from __future__ import annotations

from typing import Any

from cdktf_app.modules.module import Module
from cdktf_app.modules.statements import allow_when_any

SEND = ("kms:GenerateDataKey", "kms:Decrypt")
"""What it takes to send to an encrypted queue (Amazon SQS Developer Guide, "Key management")."""

KEEP_LOGS = (
    "kms:Encrypt",
    "kms:Decrypt",
    "kms:ReEncryptFrom",
    "kms:ReEncryptTo",
    "kms:GenerateDataKey",
    "kms:GenerateDataKeyWithoutPlaintext",
)
"""What CloudWatch Logs asks for (Amazon CloudWatch Logs User Guide, "Encrypt log data using AWS KMS"), spelled out.

Without kms:Describe*, which has no encryption context, so that the condition would never let it through.
"""


def named_by_kms(service: str, region: str) -> str:
    """Make the expression of a service's names as KMS has them; region is a part of a template."""
    return (
        '${distinct([for suffix in ["amazonaws.com", data.aws_partition.current.dns_suffix] : '
        f'"{service}.{region}.${{suffix}}"])}}'
    )


def define_via_kms(module: Module, service: str) -> None:
    """Define a service's names as a local, `sqs_via_kms` for `sqs`."""
    module.local(
        f"{service}_via_kms",
        named_by_kms(service, "${local.region}"),
        f"{service.upper()}, as KMS names it; in China some services are named with the suffix of other partitions.",
    )


def logs_encrypt(log_group_arns: str | list[str]) -> dict[str, Any]:
    """Make the statement of a key's policy: CloudWatch Logs encrypts these log groups."""
    return {
        "Sid": "LogsEncrypt",
        "Effect": "Allow",
        "Principal": {"Service": "logs.${local.region}.${data.aws_partition.current.dns_suffix}"},
        "Action": list(KEEP_LOGS),
        "Resource": "*",
        "Condition": {"ArnEquals": {"kms:EncryptionContext:aws:logs:arn": log_group_arns}},
    }


def role_sends(sid: str) -> dict[str, Any]:
    """Make the statement of a key's policy: the function's role uses the key for queues and for nothing else."""
    return {
        "Sid": sid,
        "Effect": "Allow",
        # The account under the condition of the role: a policy that names a role takes none that is yet to be made.
        "Principal": {"AWS": "arn:${local.partition}:iam::${local.account_id}:root"},
        "Action": list(SEND),
        "Resource": "*",
        "Condition": {
            "ArnEquals": {"aws:PrincipalArn": "${local.role_arn}"},
            "StringEquals": {"kms:ViaService": "${local.sqs_via_kms}"},
        },
    }


def uses_key(sid: str) -> str:
    """Make the role's statement: to use the input's key, if there is one, for queues and for nothing else."""
    return allow_when_any(
        "arn",
        "var.kms_key_arn",
        {
            "Sid": sid,
            "Action": list(SEND),
            "Resource": "${arn}",
            "Condition": {"StringEquals": {"kms:ViaService": "${local.sqs_via_kms}"}},
        },
    )
