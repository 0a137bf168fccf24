"""The hub's network: what is made for each mode, and who may reach what."""

import json
import re

import pytest

from tests.modules.results import Applied, Resources, managed
from tests.modules.scenarios.hub_network import BOUNDARY_ARN, GROUPS, SUBNETS
from tests.modules.scenarios.scenario import HUB_KEY_ARN

EC2 = "arn:aws:ec2:eu-west-1:111111111111"


def each(name: str, count: int) -> set[str]:
    """The addresses of a resource that there are several of."""
    return {f"{name}[{index}]" for index in range(count)}


def network(zones: int = 1, gateways: int = 1, endpoint: str = "gateway") -> set[str]:
    """What the mode `created` makes."""
    endpoints = {
        "gateway": {"aws_vpc_endpoint.s3_gateway[0]"},
        "interface": {
            "aws_vpc_endpoint.s3[0]",
            "aws_security_group.s3_endpoint[0]",
            "aws_vpc_security_group_ingress_rule.s3_endpoint_https[0]",
        },
    }
    return {
        "aws_iam_role_policy.network[0]",
        "aws_vpc.this[0]",
        "aws_internet_gateway.this[0]",
        "aws_default_security_group.this[0]",
        "aws_route_table.public[0]",
        "aws_route.public_internet[0]",
        "aws_security_group.function[0]",
        "aws_vpc_security_group_egress_rule.function_https[0]",
        *each("aws_subnet.private", zones),
        *each("aws_route_table_association.private", zones),
        *each("aws_subnet.public", gateways),
        *each("aws_route_table_association.public", gateways),
        *each("aws_eip.nat", gateways),
        *each("aws_nat_gateway.this", gateways),
        *each("aws_route_table.private", gateways),
        *each("aws_route.private_internet", gateways),
        *endpoints[endpoint],
    }


LOKI_PORT = {"aws_vpc_security_group_egress_rule.function_loki[0]"}
FLOW_LOGS = {
    "aws_cloudwatch_log_group.flow_logs[0]",
    "aws_flow_log.this[0]",
    "aws_iam_role.flow_logs[0]",
    "aws_iam_role_policy.flow_logs[0]",
}


@pytest.mark.parametrize(
    ("scenario", "expected"),
    [
        ("hub_network_interface", network(endpoint="interface")),
        ("hub_network_zones", network(zones=3)),
        ("hub_network_per_zone", network(zones=2, gateways=2, endpoint="interface") | FLOW_LOGS),
        ("hub_network_flow_logs", network() | FLOW_LOGS),
        ("hub_network_existing", {"aws_iam_role_policy.network[0]"}),
        ("hub_network_unknown", {"aws_iam_role_policy.network[0]"}),
        ("hub_network_own_port", network() | LOKI_PORT),
        ("hub_network_http", network() | LOKI_PORT),
    ],
)
def test_it_consists_of(scenario: str, expected: set[str], applied: Applied) -> None:
    without = managed(applied.scenarios["hub_default"].values)

    assert managed(applied.scenarios[scenario].values) - without == expected


def test_without_a_network_the_function_is_in_no_vpc(applied: Applied) -> None:
    hub = applied.scenarios["hub_default"]

    assert hub["aws_lambda_function.this"]["vpc_config"] == []
    assert "aws_iam_role_policy.network[0]" not in hub


def test_the_network_is_laid_out_as_documented(applied: Applied) -> None:
    hub = applied.scenarios["hub_network"]

    vpc = hub["aws_vpc.this[0]"]
    assert vpc["cidr_block"] == "10.100.0.0/16"
    assert vpc["enable_dns_hostnames"] is vpc["enable_dns_support"] is True
    assert hub["aws_subnet.private[0]"]["cidr_block"] == "10.100.0.0/20"
    assert hub["aws_subnet.public[0]"]["cidr_block"] == "10.100.16.0/20"
    private, public = hub["aws_route.private_internet[0]"], hub["aws_route.public_internet[0]"]
    assert private["nat_gateway_id"] == hub["aws_nat_gateway.this[0]"]["id"]
    assert public["gateway_id"] == hub["aws_internet_gateway.this[0]"]["id"]


