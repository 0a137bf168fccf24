"""Scenarios of the hub's secrets and where refused lines go."""

from typing import Any

from tests.modules.scenarios.scenario import (
    CA_ARN,
    KEY_ARN,
    PARAMETER_ARN,
    QUEUE_ARN,
    SECRET_ARN,
    UNKNOWN_ARNS,
    WRITE_ADDRESS,
    Scenario,
    hub,
)

SCENARIOS: dict[str, Scenario] = {
    "hub_unknown_secrets": hub(
        loki_credentials={},
        loki_credential_arns={
            "bearer_token": f"${{{UNKNOWN_ARNS}.parameter}}",
            "kms_key_arns": [f"${{{UNKNOWN_ARNS}.key}}"],
        },
        refused_destination_arn=f"${{{UNKNOWN_ARNS}.queue}}",
    ),
    "hub_secrets": hub(
        loki={"write_address": WRITE_ADDRESS, "ca_bundle": CA_ARN},
        loki_credentials={},
        loki_credential_arns={
            "username": f"{SECRET_ARN}#username",
            "password": f"{SECRET_ARN}#password",
            "kms_key_arns": [KEY_ARN],
            "lifetime": 60,
        },
        refused_destination_arn="arn:aws:s3:::refused-logs/loki",
    ),
    "hub_parameter": hub(
        loki_credentials={"username": "12345"},
        loki_credential_arns={"password": PARAMETER_ARN},
        refused_destination_arn=QUEUE_ARN,
    ),
    "hub_china_secrets": hub(
        "china",
        loki_credentials={},
        loki_credential_arns={
            "bearer_token": "arn:aws-cn:ssm:cn-northwest-1:333333333333:parameter/token",
            "kms_key_arns": ["arn:aws-cn:kms:cn-northwest-1:333333333333:key/1"],
        },
    ),
}

LONG_POLICIES: dict[str, Any] = {
    "loki_credentials": {},
    "loki_credential_arns": {
        "bearer_token": SECRET_ARN,
        "kms_key_arns": [
            f"arn:aws:kms:eu-central-1:444444444444:key/1234abcd-12ab-34cd-56ef-{number:012}"
            for number in range(110)
        ],
    },
    "network": {
        "mode": "existing",
        "subnet_ids": [f"subnet-{number:017}" for number in range(16)],
        "security_group_ids": ["sg-0a1b2c3d4e5f67890"],
    },
}
"""Inputs of a hub whose inline policies fit each by itself, and not together."""
