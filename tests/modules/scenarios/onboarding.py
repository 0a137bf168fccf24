"""Scenarios of the onboarding."""

from typing import Any

from tests.modules.scenarios.scenario import (
    REGION_WITHOUT_ELB_ACCOUNT,
    UNKNOWN_ARNS,
    Scenario,
    hub_arns,
    hub_with_queue,
    onboarding,
)

KEY = "arn:aws:kms:eu-west-1:222222222222:key/1234abcd-12ab-34cd-56ef-1234567890ab"
SHOP_ALB = "arn:aws:elasticloadbalancing:eu-west-1:222222222222:loadbalancer/app/shop/0123456789abcdef"
LISTENER = "arn:aws:lambda:eu-west-1:222222222222:function:listener"
READER = "arn:aws:iam::444444444444:root"
SUBSCRIPTIONS: dict[str, Any] = {
    "analysis": {"protocol": "https", "endpoint": "https://logs.example.com/new?key=1"},
    "queue": {
        "protocol": "sqs",
        "endpoint": "arn:aws:sqs:eu-west-1:222222222222:new-logs",
        "raw_message_delivery": True,
    },
    "listener": {"protocol": "lambda", "endpoint": LISTENER},
}

SCENARIOS: dict[str, Scenario] = {
    "onboarding_default": onboarding(),
    "onboarding_hub": onboarding(
        selection={
            "arns": [SHOP_ALB],
            "name_patterns": ["shop-*"],
            "tags": {"team": ["shop", "blog-<x>"], "log": ["*"]},
        },
        logs={"connection": True, "health_check": True},
        hub=hub_with_queue("eu-west-1"),
        readers={"arns": [READER], "organization_id": "o-a1b2c3d4e5"},
        force=True,
        on_destroy="keep",
        rerun="2026-11-27",
    ),
    "onboarding_topic": onboarding(
        hub=hub_arns("eu-west-1"),
        topic={
            "enabled": True,
            "subscriber_account_ids": ["111111111111"],
            "subscriptions": SUBSCRIPTIONS,
        },
    ),
    "onboarding_options": onboarding(
        name="platform-logs",
        selection={"names": ["shop"]},
        bucket={"name": "shop-alb-logs", "create": False, "prefix": "lb", "expiration_days": 7},
        iam={
            "path": "/platform/logs/",
            "permissions_boundary_arn": "arn:aws:iam::222222222222:policy/boundary",
            "bucket_names": ["shop-*", "blog-logs"],
        },
        kms_key_arn=KEY,
        topic={"enabled": True},
        dry_run=True,
        grant_elb_account=True,
        monitoring={"alarms": False},
        function={"architecture": "x86_64", "timeout": 300, "log_format": "JSON", "zip_path": "own.zip"},
        log_retention_days=365,
        tags={"team": "platform"},
    ),
    "onboarding_by_arn": onboarding(selection={"arns": [SHOP_ALB]}),
    "onboarding_not_new": onboarding(onboard_new=False),
    "onboarding_china": onboarding("china", grant_elb_account=True, topic={"enabled": True}),
    # A hub and a key that the same root makes, so that their ARNs are not known before.
    "onboarding_unknown_arns": onboarding(
        hub={
            "queue_arn": f"${{{UNKNOWN_ARNS}.queue}}",
            "role_arn": "arn:aws:iam::111111111111:role/alb-loki",
        },
        kms_key_arn=f"${{{UNKNOWN_ARNS}.key}}",
        topic={"enabled": True, "create_key": False},
    ),
}

ALONE: dict[str, tuple[str, dict[str, Any], list[str]]] = {
    "no_elb_account": (REGION_WITHOUT_ELB_ACCOUNT, {"grant_elb_account": True}, []),
    "hub_elsewhere": (
        "eu-west-1",
        {
            "hub": {
                "queue_arn": "arn:aws:sqs:us-east-1:111111111111:alb-loki-ingestion",
                "role_arn": "arn:aws:iam::111111111111:role/alb-loki",
            }
        },
        [],
    ),
    "foreign_function": (
        "eu-west-1",
        {
            "topic": {
                "enabled": True,
                "subscriptions": {
                    "other": {"protocol": "lambda", "endpoint": LISTENER.replace("2" * 12, "4" * 12)}
                },
            }
        },
        [],
    ),
    "long_selection": (
        "eu-west-1",
        {"selection": {"names": [f"{number:032}" for number in range(300)]}},
        [],
    ),
    "long_policy": (
        "eu-west-1",
        {"iam": {"bucket_names": [f"{number:032}" for number in range(100)]}},
        [],
    ),
    "failures": ("eu-west-1", {}, ["shop: it logs elsewhere. Set force.", "blog: out of time."]),
}
"""Calls that fail, so that each is applied alone: the region, inputs, and what the run could not do."""