def test_each_zone_has_ranges_by_its_position(applied: Applied) -> None:
    one, per_zone = applied.scenarios["hub_network_zones"], applied.scenarios["hub_network_per_zone"]

    def ranges(hub: Resources, kind: str, count: int) -> list[str]:
        return [hub[f"aws_subnet.{kind}[{index}]"]["cidr_block"] for index in range(count)]

    assert ranges(one, "private", 3) == ["10.100.0.0/20", "10.100.32.0/20", "10.100.64.0/20"]
    assert ranges(one, "public", 1) == ["10.100.16.0/20"]
    assert ranges(per_zone, "private", 2) == ["10.0.8.0/28", "10.0.8.32/28"]
    assert ranges(per_zone, "public", 2) == ["10.0.8.16/28", "10.0.8.48/28"]
    zones = [one[f"aws_subnet.private[{index}]"]["availability_zone"] for index in range(3)]
    assert zones == ["eu-west-1b", "eu-west-1a", "eu-west-1c"]
    assert per_zone["aws_subnet.public[1]"]["availability_zone"] == "eu-west-1b"


def test_a_zone_leaves_by_its_own_gateway_or_by_the_only_one(applied: Applied) -> None:
    one, per_zone = applied.scenarios["hub_network_zones"], applied.scenarios["hub_network_per_zone"]

    tables = {one[f"aws_route_table_association.private[{index}]"]["route_table_id"] for index in range(3)}
    assert tables == {one["aws_route_table.private[0]"]["id"]}
    for index in range(2):
        table = per_zone[f"aws_route_table.private[{index}]"]["id"]
        gateway = per_zone[f"aws_nat_gateway.this[{index}]"]
        assert per_zone[f"aws_route_table_association.private[{index}]"]["route_table_id"] == table
        assert per_zone[f"aws_route.private_internet[{index}]"]["route_table_id"] == table
        assert per_zone[f"aws_route.private_internet[{index}]"]["nat_gateway_id"] == gateway["id"]
        assert gateway["allocation_id"] == per_zone[f"aws_eip.nat[{index}]"]["id"]
    assert per_zone["aws_route_table.private[0]"]["id"] != per_zone["aws_route_table.private[1]"]["id"]


def test_log_objects_pass_the_gateway_endpoint_by_default(applied: Applied) -> None:
    hub = applied.scenarios["hub_network"]

    endpoint = hub["aws_vpc_endpoint.s3_gateway[0]"]
    assert (endpoint["service_name"], endpoint["vpc_endpoint_type"]) == (
        "com.amazonaws.eu-west-1.s3",
        "Gateway",
    )
    assert endpoint["route_table_ids"] == [hub["aws_route_table.private[0]"]["id"]]


def test_the_interface_endpoint_answers_s3_s_own_name(applied: Applied) -> None:
    endpoint = applied.scenarios["hub_network_interface"]["aws_vpc_endpoint.s3[0]"]

    assert (endpoint["service_name"], endpoint["vpc_endpoint_type"]) == (
        "com.amazonaws.eu-west-1.s3",
        "Interface",
    )
    # The function reaches S3 by its regional name, without a gateway endpoint beside this one.
    assert endpoint["private_dns_enabled"] is True
    assert endpoint["dns_options"][0]["private_dns_only_for_inbound_resolver_endpoint"] is False


@pytest.mark.parametrize(
    ("scenario", "endpoint", "parked"),
    [
        ("hub_network", "s3_gateway", None),
        ("hub_network_interface", "s3", None),
        ("hub_network_per_zone", "s3", "arn:aws:s3:::refused-logs/loki/*"),
        ("hub_network_flow_logs", "s3_gateway", "arn:aws:s3:::refused-logs/*"),
    ],
)
def test_the_function_s_role_alone_passes_the_endpoint(
    scenario: str, endpoint: str, parked: str | None, applied: Applied
) -> None:
    statements = applied.scenarios[scenario].policy(f"aws_vpc_endpoint.{endpoint}[0]")

    read = statements["ReadLogObjects"]
    assert read["Action"] == ["s3:GetObject", "s3:GetObjectVersion"]
    conditions = [statement["Condition"] for statement in statements.values()]
    path, name = ("/platform/", "logs") if scenario == "hub_network_per_zone" else ("/", "alb-loki")
    role_arn = f"arn:aws:iam::111111111111:role{path}{name}"
    assert conditions == [{"ArnEquals": {"aws:PrincipalArn": role_arn}}] * len(conditions)
    others = {sid: (one["Action"], one["Resource"]) for sid, one in statements.items() if one is not read}
    assert others == ({"ParkRefusedLines": ("s3:PutObject", parked)} if parked else {})


