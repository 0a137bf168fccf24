"""The hub's VPC: a private subnet for the function behind a NAT gateway, and S3 by an interface endpoint."""

from __future__ import annotations

from cdktf import TerraformResourceLifecycle
from constructs import Construct
from imports.aws.eip import Eip
from imports.aws.internet_gateway import InternetGateway
from imports.aws.nat_gateway import NatGateway
from imports.aws.route import Route
from imports.aws.route_table import RouteTable
from imports.aws.route_table_association import RouteTableAssociation
from imports.aws.security_group import SecurityGroup
from imports.aws.subnet import Subnet
from imports.aws.vpc import Vpc
from imports.aws.vpc_endpoint import VpcEndpoint, VpcEndpointDnsOptions
from imports.aws.vpc_security_group_egress_rule import VpcSecurityGroupEgressRule
from imports.aws.vpc_security_group_ingress_rule import VpcSecurityGroupIngressRule

from cdktf_app.modules.expressions import number, tags
from cdktf_app.modules.module import Module, comment

_ANYWHERE = "0.0.0.0/0"

_LEFT_FIRST = TerraformResourceLifecycle(create_before_destroy=True)
_LEFT_FIRST_REASON = (
    "create_before_destroy: the function is moved out before this goes. The other way round, its network "
    "interfaces would hold it for most of an hour."
)


def add_network(module: Module) -> None:
    """Add the network, which exists when `network.mode` is `created`."""
    module.local("create_network", '${var.network.mode == "created"}')
    module.local(
        "loki_port",
        '${tonumber(try(regex("^https?://[^/]+:([0-9]+)/", var.loki.write_address)[0], '
        'startswith(var.loki.write_address, "https:") ? 443 : 80))}',
        "The function's security group lets it reach Loki's port and HTTPS, and nothing else.",
    )
    scope = module.concern("network")
    _subnets_and_routes(scope)
    _security(scope)
    _s3_endpoint(scope)


def _created() -> float:
    return number("${local.create_network ? 1 : 0}")


def _subnets_and_routes(scope: Construct) -> None:
    Vpc(
        scope,
        "vpc.this",
        count=_created(),
        cidr_block="${var.network.cidr_block}",
        enable_dns_support=True,
        enable_dns_hostnames=True,
        tags=tags("${var.name}"),
    )
    InternetGateway(
        scope, "igw.this", count=_created(), vpc_id="${aws_vpc.this[0].id}", tags=tags("${var.name}")
    )
    private = Subnet(
        scope,
        "subnet.private",
        count=_created(),
        vpc_id="${aws_vpc.this[0].id}",
        cidr_block="${var.network.private_subnet_cidr_block}",
        availability_zone="${var.network.availability_zone}",
        tags=tags("${var.name}-private"),
        lifecycle=_LEFT_FIRST,
    )
    comment(private, _LEFT_FIRST_REASON)
    Subnet(
        scope,
        "subnet.public",
        count=_created(),
        vpc_id="${aws_vpc.this[0].id}",
        cidr_block="${var.network.public_subnet_cidr_block}",
        # Traffic between zones is charged.
        availability_zone="${aws_subnet.private[0].availability_zone}",
        tags=tags("${var.name}-public"),
    )
    Eip(scope, "eip.nat", count=_created(), domain="vpc", tags=tags("${var.name}-nat"))
    gateway = NatGateway(
        scope,
        "nat.this",
        count=_created(),
        allocation_id="${aws_eip.nat[0].id}",
        subnet_id="${aws_subnet.public[0].id}",
        tags=tags("${var.name}"),
    )
    gateway.add_override("depends_on", ["aws_internet_gateway.this"])
    for name in ("public", "private"):
        RouteTable(
            scope,
            f"route_table.{name}",
            count=_created(),
            vpc_id="${aws_vpc.this[0].id}",
            tags=tags(f"${{var.name}}-{name}"),
        )
        Route(
            scope,
            f"route.{name}_internet",
            count=_created(),
            route_table_id=f"${{aws_route_table.{name}[0].id}}",
            destination_cidr_block=_ANYWHERE,
            gateway_id="${aws_internet_gateway.this[0].id}" if name == "public" else None,
            nat_gateway_id="${aws_nat_gateway.this[0].id}" if name == "private" else None,
        )
        RouteTableAssociation(
            scope,
            f"association.{name}",
            count=_created(),
            subnet_id=f"${{aws_subnet.{name}[0].id}}",
            route_table_id=f"${{aws_route_table.{name}[0].id}}",
        )


