"""The VPC, its subnets, and their ways out through NAT gateways."""

from __future__ import annotations

from cdktf import TerraformResourceLifecycle
from constructs import Construct
from imports.aws.eip import Eip
from imports.aws.internet_gateway import InternetGateway
from imports.aws.nat_gateway import NatGateway
from imports.aws.route import Route
from imports.aws.route_table import RouteTable
from imports.aws.route_table_association import RouteTableAssociation
from imports.aws.subnet import Subnet
from imports.aws.vpc import Vpc

from cdktf_app.modules.expressions import number, tags
from cdktf_app.modules.hub.network.count import one_if_created
from cdktf_app.modules.module import Module, comment

ANYWHERE = "0.0.0.0/0"
VPC_ID = "${aws_vpc.this[0].id}"

LEFT_FIRST = TerraformResourceLifecycle(create_before_destroy=True)
LEFT_FIRST_REASON = (
    "create_before_destroy: the function is moved out before this goes. The other way round, its network "
    "interfaces would hold it for most of an hour."
)

_EACH_NAT = "${local.nat_gateways}"
_EACH_ZONE = "${local.zones}"


def add_subnets(module: Module, scope: Construct) -> None:
    """Add the VPC: a private subnet in each zone, and a public one for each NAT gateway."""
    module.local(
        "zones",
        "${local.create_network ? max(1, length(var.network.availability_zones)) : 0}",
        "How many: where no zone is named, AWS chooses one.",
    )
    module.local(
        "nat_gateways",
        '${var.network.nat_gateways == "per_zone" ? local.zones : min(1, local.zones)}',
    )
    _vpc(scope)
    _private_subnets(scope)
    _public_subnets(scope)
    _nat_gateways(scope)
    _public_routes(scope)
    _private_routes(scope)


def _vpc(scope: Construct) -> None:
    Vpc(
        scope,
        "vpc.this",
        count=one_if_created(),
        cidr_block="${var.network.cidr_block}",
        enable_dns_support=True,
        enable_dns_hostnames=True,
        tags=tags("${var.name}"),
    )
    InternetGateway(scope, "igw.this", count=one_if_created(), vpc_id=VPC_ID, tags=tags("${var.name}"))


def _private_subnets(scope: Construct) -> None:
    private = Subnet(
        scope,
        "subnet.private",
        count=number(_EACH_ZONE),
        vpc_id=VPC_ID,
        cidr_block="${cidrsubnet(var.network.cidr_block, 4, 2 * count.index)}",
        availability_zone="${try(var.network.availability_zones[count.index], null)}",
        tags=tags("${var.name}-private"),
        lifecycle=LEFT_FIRST,
    )
    comment(private, LEFT_FIRST_REASON)


def _public_subnets(scope: Construct) -> None:
    public = Subnet(
        scope,
        "subnet.public",
        count=number(_EACH_NAT),
        vpc_id=VPC_ID,
        cidr_block="${cidrsubnet(var.network.cidr_block, 4, 2 * count.index + 1)}",
        # Traffic between zones is charged.
        availability_zone="${aws_subnet.private[count.index].availability_zone}",
        tags=tags("${var.name}-public"),
    )
    comment(public, "A NAT gateway is all that is in a public subnet, so a zone without one has none.")


def _nat_gateways(scope: Construct) -> None:
    Eip(scope, "eip.nat", count=number(_EACH_NAT), domain="vpc", tags=tags("${var.name}-nat"))
    gateway = NatGateway(
        scope,
        "nat.this",
        count=number(_EACH_NAT),
        allocation_id="${aws_eip.nat[count.index].id}",
        subnet_id="${aws_subnet.public[count.index].id}",
        tags=tags("${var.name}"),
    )
    gateway.add_override("depends_on", ["aws_internet_gateway.this"])


def _public_routes(scope: Construct) -> None:
    RouteTable(
        scope,
        "route_table.public",
        count=one_if_created(),
        vpc_id=VPC_ID,
        tags=tags("${var.name}-public"),
    )
    Route(
        scope,
        "route.public_internet",
        count=one_if_created(),
        route_table_id="${aws_route_table.public[0].id}",
        destination_cidr_block=ANYWHERE,
        gateway_id="${aws_internet_gateway.this[0].id}",
    )
    RouteTableAssociation(
        scope,
        "association.public",
        count=number(_EACH_NAT),
        subnet_id="${aws_subnet.public[count.index].id}",
        route_table_id="${aws_route_table.public[0].id}",
    )


def _private_routes(scope: Construct) -> None:
    RouteTable(
        scope,
        "route_table.private",
        count=number(_EACH_NAT),
        vpc_id=VPC_ID,
        tags=tags("${var.name}-private"),
    )
    Route(
        scope,
        "route.private_internet",
        count=number(_EACH_NAT),
        route_table_id="${aws_route_table.private[count.index].id}",
        destination_cidr_block=ANYWHERE,
        nat_gateway_id="${aws_nat_gateway.this[count.index].id}",
    )
    RouteTableAssociation(
        scope,
        "association.private",
        count=number(_EACH_ZONE),
        subnet_id="${aws_subnet.private[count.index].id}",
        route_table_id="${aws_route_table.private[min(count.index, local.nat_gateways - 1)].id}",
    )
