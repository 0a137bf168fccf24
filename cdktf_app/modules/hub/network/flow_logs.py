"""A log of the VPC's connections, where it is asked for."""

from __future__ import annotations

from imports.aws.cloudwatch_log_group import CloudwatchLogGroup
from imports.aws.flow_log import FlowLog
from imports.aws.iam_role import IamRole
from imports.aws.iam_role_policy import IamRolePolicy

from cdktf_app.modules.expressions import POLICY_VERSION, jsonencode, number, tags
from cdktf_app.modules.hub.network.subnets import VPC_ID
from cdktf_app.modules.module import Module


def add_flow_logs(module: Module) -> None:
    """Add the flow log with its log group, and the role in whose name it writes there."""
    module.local("use_flow_logs", "${local.create_network && var.network.flow_logs.enabled}")
    exists = number("${local.use_flow_logs ? 1 : 0}")
    scope = module.concern("flow_logs")
    CloudwatchLogGroup(
        scope,
        "log_group.flow_logs",
        count=exists,
        name="/aws/vpc/${var.name}",
        retention_in_days=number("${var.network.flow_logs.retention_days}"),
        kms_key_id="${local.kms_key_arn}",
        tags=tags(),
    )
    IamRole(
        scope,
        "role.flow_logs",
        count=exists,
        name="${var.name}-flow-logs",
        path="${var.iam.path}",
        permissions_boundary="${var.iam.permissions_boundary_arn}",
        description="Writes the flow log of the promtail function's VPC",
        assume_role_policy=jsonencode(
            {
                "Version": POLICY_VERSION,
                "Statement": [
                    {
                        "Effect": "Allow",
                        "Principal": {"Service": "vpc-flow-logs.amazonaws.com"},
                        "Action": "sts:AssumeRole",
                        "Condition": {
                            "StringEquals": {"aws:SourceAccount": "${local.account_id}"},
                            # The flow log gets its id only when it is made, with this role.
                            "ArnLike": {"aws:SourceArn": "${local.ec2_arn}:vpc-flow-log/*"},
                        },
                    }
                ],
            }
        ),
        tags=tags(),
    )
    IamRolePolicy(
        scope,
        "policy.flow_logs",
        count=exists,
        name="flow-logs",
        role="${aws_iam_role.flow_logs[0].name}",
        policy=jsonencode(
            {
                "Version": POLICY_VERSION,
                "Statement": [
                    {
                        "Sid": "WriteFlowLog",
                        "Effect": "Allow",
                        "Action": [
                            "logs:CreateLogStream",
                            "logs:DescribeLogStreams",
                            "logs:PutLogEvents",
                        ],
                        "Resource": "${local.flow_log_group_arn}:*",
                    }
                ],
            }
        ),
    )
    flow_log = FlowLog(
        scope,
        "flow_log.this",
        count=exists,
        vpc_id=VPC_ID,
        traffic_type="ALL",
        log_destination="${aws_cloudwatch_log_group.flow_logs[0].arn}",
        iam_role_arn="${aws_iam_role.flow_logs[0].arn}",
        tags=tags("${var.name}"),
    )
    flow_log.add_override("depends_on", ["aws_iam_role_policy.flow_logs"])
