"""Scenarios of how objects reach the hub's function, of whose it may read, and of its account's wishes."""

from typing import Any

from tests.modules.scenarios.scenario import SHOP, UNKNOWN, UNKNOWN_ARNS, Scenario, hub

HUB_KEY_ARN = "arn:aws:kms:eu-west-1:111111111111:key/hub"
SHOP_KEY_ARN = "arn:aws:kms:eu-west-1:222222222222:key/shop"
ORGANIZATION_ID = "o-a1b2c3d4e5"
BOUNDARY_ARN = "arn:aws:iam::111111111111:policy/boundaries/logs"
SIGNING_ARN = "arn:aws:lambda:eu-west-1:111111111111:code-signing-config:csc-0123456789abcdef0"

THREE_SPOKES: dict[str, dict[str, Any]] = {
    "shop": SHOP | {"kms_key_arn": SHOP_KEY_ARN, "log_account_ids": ["222222222222", "444444444444"]},
    "bank": {"account_id": "012345678901", "bucket_name": "bank-logs", "prefix": "lb/prod"},
    "own": {"account_id": "111111111111", "bucket_name": "own-logs"},
}

TOPIC_ARN = "arn:aws:sns:eu-west-1:222222222222:alb-onboarding"
# An account with two buckets that one topic tells of, and one whose bucket tells the hub itself.
TOPIC_SPOKES: dict[str, dict[str, Any]] = {
    "shop": SHOP | {"topic_arn": TOPIC_ARN},
    "shop-old": {"account_id": "222222222222", "bucket_name": "shop-old-logs", "topic_arn": TOPIC_ARN},
    "bank": THREE_SPOKES["bank"],
}

SCENARIOS: dict[str, Scenario] = {
    "hub_direct": hub(
        ingestion={"mode": "direct", "maximum_retry_attempts": 1, "maximum_event_age_seconds": 600},
        spokes=THREE_SPOKES,
    ),
    "hub_organization": hub(organization_id=ORGANIZATION_ID, spokes=THREE_SPOKES),
    "hub_options": hub(
        name="logs",
        iam={"path": "/platform/logs/", "permissions_boundary_arn": BOUNDARY_ARN},
        kms_key_arn=HUB_KEY_ARN,
        ingestion={"batch_size": 5, "maximum_concurrency": 20, "max_receive_count": 50, "retention_days": 4},
        function={
            "timeout": 300,
            "reserved_concurrency": 20,
            "tracing": "Active",
            "log_format": "JSON",
            "environment": {"PARTIAL_BATCH_RESPONSES": "true", "OWN_SETTING": "own"},
            "zip_path": "own.zip",
            "code_signing_config_arn": SIGNING_ARN,
        },
        spokes={
            "shop": SHOP | {"tenant_id": "shop", "labels": {"team": "web", "env": "prod"}},
            "bank": THREE_SPOKES["bank"] | {"labels": {"team": "bank"}},
            "own": THREE_SPOKES["own"],
        },
    ),
    "hub_topics": hub(spokes=TOPIC_SPOKES),
    "hub_topics_direct": hub(ingestion={"mode": "direct"}, spokes=TOPIC_SPOKES),
    # More than a kilobyte of tenants and labels.
    "hub_packed": hub(
        spokes={
            f"spoke{number}": {
                "account_id": f"{number:012}",
                "bucket_name": f"alb-logs-{number}",
                "tenant_id": f"tenant-{number}",
                "labels": {"team": f"team-{number}"},
            }
            for number in range(20)
        }
    ),
    # All that may be made by the same configuration.
    "hub_unknown_names": hub(
        kms_key_arn=f"${{{UNKNOWN_ARNS}.key}}",
        spokes={
            "shop": {
                "account_id": "222222222222",
                "bucket_name": f"${{{UNKNOWN}}}",
                "kms_key_arn": f"${{{UNKNOWN_ARNS}.key}}",
                "tenant_id": f"${{{UNKNOWN}}}",
            }
        },
    ),
}
