"""The secrets that the function reads itself, and what it needs for that."""

from __future__ import annotations

from cdktf_app.modules.module import Module
from cdktf_app.modules.statements import allow_when_any


def add_secrets(module: Module) -> None:
    """Define the secrets' ARNs, by the service that holds them."""
    module.local(
        "secret_arns",
        "${distinct([for value in [var.loki_credential_arns.username, var.loki_credential_arns.password, "
        "var.loki_credential_arns.bearer_token, var.loki.ca_bundle] : "
        'split("#", value)[0] if can(regex("^arn:", value))])}',
        "Several values can be members of one secret: behind the # is the key in its JSON.",
    )
    module.local(
        "secrets_manager_arns",
        '${[for arn in local.secret_arns : arn if split(":", arn)[2] == "secretsmanager"]}',
    )
    module.local("parameter_arns", '${[for arn in local.secret_arns : arn if split(":", arn)[2] == "ssm"]}')
    module.local(
        "secret_services",
        "${distinct(flatten([for arn in local.secret_arns : [for suffix in "
        '["amazonaws.com", data.aws_partition.current.dns_suffix] : '
        '"${split(":", arn)[2]}.${split(":", arn)[3]}.${suffix}"]]))}',
        "The services that use a key, as KMS names them; in China some are named with the suffix of other partitions.",
    )


def secret_statements() -> list[str]:
    """Make the statements: to read the secrets, and to use the keys that they are encrypted with for nothing else."""
    return [
        allow_when_any(
            "arns",
            "local.secrets_manager_arns",
            {"Sid": "ReadSecrets", "Action": "secretsmanager:GetSecretValue", "Resource": "${arns}"},
        ),
        allow_when_any(
            "arns",
            "local.parameter_arns",
            {"Sid": "ReadParameters", "Action": "ssm:GetParameter", "Resource": "${arns}"},
        ),
        allow_when_any(
            "arns",
            "var.loki_credential_arns.kms_key_arns",
            {
                "Sid": "DecryptSecrets",
                "Action": "kms:Decrypt",
                "Resource": "${arns}",
                "Condition": {"StringEquals": {"kms:ViaService": "${local.secret_services}"}},
            },
        ),
    ]