def test_the_function_is_in_the_subnets_and_groups_that_are_given(applied: Applied) -> None:
    (given,) = applied.scenarios["hub_network_existing"]["aws_lambda_function.this"]["vpc_config"]
    (unknown,) = applied.scenarios["hub_network_unknown"]["aws_lambda_function.this"]["vpc_config"]
    (created,) = applied.scenarios["hub_network"]["aws_lambda_function.this"]["vpc_config"]

    assert (sorted(given["subnet_ids"]), given["security_group_ids"]) == (sorted(SUBNETS), [*GROUPS])
    assert (unknown["subnet_ids"], unknown["security_group_ids"]) == (["subnet-1a"], ["sg-1a"])
    assert (created["subnet_ids"], created["security_group_ids"]) == (["subnet-1"], ["sg-1"])


@pytest.mark.parametrize(
    ("scenario", "ports"),
    [("hub_network", {443}), ("hub_network_own_port", {443, 3100}), ("hub_network_http", {443, 80})],
)
def test_the_function_reaches_https_and_loki_s_port_only(
    scenario: str, ports: set[int], applied: Applied
) -> None:
    rules = [
        values
        for address, values in applied.scenarios[scenario].values.items()
        if address.startswith("aws_vpc_security_group_egress_rule.")
    ]

    assert {rule["from_port"] for rule in rules} == {rule["to_port"] for rule in rules} == ports
    assert {rule["ip_protocol"] for rule in rules} == {"tcp"}
    assert {rule["cidr_ipv4"] for rule in rules} == {"0.0.0.0/0"}


def test_the_endpoint_takes_https_from_the_function_only(applied: Applied) -> None:
    hub = applied.scenarios["hub_network_interface"]
    rule = hub["aws_vpc_security_group_ingress_rule.s3_endpoint_https[0]"]

    assert (rule["ip_protocol"], rule["from_port"], rule["to_port"]) == ("tcp", 443, 443)
    assert (rule["referenced_security_group_id"], rule["cidr_ipv4"]) == ("sg-1", None)


def test_the_default_security_group_has_no_rules(applied: Applied) -> None:
    hub = applied.scenarios["hub_network"]
    group = hub["aws_default_security_group.this[0]"]

    assert group["vpc_id"] == hub["aws_vpc.this[0]"]["id"]
    # The mock makes up what AWS reports, which is nothing here.
    assert not group["ingress"]
    assert not group["egress"]


def test_ec2_takes_the_descriptions_of_security_groups_and_rules(applied: Applied) -> None:
    descriptions = [
        values["description"]
        for resources in applied.scenarios.values()
        for address, values in resources.values.items()
        if address.startswith(("aws_security_group.", "aws_vpc_security_group_")) and values["description"]
    ]

    assert len(descriptions) > 5
    # CreateSecurityGroup, Amazon EC2 API reference: up to 255 of these characters.
    allowed = re.compile(r"[a-zA-Z0-9. _\-:/()#,@\[\]+=&;{}!$*]{1,255}")
    assert [text for text in descriptions if not allowed.fullmatch(text)] == []


def test_lambda_may_make_the_function_s_network_interfaces(applied: Applied) -> None:
    statements = applied.scenarios["hub_network"].policy("aws_iam_role_policy.network[0]")

    assert {sid: (s["Effect"], s["Action"], s["Resource"]) for sid, s in statements.items()} == {
        "CreateNetworkInterface": (
            "Allow",
            "ec2:CreateNetworkInterface",
            [f"{EC2}:network-interface/*", f"{EC2}:subnet/subnet-1", f"{EC2}:security-group/sg-1"],
        ),
        "DeleteNetworkInterface": ("Allow", "ec2:DeleteNetworkInterface", f"{EC2}:*/*"),
        "DescribeNetworkInterfaces": (
            "Allow",
            ["ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets"],
            "*",
        ),
        "DenyToTheFunctionItself": (
            "Deny",
            [
                "ec2:CreateNetworkInterface",
                "ec2:DeleteNetworkInterface",
                "ec2:DescribeNetworkInterfaces",
                "ec2:DescribeSubnets",
            ],
            "*",
        ),
    }
    assert statements["DenyToTheFunctionItself"]["Condition"] == {
        "ArnEquals": {"lambda:SourceFunctionArn": "arn:aws:lambda:eu-west-1:111111111111:function:alb-loki"}
    }


