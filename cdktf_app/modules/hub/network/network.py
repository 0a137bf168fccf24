"""Puts the hub's network together, and says where the function is in it."""

from __future__ import annotations

from cdktf_app.modules.hub.network.flow_logs import add_flow_logs
from cdktf_app.modules.hub.network.permissions import add_permissions
from cdktf_app.modules.hub.network.s3_endpoint import add_s3_endpoint
from cdktf_app.modules.hub.network.security import add_security
from cdktf_app.modules.hub.network.subnets import add_subnets
from cdktf_app.modules.module import Module

READY = (
    "aws_iam_role_policy.network",
    "aws_route.private_internet",
    "aws_route_table_association.private",
    "aws_vpc_endpoint.s3",
    "aws_vpc_endpoint.s3_gateway",
    "aws_vpc_security_group_egress_rule.function_https",
    "aws_vpc_security_group_egress_rule.function_loki",
    "aws_vpc_security_group_ingress_rule.s3_endpoint_https",
)
"""What the function waits for: without it, it could not be made, or would time out on the first object."""


def add_network(module: Module) -> None:
    """Add the network: all of it with the mode `created`, the role's permissions with `existing` too."""
    module.local("create_network", '${var.network.mode == "created"}')
    module.local("in_vpc", '${var.network.mode != "none"}')
    module.local(
        "function_subnet_ids",
        "${local.create_network ? aws_subnet.private[*].id : var.network.subnet_ids}",
    )
    module.local(
        "function_security_group_ids",
        "${local.create_network ? aws_security_group.function[*].id : var.network.security_group_ids}",
    )
    scope = module.concern("network")
    add_subnets(module, scope)
    add_security(module, scope)
    add_s3_endpoint(module, scope)
    add_permissions(module, scope)
    add_flow_logs(module)
