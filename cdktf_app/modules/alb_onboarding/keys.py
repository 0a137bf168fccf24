"""Keys: the topic's own, and what the policy of a key of the user's has to say."""

from __future__ import annotations

from imports.aws.kms_alias import KmsAlias
from imports.aws.kms_key import KmsKey

from cdktf_app.emitter.value import hcl_value
from cdktf_app.modules.alb_onboarding.names import NAMES
from cdktf_app.modules.alb_onboarding.statements import account_administers, buckets_publish_by_key
from cdktf_app.modules.expressions import POLICY_VERSION, jsonencode, listed_if, number, tags
from cdktf_app.modules.hub.keys import KEEP_LOGS, SEND
from cdktf_app.modules.hub.statements import allow_when_any
from cdktf_app.modules.module import Module

_CREATED = "${local.create_key ? 1 : 0}"


def add_keys(module: Module) -> None:
    """Add the topic's key, and define the statements of a key of the user's as a local."""
    module.local("kms_key_arn", '${var.kms_key_arn == "" ? null : var.kms_key_arn}')
    module.local(
        "create_key", '${var.topic.enabled && coalesce(var.topic.create_key, var.kms_key_arn == "")}'
    )
    module.local(
        "sqs_via_kms",
        '${distinct([for suffix in ["amazonaws.com", data.aws_partition.current.dns_suffix] : '
        '"sqs.${local.region}.${suffix}"])}',
        "SQS, as KMS names it; in China some services are named with the suffix of other partitions.",
    )
    _statements(module)
    scope = module.concern("key")
    KmsKey(
        scope,
        "key.topic",
        count=number(_CREATED),
        description="The topic ${var.name}: S3 cannot publish to one under AWS's own key",
        enable_key_rotation=True,
        policy=jsonencode(
            {
                "Version": POLICY_VERSION,
                "Statement": [account_administers(NAMES), buckets_publish_by_key(NAMES)],
            }
        ),
        tags=tags(),
    )
    KmsAlias(
        scope,
        "alias.topic",
        count=number(_CREATED),
        name="alias/${var.name}",
        target_key_id="${aws_kms_key.topic[0].key_id}",
    )


def key_statement() -> str:
    """Make the statement of the role: to use the user's key for the dead-letter queue and for nothing else."""
    return allow_when_any(
        "arn",
        "var.kms_key_arn",
        {
            "Sid": "UseQueueKey",
            "Action": SEND,
            "Resource": "${arn}",
            "Condition": {"StringEquals": {"kms:ViaService": "${local.sqs_via_kms}"}},
        },
    )


def _statements(module: Module) -> None:
    """Define them; they name nothing that the key has to exist for, so that it can be made first."""
    logs = {
        "Sid": "LogsEncrypt",
        "Effect": "Allow",
        "Principal": {"Service": "logs.${local.region}.${data.aws_partition.current.dns_suffix}"},
        "Action": KEEP_LOGS,
        "Resource": "*",
        "Condition": {"ArnEquals": {"kms:EncryptionContext:aws:logs:arn": "${local.log_group_arn}"}},
    }
    function = {
        "Sid": "FunctionGivesUp",
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
        f"${{concat([{hcl_value(logs)}, {hcl_value(function)}], "
        f"{listed_if('var.topic.enabled', buckets_publish_by_key(NAMES))})}}",
        "In a key's policy the resource * is that key.",
    )
