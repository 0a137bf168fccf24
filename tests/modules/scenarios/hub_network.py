"""Scenarios of the hub's network."""

from tests.modules.scenarios.scenario import SHOP, Scenario, hub

SCENARIOS: dict[str, Scenario] = {
    "hub_network": hub(network={"mode": "created"}, spokes={"shop": SHOP}),
    "hub_network_own_port": hub(
        network={"mode": "created"}, loki={"write_address": "http://loki.example.com:3100/loki/api/v1/push"}
    ),
    "hub_network_http": hub(
        network={"mode": "created"}, loki={"write_address": "http://loki.example.com/loki/api/v1/push"}
    ),
}
