"""The hub's networks, applied: created over two zones with all options, and subnets that exist already."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cdktf_app.packaging.build import build_host_zip
from tests.harness.aws.accounts import Account
from tests.harness.aws.clients import AwsClients
from tests.harness.pytest_plugin import WorkspaceFactory
from tests.host_function import host_function


def test_a_network_over_two_zones_and_one_that_exists(
    terraform_workspace: WorkspaceFactory,
    aws_clients: Callable[[Account], AwsClients],
    hub_account: Account,
    unique_name: Callable[[str], str],
) -> None:
    names = {"created": unique_name("created"), "existing": unique_name("existing")}
    workspace = terraform_workspace(
        "tests/apply/configurations/hub_networks",
        {
            "names": names,
            "profile": hub_account.profile,
            "function": host_function(build_host_zip()),
        },
    )

    outputs = workspace.apply_and_idempotent()

    clients = aws_clients(hub_account)
    created, existing = (_vpc_config(clients, names[mode]) for mode in ("created", "existing"))
    subnets = clients.ec2.describe_subnets(SubnetIds=created["SubnetIds"])["Subnets"]
    assert len({subnet["AvailabilityZone"] for subnet in subnets}) == 2
    assert sorted(existing["SubnetIds"]) == sorted(outputs["existing_subnet_ids"])
    gateways = clients.ec2.describe_nat_gateways(Filters=[{"Name": "vpc-id", "Values": [created["VpcId"]]}])[
        "NatGateways"
    ]
    addresses = [address["PublicIp"] for gateway in gateways for address in gateway["NatGatewayAddresses"]]
    assert sorted(addresses) == sorted(outputs["nat_public_ips"])
    assert len(set(addresses)) == 2
    # Each private subnet leaves through the gateway of its own zone.
    assert _zones_of_routes(clients, subnets) == {subnet["AvailabilityZone"] for subnet in subnets}
    logs = clients.ec2.describe_flow_logs(Filters=[{"Name": "resource-id", "Values": [created["VpcId"]]}])
    assert len(logs["FlowLogs"]) == 1

    workspace.destroy()

    left = clients.ec2.describe_vpcs(Filters=[{"Name": "vpc-id", "Values": [created["VpcId"]]}])["Vpcs"]
    assert left == []


def _vpc_config(clients: AwsClients, function_name: str) -> Any:
    return clients.functions.get_function(FunctionName=function_name)["Configuration"]["VpcConfig"]


def _zones_of_routes(clients: AwsClients, subnets: Any) -> set[str]:
    """The zones of subnets whose default route ends in a NAT gateway of the same zone."""
    zones = set()
    for subnet in subnets:
        (table,) = clients.ec2.describe_route_tables(
            Filters=[{"Name": "association.subnet-id", "Values": [subnet["SubnetId"]]}]
        )["RouteTables"]
        (gateway,) = [route["NatGatewayId"] for route in table["Routes"] if "NatGatewayId" in route]
        (nat,) = clients.ec2.describe_nat_gateways(NatGatewayIds=[gateway])["NatGateways"]
        (public,) = clients.ec2.describe_subnets(SubnetIds=[nat["SubnetId"]])["Subnets"]
        if public["AvailabilityZone"] == subnet["AvailabilityZone"]:
            zones.add(subnet["AvailabilityZone"])
    return zones
