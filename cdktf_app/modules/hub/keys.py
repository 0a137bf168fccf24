"""The customer managed key of what the hub makes: what the role may do with it, and what its policy has to say."""

from __future__ import annotations

from cdktf_app.emitter.value import hcl_value
from cdktf_app.modules.hub.senders import sender_statements
from cdktf_app.modules.hub.statements import allow_when_any
from cdktf_app.modules.module import Module

SEND = ["kms:GenerateDataKey", "kms:Decrypt"]
"""What it takes to send to an encrypted queue (Amazon SQS Developer Guide, "Key management")."""

KEEP_LOGS = [
    "kms:Encrypt",
    "kms:Decrypt",
    "kms:ReEncryptFrom",
    "kms:ReEncryptTo",
    "kms:GenerateDataKey",
    "kms:GenerateDataKeyWithoutPlaintext",
]
"""What CloudWatch Logs asks for (Amazon CloudWatch Logs User Guide, "Encrypt log data using AWS KMS"), spelled out.

Without kms:Describe*, which has no encryption context, so that the condition would never let it through.
"""


def add_keys(module: Module) -> None:
    """Define the key, and the statements that its policy needs, as locals.

    The statements name no resource but the key that they are in, and nothing that the key has to exist for; so a key
    can have them in its policy before the hub is made. Lambda needs none: it takes a grant in the name of who makes
    the function (AWS Lambda Developer Guide, "Securing Lambda environment variables").
    """
    module.local("kms_key_arn", '${var.kms_key_arn == "" ? null : var.kms_key_arn}')
    module.local(
        "sqs_via_kms",
        '${distinct([for suffix in ["amazonaws.com", data.aws_partition.current.dns_suffix] : '
        '"sqs.${local.region}.${suffix}"])}',
    )
    logs = {
        "Sid": "LogsEncrypt",
        "Effect": "Allow",
        "Principal": {"Service": "logs.${local.region}.${data.aws_partition.current.dns_suffix}"},
        "Action": KEEP_LOGS,
        "Resource": "*",
        "Condition": {
            "ArnEquals": {
                "kms:EncryptionContext:aws:logs:arn": [
                    "${local.log_group_arn}",
                    "${local.flow_log_group_arn}",
                ]
            }
        },
    }
    function = {
        "Sid": "FunctionUsesQueues",
        "Effect": "Allow",
        # The account under the condition of the role: a policy that names a role takes none that is yet to be made.
        "Principal": {"AWS": "arn:${local.partition}:iam::${local.account_id}:root"},
        "Action": SEND,
        "Resource": "*",
        "Condition": {
            "ArnEquals": {"aws:PrincipalArn": "${local.role_arn}"},
            "StringEquals": {"kms:ViaService": "${local.sqs_via_kms}"},
        },
    }
    module.local(
        "kms_key_statements",
        f"${{concat([{hcl_value(logs)}, {hcl_value(function)}], {sender_statements(SEND, '*')})}}",
        "In a key's policy the resource * is that key.",
    )


def key_statement() -> str:
    """Make the statement: to use the key for the queues and for nothing else."""
    return allow_when_any(
        "arn",
        "var.kms_key_arn",
        {
            "Sid": "UseQueuesKey",
            "Action": SEND,
            "Resource": "${arn}",
            "Condition": {"StringEquals": {"kms:ViaService": "${local.sqs_via_kms}"}},
        },
    )
