"""What Lambda needs of the function's role for its network, and what writes the flow log."""

from tests.modules.decisions.decided import HUB, LAMBDA, SPOKE, STRANGER, Decided, decided, each
from tests.modules.decisions.hub_access import OBJECT, READ, ROLE
from tests.policies.model import Call

_NETWORK = "aws_iam_role_policy.network[0]"
_EC2 = f"arn:aws:ec2:eu-west-1:{HUB}"
_FLOW_LOGS = "vpc-flow-logs.amazonaws.com"
_FLOW_ROLE = f"arn:aws:iam::{HUB}:role/alb-loki-flow-logs"
_FLOW_STREAM = f"arn:aws:logs:eu-west-1:{HUB}:log-group:/aws/vpc/%s:log-stream:eni-1"
_OF_THIS_ACCOUNT = {"aws:SourceAccount": HUB, "aws:SourceArn": f"{_EC2}:vpc-flow-log/fl-1"}
_BY_CODE = {"lambda:SourceFunctionArn": f"arn:aws:lambda:eu-west-1:{HUB}:function:alb-loki"}
_BY_OTHER_CODE = {"lambda:SourceFunctionArn": f"arn:aws:lambda:eu-west-1:{HUB}:function:other"}


def _endpoint(scenario: str, address: str) -> Decided:
    return decided(
        scenario,
        address,
        "ReadLogObjects",
        *each(READ, ROLE, OBJECT, SPOKE),
        but={
            "another role": {"principal": f"arn:aws:iam::{HUB}:role/other"},
            "another account": {"principal": f"arn:aws:iam::{STRANGER}:role/alb-loki"},
            "writing": {"action": "s3:PutObject"},
        },
    )


def _parking(scenario: str, address: str, role: str) -> Decided:
    objects = "arn:aws:s3:::refused-logs/loki"
    return decided(
        scenario,
        address,
        "ParkRefusedLines",
        Call(role, "s3:PutObject", f"{objects}/a", HUB),
        but={
            "another role": {"principal": f"arn:aws:iam::{HUB}:role/other"},
            "another bucket": {"resource": "arn:aws:s3:::others-logs/loki/a"},
            "deleting": {"action": "s3:DeleteObject"},
        },
    )


DECISIONS = [
    _parking("hub_network_flow_logs", "aws_vpc_endpoint.s3_gateway[0]", ROLE),
    _parking("hub_network_per_zone", "aws_vpc_endpoint.s3[0]", f"arn:aws:iam::{HUB}:role/platform/logs"),
    _endpoint("hub_network", "aws_vpc_endpoint.s3_gateway[0]"),
    _endpoint("hub_network_interface", "aws_vpc_endpoint.s3[0]"),
    decided(
        "hub_network",
        _NETWORK,
        "CreateNetworkInterface",
        Call(ROLE, "ec2:CreateNetworkInterface", f"{_EC2}:subnet/subnet-1", HUB),
        Call(ROLE, "ec2:CreateNetworkInterface", f"{_EC2}:security-group/sg-1", HUB),
        Call(ROLE, "ec2:CreateNetworkInterface", f"{_EC2}:network-interface/eni-1", HUB),
        but={
            "another subnet": {"resource": f"{_EC2}:subnet/subnet-2"},
            "another security group": {"resource": f"{_EC2}:security-group/sg-2"},
            "changing one": {
                "action": "ec2:ModifyNetworkInterfaceAttribute",
                "resource": f"{_EC2}:network-interface/eni-1",
            },
        },
    ),
    decided(
        "hub_network",
        _NETWORK,
        "DeleteNetworkInterface",
        Call(ROLE, "ec2:DeleteNetworkInterface", f"{_EC2}:network-interface/eni-1", HUB),
        but={
            "in another region": {"resource": f"arn:aws:ec2:us-east-1:{HUB}:network-interface/eni-1"},
            "in another account": {
                "resource": f"arn:aws:ec2:eu-west-1:{STRANGER}:network-interface/eni-1",
                "owner": STRANGER,
            },
        },
    ),
    decided(
        "hub_network",
        _NETWORK,
        "DescribeNetworkInterfaces",
        *each("ec2:DescribeNetworkInterfaces ec2:DescribeSubnets", ROLE, "*", HUB),
        but={"all else": {"action": "ec2:DescribeInstances"}},
    ),
    decided(
        "hub_network",
        _NETWORK,
        "DenyToTheFunctionItself",
        Call(ROLE, "ec2:CreateNetworkInterface", f"{_EC2}:subnet/subnet-1", HUB, _BY_CODE),
        Call(ROLE, "ec2:DeleteNetworkInterface", f"{_EC2}:network-interface/eni-1", HUB, _BY_CODE),
        *(Call(ROLE, f"ec2:Describe{what}", "*", HUB, _BY_CODE) for what in ("NetworkInterfaces", "Subnets")),
        but={"by Lambda": {"context": {}}, "by another function": {"context": _BY_OTHER_CODE}},
    ),
    decided(
        "hub_network_flow_logs",
        "aws_iam_role.flow_logs[0]",
        "",
        Call(_FLOW_LOGS, "sts:AssumeRole", _FLOW_ROLE, HUB, _OF_THIS_ACCOUNT),
        but={
            "for another account": {"context": _OF_THIS_ACCOUNT | {"aws:SourceAccount": STRANGER}},
            "for another account's flow log": {
                "context": _OF_THIS_ACCOUNT
                | {"aws:SourceArn": f"arn:aws:ec2:eu-west-1:{STRANGER}:vpc-flow-log/fl-1"}
            },
            "for nobody": {"context": {}},
            "another service": {"principal": LAMBDA},
        },
    ),
    decided(
        "hub_network_flow_logs",
        "aws_iam_role_policy.flow_logs[0]",
        "WriteFlowLog",
        *each("logs:CreateLogStream logs:PutLogEvents", _FLOW_ROLE, _FLOW_STREAM % "alb-loki", HUB),
        Call(_FLOW_ROLE, "logs:DescribeLogStreams", _FLOW_STREAM.removesuffix("eni-1") % "alb-loki", HUB),
        but={
            "another log": {"resource": _FLOW_STREAM % "alb-loki-2"},
            "reading": {"action": "logs:GetLogEvents"},
        },
    ),
]
