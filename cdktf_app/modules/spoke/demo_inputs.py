"""The spoke's input about the demo load balancer."""

from __future__ import annotations

from constructs import Construct

from cdktf_app.modules.inputs import Validation, variable
from cdktf_app.modules.validations import is_ipv4_range


def add_demo_inputs(scope: Construct) -> None:
    """Declare the input."""
    variable(
        scope,
        "demo_load_balancer",
        type="""
            object({
              enabled    = optional(bool, false)
              name       = optional(string, "alb-loki-demo")
              cidr_block = optional(string, "10.200.0.0/16")
            })
        """,
        default={},
        description="""
            A load balancer that answers every request with 200 and logs accesses and connections to the bucket, to see
            the whole path at work.
            - `enabled`: true to make it, with a VPC of its own; it is charged by the hour, and open to the internet.
            - `name`: name of the load balancer.
            - `cidr_block`: address range of its VPC, at least a /24.
        """,
        validations=(
            Validation(
                'can(regex("^[a-zA-Z0-9]([a-zA-Z0-9-]{0,30}[a-zA-Z0-9])?$", var.demo_load_balancer.name)) && '
                '!startswith(var.demo_load_balancer.name, "internal-")',
                "demo_load_balancer.name must be 1 to 32 letters, digits and hyphens, without a hyphen at its ends, "
                "and not start with internal-.",
            ),
            Validation(
                is_ipv4_range("var.demo_load_balancer.cidr_block") + " && "
                'tonumber(try(split("/", var.demo_load_balancer.cidr_block)[1], 32)) <= 24',
                "demo_load_balancer.cidr_block must be an IPv4 range in CIDR notation of at least a /24, such as "
                "10.200.0.0/16.",
            ),
            Validation(
                "!var.demo_load_balancer.enabled || var.log_delivery.application",
                "demo_load_balancer is an Application Load Balancer, and log_delivery.application is false: it could "
                "not log. Set demo_load_balancer.enabled to false.",
            ),
        ),
    )
