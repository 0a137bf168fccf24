"""Cases of the hub's input `network`."""

from tests.modules.cases.case import Case, hub

SUBNET = "subnet-0a1b2c3d4e5f67890"
GROUP = "sg-0a1b2c3d4e5f67890"
OLD_SUBNET = "subnet-0a1b2c3d"


def created(refused: str | None, *values: dict[str, object]) -> list[Case]:
    return hub("network", refused, *({"mode": "created"} | value for value in values))


def existing(refused: str | None, *values: dict[str, object]) -> list[Case]:
    given = {"mode": "existing", "subnet_ids": [SUBNET], "security_group_ids": [GROUP]}
    return hub("network", refused, *(given | value for value in values))


CASES: list[Case] = [
    *hub(
        "network",
        "network.mode must be none (no VPC), created (a VPC with NAT gateways) or existing",
        {"mode": "public"},
        {"mode": ""},
    ),
    *hub("network", None, {}, {"mode": "none"}),
    *created(None, {}),
    *existing(None, {}),
    *created(
        "network.cidr_block must be an IPv4 range of /16 to /24 in CIDR notation, with its first address",
        {"cidr_block": "10.100.0.0"},
        {"cidr_block": "10.100.0.0/33"},
        {"cidr_block": "10.100.0/16"},
        {"cidr_block": "2001:db8::/20"},
        {"cidr_block": "10.0.0.0/15"},
        {"cidr_block": "10.0.0.0/25"},
        {"cidr_block": "10.100.0.1/16"},
        {"cidr_block": ""},
    ),
    *created(None, {"cidr_block": "10.0.0.0/24"}, {"cidr_block": "192.168.0.0/16"}),
    *created(
        "network.availability_zones must be at most 8 different zones by their names",
        {"availability_zones": ["eu-west-1a", "eu-west-1a"]},
        {"availability_zones": [f"us-east-1{letter}" for letter in "abcdefghi"]},
        {"availability_zones": ["euw1-az1"]},
        {"availability_zones": ["us-west-2-lax-1a"]},
        {"availability_zones": ["eu-west-1"]},
        {"availability_zones": [""]},
    ),
    *created(
        None,
        {"availability_zones": ["us-gov-west-1a"]},
        {"availability_zones": [f"us-east-1{letter}" for letter in "abcdefgh"]},
        {"availability_zones": []},
    ),
    *created("network.nat_gateways must be one or per_zone", {"nat_gateways": "none"}, {"nat_gateways": ""}),
    *created(None, {"nat_gateways": "one"}, {"nat_gateways": "per_zone"}),
    *created("network.s3_endpoint must be gateway or interface", {"s3_endpoint": "none"}),
    *created(None, {"s3_endpoint": "gateway"}, {"s3_endpoint": "interface"}),
    *created(
        "network.flow_logs.retention_days must be a retention that CloudWatch Logs offers: 1, 3, 5",
        {"flow_logs": {"enabled": True, "retention_days": 15}},
        {"flow_logs": {"retention_days": 0}},
    ),
    *created(
        None,
        {"flow_logs": {}},
        {"flow_logs": {"enabled": True}},
        {"flow_logs": {"enabled": True, "retention_days": 3653}},
    ),
    *hub(
        "network",
        "network.availability_zones and network.flow_logs are of a VPC that is made",
        {"availability_zones": ["eu-west-1a"]},
        {"flow_logs": {"enabled": True}},
    ),
    *existing("network.availability_zones and network.flow_logs are", {"flow_logs": {"enabled": True}}),
    *existing(
        "network.subnet_ids and network.security_group_ids must both be given with network.mode existing",
        {"subnet_ids": []},
        {"security_group_ids": []},
        {"mode": "created"},
        {"mode": "none", "security_group_ids": []},
        {"mode": "none", "subnet_ids": []},
    ),
    *existing(
        "network.subnet_ids must be at most 16 ids of subnets",
        {"subnet_ids": [f"{OLD_SUBNET}{number:x}" for number in range(17)]},
        {"subnet_ids": ["subnet-x"]},
        {"subnet_ids": [f"arn:aws:ec2:eu-west-1:111111111111:subnet/{SUBNET}"]},
        {"subnet_ids": [SUBNET, ""]},
    ),
    *existing(
        None,
        {"subnet_ids": [f"{OLD_SUBNET}{number:x}" for number in range(16)]},
        {"subnet_ids": [OLD_SUBNET]},
        {"security_group_ids": [f"sg-{number}" for number in range(5)]},
    ),
    *existing(
        "network.security_group_ids must be at most 5 ids of security groups",
        {"security_group_ids": [f"sg-{number}" for number in range(6)]},
        {"security_group_ids": ["default"]},
        {"security_group_ids": [SUBNET]},
    ),
]
