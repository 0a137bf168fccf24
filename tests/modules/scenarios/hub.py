"""Scenarios of the hub, its spokes and the size of its settings."""

from tests.modules.scenarios.scenario import SECRETS, SHOP, UNKNOWN, WRITE_ADDRESS, Scenario, hub

SCENARIOS: dict[str, Scenario] = {
    "hub_default": hub(),
    "hub_one_spoke": hub(
        spokes={"shop": SHOP},
        loki_credentials={"username": "reader", "password": SECRETS[0]},
        loki={
            "write_address": WRITE_ADDRESS,
            "tenant_id": "platform",
            "batch_size": 65536,
            "keep_stream": True,
            "extra_labels": {"env": "prod", "team": "a b"},
        },
    ),
    "hub_three_spokes": hub(
        name="logs",
        loki_credentials={"bearer_token": SECRETS[1]},
        spokes={
            "shop": SHOP,
            "bank": {"account_id": "012345678901", "bucket_name": "bank-logs", "prefix": "lb/prod"},
            "own": {"account_id": "111111111111", "bucket_name": "own-logs"},
        },
    ),
    "hub_unknown_loki": hub(
        loki={"write_address": f"https://${{{UNKNOWN}}}/loki/api/v1/push"},
        loki_credentials={"bearer_token": f"${{{UNKNOWN}}}"},
        spokes={"shop": {"account_id": "222222222222", "bucket_name": "shop-alb-logs"}},
    ),
    # More than 3600 bytes, in fewer characters.
    "hub_full": hub(loki={"write_address": WRITE_ADDRESS, "extra_labels": {"text": "é" * 1500}}),
    "hub_china": hub("china", spokes={"shop": SHOP}, network={"mode": "created"}),
}
