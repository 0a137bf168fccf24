"""Scenarios of the hub's network."""

from tests.modules.scenarios.scenario import (
    HUB_KEY_ARN,
    QUEUE_ARN,
    SHOP,
    UNKNOWN,
    UNKNOWN_ARNS,
    Scenario,
    hub,
)

SUBNETS = ("subnet-0a1b2c3d4e5f67890", "subnet-0b1b2c3d4e5f67890")
GROUPS = ("sg-0a1b2c3d4e5f67890",)
BOUNDARY_ARN = "arn:aws:iam::111111111111:policy/boundary"

SCENARIOS: dict[str, Scenario] = {
    "hub_network": hub(network={"mode": "created"}, spokes={"shop": SHOP}),
    "hub_network_interface": hub(
        network={"mode": "created", "s3_endpoint": "interface"}, refused_destination_arn=QUEUE_ARN
    ),
    "hub_network_zones": hub(
        network={"mode": "created", "availability_zones": ["eu-west-1b", "eu-west-1a", "eu-west-1c"]}
    ),
    "hub_network_per_zone": hub(
        name="logs",
        network={
            "mode": "created",
            "cidr_block": "10.0.8.0/24",
            "availability_zones": ["eu-west-1a", "eu-west-1b"],
            "nat_gateways": "per_zone",
            "s3_endpoint": "interface",
            "flow_logs": {"enabled": True, "retention_days": 30},
        },
        iam={"path": "/platform/", "permissions_boundary_arn": BOUNDARY_ARN},
        kms_key_arn=HUB_KEY_ARN,
        refused_destination_arn="arn:aws:s3:::refused-logs/loki",
    ),
    "hub_network_flow_logs": hub(
        network={"mode": "created", "flow_logs": {"enabled": True}},
        refused_destination_arn="arn:aws:s3:::refused-logs",
    ),
    "hub_network_existing": hub(
        network={"mode": "existing", "subnet_ids": SUBNETS, "security_group_ids": GROUPS},
        loki={"write_address": "http://loki.example.com:3100/loki/api/v1/push"},
    ),
    # Of a VPC that the same root configuration makes.
    "hub_network_unknown": hub(
        network={
            "mode": "existing",
            "subnet_ids": [f"${{{UNKNOWN_ARNS}.subnet}}"],
            "security_group_ids": [f"${{{UNKNOWN_ARNS}.group}}"],
        },
        loki={"write_address": f"https://${{{UNKNOWN}}}/loki/api/v1/push"},
    ),
    "hub_network_own_port": hub(
        network={"mode": "created"}, loki={"write_address": "http://loki.example.com:3100/loki/api/v1/push"}
    ),
    "hub_network_http": hub(
        network={"mode": "created"}, loki={"write_address": "http://loki.example.com/loki/api/v1/push"}
    ),
}
