"""Scenarios of the spoke."""

from typing import Any

from tests.modules.scenarios.scenario import (
    HUB_ARNS,
    KEY_ARN,
    REGION_WITHOUT_ELB_ACCOUNT,
    UNKNOWN,
    UNKNOWN_ARNS,
    Scenario,
    hub_arns,
    hub_with_queue,
    spoke,
)

TEAM = ["222222222222", "012345678901", "333333333333"]
MANY = [f"{number:012}" for number in range(100)]
NETWORK = {"application": False, "network": True}

SCENARIOS: dict[str, Scenario] = {
    "spoke_default": spoke(),
    "spoke_prefix": spoke(prefix="lb/prod", expiration_days=7, force_destroy=True),
    "spoke_queue": spoke(hub=hub_with_queue("eu-west-1")),
    "spoke_elb_account": spoke(grant_elb_account=True),
    "spoke_china": spoke("china", grant_elb_account=True, prefix="logs"),
    "spoke_demo": spoke(demo_load_balancer={"enabled": True}, prefix="demo"),
    "spoke_team": spoke(
        hub=hub_with_queue("eu-west-1"),
        prefix="lb",
        log_account_ids=TEAM,
        log_delivery={"network": True, "outposts": True},
    ),
    "spoke_many": spoke(hub=hub_with_queue("eu-west-1"), log_account_ids=MANY),
    "spoke_key": spoke(log_delivery=NETWORK, kms_key_arn=KEY_ARN),
    "spoke_kept": spoke(
        expiration_days=400,
        transitions=[
            {"days": 30, "storage_class": "STANDARD_IA"},
            {"days": 90, "storage_class": "GLACIER_IR"},
        ],
        versioning={"enabled": True, "noncurrent_days": 3},
        access_log={"bucket_name": "shop-access-logs", "prefix": "s3/alb"},
        deletion_protection=True,
    ),
    # A bucket that the same root makes, so that its name is not known before.
    "spoke_existing": spoke(
        create_bucket=False, bucket_name=f"${{{UNKNOWN}}}", hub=hub_with_queue("eu-west-1")
    ),
    "spoke_unknown_arns": spoke(
        hub={"queue_arn": f"${{{UNKNOWN_ARNS}.queue}}", "role_arn": HUB_ARNS["role_arn"]},
        log_delivery=NETWORK,
        kms_key_arn=f"${{{UNKNOWN_ARNS}.key}}",
    ),
}

ALONE: dict[str, tuple[str, dict[str, Any]]] = {
    "no_elb_account": (REGION_WITHOUT_ELB_ACCOUNT, {"grant_elb_account": True}),
    "other_region": ("us-east-1", {"hub": HUB_ARNS}),
    "other_region_queue": ("us-east-1", {"hub": hub_with_queue("eu-west-1")}),
    "existing_elsewhere": (
        "us-east-1",
        {"create_bucket": False, "hub": hub_arns("us-east-1")},
    ),
    "policy_too_long": (
        "eu-west-1",
        {"log_account_ids": MANY, "prefix": "logs/of/all/accounts", "log_delivery": {"network": True}},
    ),
    "demo_of_no_account": (
        "eu-west-1",
        {"log_account_ids": ["333333333333"], "demo_load_balancer": {"enabled": True}},
    ),
    "existing_managed": (
        "eu-west-1",
        {
            "create_bucket": False,
            "manage_policy": True,
            "manage_notification": True,
            "hub": hub_arns("eu-west-1"),
        },
    ),
}
"""Calls of the spoke that fail or warn, so that each is applied alone: the region, and inputs."""
