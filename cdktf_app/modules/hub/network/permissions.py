"""What the function's role needs for the function's network interfaces."""

from __future__ import annotations

from constructs import Construct

from cdktf_app.modules.function_role import role_policy
from cdktf_app.modules.module import Module, comment


def add_permissions(module: Module, scope: Construct) -> None:
    """Let Lambda make the interfaces in the role's name, in these subnets with these groups and no others."""
    ec2 = module.local("ec2_arn", "arn:${local.partition}:ec2:${local.region}:${local.account_id}")
    network = module.local(
        "network_arn",
        '${local.create_network ? local.ec2_arn : "arn:${local.partition}:ec2:${local.region}:*"}',
        "Subnets and security groups that exist may be another account's, shared with this one.",
    )
    policy = role_policy(
        scope,
        "network",
        [
            {
                "Sid": "CreateNetworkInterface",
                "Effect": "Allow",
                "Action": "ec2:CreateNetworkInterface",
                "Resource": "${concat("
                f'["{ec2}:network-interface/*"], '
                f'formatlist("{network}:subnet/%s", local.function_subnet_ids), '
                f'formatlist("{network}:security-group/%s", local.function_security_group_ids))}}',
            },
            {
                "Sid": "DeleteNetworkInterface",
                "Effect": "Allow",
                "Action": "ec2:DeleteNetworkInterface",
                "Resource": [f"{ec2}:network-interface/*", f"{ec2}:*/*"],
            },
            {
                "Sid": "DescribeNetworkInterfaces",
                "Effect": "Allow",
                "Action": ["ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets"],
                "Resource": "*",
            },
            {
                "Sid": "DenyToTheFunctionItself",
                "Effect": "Deny",
                "Action": [
                    "ec2:CreateNetworkInterface",
                    "ec2:DeleteNetworkInterface",
                    "ec2:DescribeNetworkInterfaces",
                    "ec2:DescribeSubnets",
                ],
                "Resource": "*",
                "Condition": {"ArnEquals": {"lambda:SourceFunctionArn": "${local.function_arn}"}},
            },
        ],
        count="${local.in_vpc ? 1 : 0}",
    )
    comment(
        policy,
        "Lambda makes the function's network interfaces in the role's name. EC2 has no resource-level "
        "permission for Describe calls. Before Lambda makes the function, it checks that the role may delete */*, "
        "which IAM does not take for an interface. "
        "The function's own code needs none of it: only its calls carry lambda:SourceFunctionArn.",
    )
