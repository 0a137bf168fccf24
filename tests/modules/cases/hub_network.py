"""Cases of the hub's input `network`."""

from tests.modules.cases.case import Case, hub

CASES: list[Case] = [
    *hub("network", "network.mode must be none (no VPC) or created", {"mode": "existing"}, {"mode": ""}),
    *hub("network", None, {}, {"mode": "none"}, {"mode": "created"}),
    *hub(
        "network",
        "must be IPv4 ranges in CIDR notation, such as 10.100.0.0/16",
        {"cidr_block": "10.100.0.0"},
        {"private_subnet_cidr_block": "10.100.0.0/33"},
        {"public_subnet_cidr_block": "10.100.0/16"},
        {"cidr_block": "2001:db8::/56"},
    ),
    *hub("network", None, {"cidr_block": "10.0.0.0/24", "private_subnet_cidr_block": "10.0.0.0/25"}),
]
