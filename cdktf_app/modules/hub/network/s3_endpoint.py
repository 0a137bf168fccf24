"""The VPC's endpoint of S3: log objects do not pass the NAT gateways, which charge by the byte."""

from __future__ import annotations

from constructs import Construct
from imports.aws.vpc_endpoint import VpcEndpoint, VpcEndpointDnsOptions

from cdktf_app.emitter.value import hcl_value
from cdktf_app.modules.expressions import strings, tags
from cdktf_app.modules.hub.network.count import one_if_created
from cdktf_app.modules.hub.network.security import INTERFACE_ENDPOINT
from cdktf_app.modules.hub.network.subnets import VPC_ID
from cdktf_app.modules.module import Module, comment
from cdktf_app.modules.statements import allow_when_any

_SERVICE = "${data.aws_partition.current.reverse_dns_prefix}.${data.aws_region.current.id}.s3"

# In China, where interface endpoints have a prefix of their own, that of S3's gateway is the common one.
_GATEWAY_SERVICE = (
    '${data.aws_partition.current.partition == "aws-cn" ? "com.amazonaws" : '
    "data.aws_partition.current.reverse_dns_prefix}.${data.aws_region.current.id}.s3"
)


def add_s3_endpoint(module: Module, scope: Construct) -> None:
    """Add the endpoint of the kind that is asked for."""
    _policy(module)
    gateway = VpcEndpoint(
        scope,
        "endpoint.s3_gateway",
        count=one_if_created('var.network.s3_endpoint == "gateway"'),
        vpc_id=VPC_ID,
        service_name=_GATEWAY_SERVICE,
        vpc_endpoint_type="Gateway",
        route_table_ids=strings("${aws_route_table.private[*].id}"),
        policy="${local.s3_endpoint_policy}",
        tags=tags("${var.name}-s3"),
    )
    comment(gateway, "A route for S3's addresses.")
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
        policy="${local.s3_endpoint_policy}",
        tags=tags("${var.name}-s3"),
    )
    comment(
        interface,
        "S3's regional name resolves to this endpoint inside of the VPC, so the function needs no setting for it.",
    )


def _policy(module: Module) -> None:
    of_the_role = {"ArnEquals": {"aws:PrincipalArn": "${local.role_arn}"}}
    read = {
        "Sid": "ReadLogObjects",
        "Effect": "Allow",
        "Principal": "*",
        "Action": ["s3:GetObject", "s3:GetObjectVersion"],
        "Resource": "*",
        "Condition": of_the_role,
    }
    park = allow_when_any(
        "arn",
        'local.parks_in_queue ? "" : var.refused_destination_arn',
        {
            "Sid": "ParkRefusedLines",
            "Principal": "*",
            "Action": "s3:PutObject",
            "Resource": "${arn}/*",
            "Condition": of_the_role,
        },
    )
    module.local(
        "s3_endpoint_policy",
        f"${{jsonencode({{ Statement = concat([{hcl_value(read)}], {park}) }})}}",
        "Nobody but the function's role passes, whose own policies say which objects it reads: all of them would not "
        "fit here. There is no Version: where EC2 does not give it back, every plan would show a change.",
    )
