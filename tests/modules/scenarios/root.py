"""Scenarios of the root module, which is hub and spoke in one account."""

from typing import Any

from tests.modules.scenarios.scenario import WRITE_ADDRESS, Scenario


def root(**inputs: Any) -> Scenario:
    defaults = {
        "bucket_name": "shop-alb-logs",
        "loki": {"write_address": WRITE_ADDRESS},
        "loki_credentials": {"anonymous": True},
    }
    # It is at the top of the repository, above the folder of the modules.
    return Scenario("..", defaults | inputs, "hub")


SCENARIOS: dict[str, Scenario] = {
    "root_default": root(),
    "root_network": root(
        name="first", prefix="lb", network={"mode": "created"}, demo_load_balancer={"enabled": True}
    ),
}
