"""The VPC's endpoint of S3: log objects do not pass the NAT gateways, which charge by the byte."""

from __future__ import annotations

from constructs import Construct
from imports.aws.vpc_endpoint import VpcEndpoint, VpcEndpointDnsOptions

from cdktf_app.modules.expressions import strings, tags
from cdktf_app.modules.hub.network.count import one_if_created
from cdktf_app.modules.hub.network.security import INTERFACE_ENDPOINT
from cdktf_app.modules.hub.network.subnets import VPC_ID
from cdktf_app.modules.module import comment

_SERVICE = "${data.aws_partition.current.reverse_dns_prefix}.${data.aws_region.current.id}.s3"


def add_s3_endpoint(scope: Construct) -> None:
    """Add the endpoint of the kind that is asked for."""
    gateway = VpcEndpoint(
        scope,
        "endpoint.s3_gateway",
        count=one_if_created('var.network.s3_endpoint == "gateway"'),
        vpc_id=VPC_ID,
        service_name=_SERVICE,
        vpc_endpoint_type="Gateway",
        route_table_ids=strings("${aws_route_table.private[*].id}"),
        tags=tags("${var.name}-s3"),
    )
    comment(
        gateway,
        "A route for S3's addresses. Which buckets may be read is said by the function's role.",
    )
    interface = VpcEndpoint(
        scope,
        "endpoint.s3",
        count=one_if_created(INTERFACE_ENDPOINT),
        vpc_id=VPC_ID,
        service_name=_SERVICE,
        vpc_endpoint_type="Interface",
        subnet_ids=strings("${aws_subnet.private[*].id}"),
        security_group_ids=["${aws_security_group.s3_endpoint[0].id}"],
        private_dns_enabled=True,
        # Without this AWS wants a gateway endpoint beside it before it answers S3's name by this one.
        dns_options=VpcEndpointDnsOptions(
            dns_record_ip_type="ipv4", private_dns_only_for_inbound_resolver_endpoint=False
        ),
        tags=tags("${var.name}-s3"),
    )
    comment(
        interface,
        "S3's regional name resolves to this endpoint inside of the VPC, so the function needs no setting for it. "
        "Which buckets may be read is said by the function's role.",
    )
