"""The demo load balancer: a VPC of its own, and an answer of 200 to every request."""

from __future__ import annotations

from cdktf import TerraformElement
from constructs import Construct
from imports.aws.data_aws_availability_zones import (
    DataAwsAvailabilityZones,
    DataAwsAvailabilityZonesFilter,
)
from imports.aws.internet_gateway import InternetGateway
from imports.aws.lb import Lb, LbAccessLogs, LbConnectionLogs
from imports.aws.lb_listener import LbListener, LbListenerDefaultAction, LbListenerDefaultActionFixedResponse
from imports.aws.route import Route
from imports.aws.route_table import RouteTable
from imports.aws.route_table_association import RouteTableAssociation
from imports.aws.security_group import SecurityGroup
from imports.aws.subnet import Subnet
from imports.aws.vpc import Vpc
from imports.aws.vpc_security_group_ingress_rule import VpcSecurityGroupIngressRule

from cdktf_app.modules.expressions import number, strings, tags
from cdktf_app.modules.module import Module, skip_check
from cdktf_app.modules.spoke.bucket import BUCKET

_ANYWHERE = "0.0.0.0/0"
_NAME = "${var.demo_load_balancer.name}"
_VPC_ID = "${aws_vpc.demo[0].id}"

_REQUESTS = "it answers every request with the same words, to show the logs of them"
_SKIPPED = {
    "vpc": {
        "CKV2_AWS_11": "nothing but the demo load balancer is in it",
        "CKV2_AWS_12": "the demo load balancer has a security group of its own",
    },
    "ingress": {"CKV_AWS_260": f"it is there to be called from everywhere, and {_REQUESTS}"},
    "load balancer": {
        "CKV_AWS_150": "the demo is not there to stay",
        "CKV2_AWS_20": "HTTPS needs a certificate, and there is nothing to protect",
        "CKV2_AWS_28": _REQUESTS,
    },
    "listener": {
        "CKV_AWS_2": "HTTPS needs a certificate, and there is nothing to protect",
        "CKV_AWS_103": "HTTPS needs a certificate, and there is nothing to protect",
    },
}


def add_demo_load_balancer(module: Module) -> None:
    """Add the load balancer, which exists when `demo_load_balancer.enabled` is true."""
    scope = module.concern("demo_load_balancer")
    _network(scope)
    _load_balancer(scope)


def _enabled(each: int = 1) -> float:
    return number(f"${{var.demo_load_balancer.enabled ? {each} : 0}}")


def _network(scope: Construct) -> None:
    DataAwsAvailabilityZones(
        scope,
        "zones.available",
        count=_enabled(),
        state="available",
        # By name, so that a new zone does not change what is found; and without Local Zones, which an account opts
        # into and which hold no such load balancer.
        filter=[
            DataAwsAvailabilityZonesFilter(
                name="zone-name",
                values=strings(
                    '${[for letter in ["a", "b", "c", "d", "e", "f"] : "${data.aws_region.current.id}${letter}"]}'
                ),
            ),
        ],
    )
    vpc = Vpc(
        scope,
        "vpc.demo",
        count=_enabled(),
        cidr_block="${var.demo_load_balancer.cidr_block}",
        enable_dns_support=True,
        enable_dns_hostnames=True,
        tags=tags(_NAME),
    )
    _skip_checks(vpc, "vpc")
    InternetGateway(scope, "igw.demo", count=_enabled(), vpc_id=_VPC_ID, tags=tags(_NAME))
    Subnet(
        scope,
        "subnet.demo",
        # A load balancer wants subnets in two zones.
        count=_enabled(2),
        vpc_id=_VPC_ID,
        cidr_block="${cidrsubnet(var.demo_load_balancer.cidr_block, 4, count.index)}",
        availability_zone="${data.aws_availability_zones.available[0].names[count.index]}",
        tags=tags("${var.demo_load_balancer.name}-${count.index}"),
    )
    RouteTable(scope, "route_table.demo", count=_enabled(), vpc_id=_VPC_ID, tags=tags(_NAME))
    Route(
        scope,
        "route.demo_internet",
        count=_enabled(),
        route_table_id="${aws_route_table.demo[0].id}",
        destination_cidr_block=_ANYWHERE,
        gateway_id="${aws_internet_gateway.demo[0].id}",
    )
    RouteTableAssociation(
        scope,
        "association.demo",
        count=_enabled(2),
        subnet_id="${aws_subnet.demo[count.index].id}",
        route_table_id="${aws_route_table.demo[0].id}",
    )


def _load_balancer(scope: Construct) -> None:
    SecurityGroup(
        scope,
        "security_group.demo",
        count=_enabled(),
        name=_NAME,
        description="The demo load balancer: HTTP in, nothing out",
        vpc_id=_VPC_ID,
        tags=tags(),
    )
    ingress = VpcSecurityGroupIngressRule(
        scope,
        "ingress.demo_http",
        count=_enabled(),
        security_group_id="${aws_security_group.demo[0].id}",
        description="HTTP from everywhere",
        cidr_ipv4=_ANYWHERE,
        ip_protocol="tcp",
        from_port=80,
        to_port=80,
        tags=tags(),
    )
    _skip_checks(ingress, "ingress")
    load_balancer = Lb(
        scope,
        "lb.demo",
        count=_enabled(),
        name=_NAME,
        load_balancer_type="application",
        internal=False,
        drop_invalid_header_fields=True,
        security_groups=["${aws_security_group.demo[0].id}"],
        subnets=strings("${aws_subnet.demo[*].id}"),
        access_logs=LbAccessLogs(bucket=BUCKET, prefix="${var.prefix}", enabled=True),
        connection_logs=LbConnectionLogs(bucket=BUCKET, prefix="${var.prefix}", enabled=True),
        tags=tags(),
    )
    _skip_checks(load_balancer, "load balancer")
    # Elastic Load Balancing writes a test object when logging is switched on, so it has to be allowed by then;
    # and a load balancer without a way to the internet is refused.
    load_balancer.add_override("depends_on", ["aws_s3_bucket_policy.this", "aws_route.demo_internet"])
    load_balancer.add_override(
        "lifecycle.precondition",
        [
            {
                "condition": "${contains(local.log_account_ids, data.aws_caller_identity.current.account_id)}",
                "error_message": "demo_load_balancer.enabled is true, but log_account_ids does not have its account "
                "${data.aws_caller_identity.current.account_id}: it may not log to the bucket. Add the account, or set "
                "demo_load_balancer.enabled to false.",
            }
        ],
    )
    listener = LbListener(
        scope,
        "listener.demo",
        count=_enabled(),
        load_balancer_arn="${aws_lb.demo[0].arn}",
        port=80,
        protocol="HTTP",
        default_action=[
            LbListenerDefaultAction(
                type="fixed-response",
                fixed_response=LbListenerDefaultActionFixedResponse(
                    content_type="text/plain", message_body="alb-loki demo", status_code="200"
                ),
            )
        ],
        tags=tags(),
    )
    _skip_checks(listener, "listener")


def _skip_checks(element: TerraformElement, part: str) -> None:
    for check, reason in _SKIPPED[part].items():
        skip_check(element, check, reason)
