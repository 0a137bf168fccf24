"""The VPC's security groups: what may leave the function, and nothing else."""

from __future__ import annotations

from constructs import Construct
from imports.aws.default_security_group import DefaultSecurityGroup
from imports.aws.security_group import SecurityGroup
from imports.aws.vpc_security_group_egress_rule import VpcSecurityGroupEgressRule
from imports.aws.vpc_security_group_ingress_rule import VpcSecurityGroupIngressRule

from cdktf_app.modules.expressions import number, tags
from cdktf_app.modules.hub.network.count import one_if_created
from cdktf_app.modules.hub.network.subnets import ANYWHERE, LEFT_FIRST, LEFT_FIRST_REASON, VPC_ID
from cdktf_app.modules.module import Module, comment, skip_check

INTERFACE_ENDPOINT = 'var.network.s3_endpoint == "interface"'


def add_security(module: Module, scope: Construct) -> None:
    """Close the default security group, and add the function's and the endpoint's.

    EC2 takes few characters in descriptions: a-z A-Z 0-9 . _ - : / ( ) # , @ [ ] + = & ; { } ! $ *
    (CreateSecurityGroup, Amazon EC2 API reference).
    """
    module.local(
        "loki_port",
        '${tonumber(try(regex("^https?://[^/]+:([0-9]+)/", var.loki.write_address)[0], '
        'startswith(var.loki.write_address, "https:") ? 443 : 80))}',
        "The function's security group lets it reach Loki's port and HTTPS, and nothing else.",
    )
    _default(scope)
    _function(scope)
    _s3_endpoint(scope)


def _default(scope: Construct) -> None:
    default = DefaultSecurityGroup(
        scope, "security_group.this", count=one_if_created(), vpc_id=VPC_ID, tags=tags("${var.name}-closed")
    )
    comment(default, "Every VPC has this group. Without rules here, it lets nothing in and nothing out.")


def _function(scope: Construct) -> None:
    function = SecurityGroup(
        scope,
        "security_group.function",
        count=one_if_created(),
        name_prefix="${var.name}-function-",
        description="The promtail function: HTTPS and the port of Loki out, nothing in",
        vpc_id=VPC_ID,
        tags=tags(),
        lifecycle=LEFT_FIRST,
    )
    comment(function, LEFT_FIRST_REASON)
    skip_check(
        function, "CKV2_AWS_5", "the function has it, in a block that depends on the mode of the network"
    )
    VpcSecurityGroupEgressRule(
        scope,
        "egress.function_https",
        count=one_if_created(),
        security_group_id="${aws_security_group.function[0].id}",
        description="AWS, and Loki by HTTPS",
        cidr_ipv4=ANYWHERE,
        ip_protocol="tcp",
        from_port=443,
        to_port=443,
        tags=tags(),
    )
    VpcSecurityGroupEgressRule(
        scope,
        "egress.function_loki",
        # Whether it exists must be known without the port where there is no network: && evaluates both sides.
        count=number("${local.create_network ? (local.loki_port != 443 ? 1 : 0) : 0}"),
        security_group_id="${aws_security_group.function[0].id}",
        description="Loki on a port of its own",
        cidr_ipv4=ANYWHERE,
        ip_protocol="tcp",
        from_port=number("${local.loki_port}"),
        to_port=number("${local.loki_port}"),
        tags=tags(),
    )


def _s3_endpoint(scope: Construct) -> None:
    SecurityGroup(
        scope,
        "security_group.s3_endpoint",
        count=one_if_created(INTERFACE_ENDPOINT),
        name="${var.name}-s3-endpoint",
        description="The S3 endpoint: HTTPS in from the promtail function",
        vpc_id=VPC_ID,
        tags=tags(),
    )
    ingress = VpcSecurityGroupIngressRule(
        scope,
        "ingress.s3_endpoint_https",
        count=one_if_created(INTERFACE_ENDPOINT),
        security_group_id="${aws_security_group.s3_endpoint[0].id}",
        referenced_security_group_id="${aws_security_group.function[0].id}",
        ip_protocol="tcp",
        from_port=443,
        to_port=443,
        tags=tags(),
    )
    # LocalStack forgets the description of a rule that refers to a group, which would differ at every plan.
    skip_check(ingress, "CKV_AWS_23", "the group that the rule refers to has the description")