def _security(scope: Construct) -> None:
    # EC2 takes few characters in these descriptions: a-z A-Z 0-9 . _ - : / ( ) # , @ [ ] + = & ; { } ! $ *
    # (CreateSecurityGroup, Amazon EC2 API reference).
    function = SecurityGroup(
        scope,
        "security_group.function",
        count=_created(),
        name_prefix="${var.name}-function-",
        description="The promtail function: HTTPS and the port of Loki out, nothing in",
        vpc_id="${aws_vpc.this[0].id}",
        tags=tags(),
        lifecycle=_LEFT_FIRST,
    )
    comment(function, _LEFT_FIRST_REASON)
    SecurityGroup(
        scope,
        "security_group.s3_endpoint",
        count=_created(),
        name="${var.name}-s3-endpoint",
        description="The S3 endpoint: HTTPS in from the promtail function",
        vpc_id="${aws_vpc.this[0].id}",
        tags=tags(),
    )
    VpcSecurityGroupEgressRule(
        scope,
        "egress.function_https",
        count=_created(),
        security_group_id="${aws_security_group.function[0].id}",
        description="S3, and Loki by HTTPS",
        cidr_ipv4=_ANYWHERE,
        ip_protocol="tcp",
        from_port=443,
        to_port=443,
        tags=tags(),
    )
    VpcSecurityGroupEgressRule(
        scope,
        "egress.function_loki",
        count=number("${local.create_network ? (local.loki_port != 443 ? 1 : 0) : 0}"),
        security_group_id="${aws_security_group.function[0].id}",
        description="Loki on a port of its own",
        cidr_ipv4=_ANYWHERE,
        ip_protocol="tcp",
        from_port=number("${local.loki_port}"),
        to_port=number("${local.loki_port}"),
        tags=tags(),
    )
    VpcSecurityGroupIngressRule(
        scope,
        "ingress.s3_endpoint_https",
        count=_created(),
        security_group_id="${aws_security_group.s3_endpoint[0].id}",
        referenced_security_group_id="${aws_security_group.function[0].id}",
        ip_protocol="tcp",
        from_port=443,
        to_port=443,
        tags=tags(),
    )


def _s3_endpoint(scope: Construct) -> None:
    endpoint = VpcEndpoint(
        scope,
        "endpoint.s3",
        count=_created(),
        vpc_id="${aws_vpc.this[0].id}",
        service_name="${data.aws_partition.current.reverse_dns_prefix}.${data.aws_region.current.id}.s3",
        vpc_endpoint_type="Interface",
        subnet_ids=["${aws_subnet.private[0].id}"],
        security_group_ids=["${aws_security_group.s3_endpoint[0].id}"],
        private_dns_enabled=True,
        # Without this AWS wants a gateway endpoint beside it before it answers S3's name by this one.
        dns_options=VpcEndpointDnsOptions(
            dns_record_ip_type="ipv4", private_dns_only_for_inbound_resolver_endpoint=False
        ),
        tags=tags("${var.name}-s3"),
    )
    comment(
        endpoint,
        "S3's regional name resolves to this endpoint inside of the VPC, so the function needs no setting for it, and "
        "log objects do not pass the NAT gateway. Which buckets may be read is said by the function's role.",
    )