def test_existing_subnets_and_groups_are_named_whoever_owns_them(applied: Applied) -> None:
    statements = applied.scenarios["hub_network_existing"].policy("aws_iam_role_policy.network[0]")

    assert statements["CreateNetworkInterface"]["Resource"] == [
        f"{EC2}:network-interface/*",
        *(f"arn:aws:ec2:eu-west-1:*:subnet/{subnet}" for subnet in SUBNETS),
        *(f"arn:aws:ec2:eu-west-1:*:security-group/{group}" for group in GROUPS),
    ]


def test_flow_logs_are_kept_and_encrypted_as_told(applied: Applied) -> None:
    default = applied.scenarios["hub_network_flow_logs"]["aws_cloudwatch_log_group.flow_logs[0]"]
    told = applied.scenarios["hub_network_per_zone"]["aws_cloudwatch_log_group.flow_logs[0]"]
    flow_log = applied.scenarios["hub_network_per_zone"]["aws_flow_log.this[0]"]

    assert (default["name"], default["retention_in_days"], default["kms_key_id"]) == (
        "/aws/vpc/alb-loki",
        14,
        None,
    )
    assert (told["name"], told["retention_in_days"], told["kms_key_id"]) == (
        "/aws/vpc/logs",
        30,
        HUB_KEY_ARN,
    )
    assert (flow_log["traffic_type"], flow_log["log_destination"]) == ("ALL", told["arn"])


def test_flow_logs_of_this_account_only_take_their_role(applied: Applied) -> None:
    hub = applied.scenarios["hub_network_per_zone"]
    role = hub["aws_iam_role.flow_logs[0]"]

    assert json.loads(role["assume_role_policy"])["Statement"] == [
        {
            "Effect": "Allow",
            "Principal": {"Service": "vpc-flow-logs.amazonaws.com"},
            "Action": "sts:AssumeRole",
            "Condition": {
                "StringEquals": {"aws:SourceAccount": "111111111111"},
                "ArnLike": {"aws:SourceArn": f"{EC2}:vpc-flow-log/*"},
            },
        }
    ]
    assert (role["name"], role["path"], role["permissions_boundary"]) == (
        "logs-flow-logs",
        "/platform/",
        BOUNDARY_ARN,
    )
    (statement,) = hub.policy("aws_iam_role_policy.flow_logs[0]").values()
    assert statement["Resource"] == "arn:aws:logs:eu-west-1:111111111111:log-group:/aws/vpc/logs:*"


def test_cloudwatch_may_encrypt_both_logs_with_the_key(applied: Applied) -> None:
    statements = json.loads(applied.scenarios["hub_network_per_zone"].outputs["kms_key_statements"])
    (logs,) = (statement for statement in statements if statement["Sid"] == "LogsEncrypt")

    groups = "arn:aws:logs:eu-west-1:111111111111:log-group"
    assert logs["Condition"] == {
        "ArnEquals": {
            "kms:EncryptionContext:aws:logs:arn": [f"{groups}:/aws/lambda/logs", f"{groups}:/aws/vpc/logs"]
        }
    }


def test_outputs_tell_how_the_network_is_met(applied: Applied) -> None:
    created = applied.scenarios["hub_network_per_zone"]
    without = applied.scenarios["hub_default"].outputs

    assert created.outputs["nat_public_ips"] == [
        created[f"aws_eip.nat[{index}]"]["public_ip"] for index in range(2)
    ]
    assert created.outputs["vpc_id"] == created["aws_vpc.this[0]"]["id"]
    assert created.outputs["security_group_id"] == "sg-1"
    assert without["nat_public_ips"] == []
    assert without.get("vpc_id") is without.get("security_group_id") is None
