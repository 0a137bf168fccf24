"""Keys: the topic's own, and what the policy of a key of the user's has to say."""

from __future__ import annotations

from imports.aws.kms_alias import KmsAlias
from imports.aws.kms_key import KmsKey

from cdktf_app.emitter.value import hcl_value
from cdktf_app.modules.alb_onboarding.names import NAMES
from cdktf_app.modules.alb_onboarding.statements import account_administers, buckets_publish_by_key
from cdktf_app.modules.expressions import POLICY_VERSION, jsonencode, listed_if, number, tags
from cdktf_app.modules.keys import define_via_kms, logs_encrypt, role_sends
from cdktf_app.modules.module import Module

_CREATED = "${local.create_key ? 1 : 0}"


def add_keys(module: Module) -> None:
    """Add the topic's key, and define the statements of a key of the user's as a local."""
    module.local("kms_key_arn", '${var.kms_key_arn == "" ? null : var.kms_key_arn}')
    module.local(
        "create_key", '${var.topic.enabled && coalesce(var.topic.create_key, var.kms_key_arn == "")}'
    )
    define_via_kms(module, "sqs")
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


def _statements(module: Module) -> None:
    """Define them; they name nothing that the key has to exist for, so that it can be made first."""
    logs, function = logs_encrypt("${local.log_group_arn}"), role_sends("FunctionGivesUp")
    module.local(
        "kms_key_statements",
        f"${{concat([{hcl_value(logs)}, {hcl_value(function)}], "
        f"{listed_if('var.topic.enabled', buckets_publish_by_key(NAMES))})}}",
        "In a key's policy the resource * is that key.",
    )
