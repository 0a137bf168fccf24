"""The customer managed key of what the hub makes: what its policy has to say."""

from __future__ import annotations

from cdktf_app.emitter.value import hcl_value
from cdktf_app.modules.hub.senders import sender_statements
from cdktf_app.modules.keys import SEND, define_via_kms, logs_encrypt, role_sends
from cdktf_app.modules.module import Module


def add_keys(module: Module) -> None:
    """Define the key, and the statements that its policy needs, as locals.

    The statements name no resource but the key that they are in, and nothing that the key has to exist for; so a key
    can have them in its policy before the hub is made. Lambda needs none: it takes a grant in the name of who makes
    the function (AWS Lambda Developer Guide, "Securing Lambda environment variables").
    """
    module.local("kms_key_arn", '${var.kms_key_arn == "" ? null : var.kms_key_arn}')
    define_via_kms(module, "sqs")
    logs = logs_encrypt(["${local.log_group_arn}", "${local.flow_log_group_arn}"])
    function = role_sends("FunctionUsesQueues")
    module.local(
        "kms_key_statements",
        f"${{concat([{hcl_value(logs)}, {hcl_value(function)}], {sender_statements(SEND, '*')})}}",
        "In a key's policy the resource * is that key.",
    )
