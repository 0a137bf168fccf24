"""The hub's input `network`: where the function runs."""

from __future__ import annotations

from constructs import Construct

from cdktf_app.modules import patterns
from cdktf_app.modules.inputs import Validation, variable
from cdktf_app.modules.validations import (
    RETENTIONS,
    is_ipv4_range,
    is_one_of,
    is_retention,
    matches,
)

_BLOCK = "var.network.cidr_block"
_ZONES = "var.network.availability_zones"


def add_network_inputs(scope: Construct) -> None:
    """Declare the input `network`."""
    variable(
        scope,
        "network",
        type="""
            object({
              mode               = optional(string, "none")
              cidr_block         = optional(string, "10.100.0.0/16")
              availability_zones = optional(list(string), [])
              nat_gateways       = optional(string, "one")
              s3_endpoint        = optional(string, "gateway")
              subnet_ids         = optional(list(string), [])
              security_group_ids = optional(list(string), [])

              flow_logs = optional(object({
                enabled        = optional(bool, false)
                retention_days = optional(number, 14)
              }), {})
            })
        """,
        default={},
        description="""
            Where the function runs.
            - `mode`: `none` leaves the function outside of any VPC, which costs nothing and reaches every public
              Loki. `created` makes a VPC with NAT gateways, so that Loki sees fixed addresses; the gateways and
              their addresses are charged by the hour. `existing` puts it into subnets that are there.

            Of the mode `created`:
            - `cidr_block`: the VPC's address range, /16 to /24. Subnets are its sixteenths: the first is the private
              one of the first zone, the second its public one, the third the private one of the second zone.
            - `availability_zones`: the zones by name; without any AWS chooses one. Give one where AWS chose a zone
              without NAT gateways or Lambda, such as `use1-az3`. Add further ones at the end: ranges go by
              position, so that a place's zone is exchanged only together with `cidr_block`, which makes a new VPC.
            - `nat_gateways`: `one` for all zones, or `per_zone`, so that no zone depends on another.
            - `s3_endpoint`: the way to the log objects, past the NAT gateways: `gateway`, which is free, or
              `interface`, charged by the hour and the byte, where a rule of yours forbids S3's public addresses.
            - `flow_logs`: a log of the VPC's connections in CloudWatch, kept for `retention_days`.

            Of the mode `existing`:
            - `subnet_ids`: up to 16 private subnets. From there the function has to reach Loki, S3 and, where they
              are used, SQS, SSM and Secrets Manager: by NAT gateways or VPC endpoints.
            - `security_group_ids`: up to 5 groups, which have to let HTTPS and the port of Loki out.
        """,
        validations=(
            Validation(
                is_one_of(("none", "created", "existing"), "var.network.mode"),
                "network.mode must be none (no VPC), created (a VPC with NAT gateways) or existing (subnets that "
                "are there).",
            ),
            *_created_validations(),
            *_existing_validations(),
        ),
    )


def _created_validations() -> tuple[Validation, ...]:
    return (
        Validation(
            f"{is_ipv4_range(_BLOCK)} && {matches('/(1[6-9]|2[0-4])$', _BLOCK)} && "
            f'try(cidrhost({_BLOCK}, 0) == split("/", {_BLOCK})[0], false)',
            "network.cidr_block must be an IPv4 range of /16 to /24 in CIDR notation, with its first address, such as "
            "10.100.0.0/16: each subnet is a sixteenth of it, and EC2 takes subnets down to /28.",
        ),
        Validation(
            f"length({_ZONES}) <= 8 && length(distinct({_ZONES})) == length({_ZONES}) && "
            f"alltrue([for zone in {_ZONES} : {matches(patterns.ZONE_NAME, 'zone')}])",
            "network.availability_zones must be at most 8 different zones by their names, such as eu-west-1a. Zone "
            "ids, such as euw1-az1, and Local Zones do not do.",
        ),
        Validation(
            is_one_of(("one", "per_zone"), "var.network.nat_gateways"),
            "network.nat_gateways must be one or per_zone.",
        ),
        Validation(
            is_one_of(("gateway", "interface"), "var.network.s3_endpoint"),
            "network.s3_endpoint must be gateway or interface.",
        ),
        Validation(
            is_retention("var.network.flow_logs.retention_days"),
            f"network.flow_logs.retention_days must be a retention that CloudWatch Logs offers: {RETENTIONS}.",
        ),
        Validation(
            f'var.network.mode == "created" || (length({_ZONES}) == 0 && !var.network.flow_logs.enabled)',
            "network.availability_zones and network.flow_logs are of a VPC that is made: set network.mode to created, "
            "or leave them out.",
        ),
    )


def _existing_validations() -> tuple[Validation, ...]:
    subnets, groups = "var.network.subnet_ids", "var.network.security_group_ids"
    return (
        Validation(
            f'var.network.mode == "existing" ? length({subnets}) > 0 && length({groups}) > 0 : '
            f"length({subnets}) == 0 && length({groups}) == 0",
            "network.subnet_ids and network.security_group_ids must both be given with network.mode existing, and "
            "neither with another mode.",
        ),
        Validation(
            f"length({subnets}) <= 16 && alltrue([for id in {subnets} : {matches(patterns.SUBNET_ID, 'id')}])",
            "network.subnet_ids must be at most 16 ids of subnets, Lambda's limit, such as subnet-0a1b2c3d4e5f67890.",
        ),
        Validation(
            f"length({groups}) <= 5 && alltrue([for id in {groups} : {matches(patterns.SECURITY_GROUP_ID, 'id')}])",
            "network.security_group_ids must be at most 5 ids of security groups, Lambda's limit, such as "
            "sg-0a1b2c3d4e5f67890.",
        ),
    )
