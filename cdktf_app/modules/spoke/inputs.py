"""The spoke's input variables."""

from __future__ import annotations

from constructs import Construct

from cdktf_app.modules.inputs import Validation, variable
from cdktf_app.modules.validations import PREFIX_RULES, is_bucket_name, is_ipv4_range, is_prefix


def add_inputs(scope: Construct) -> None:
    """Declare the inputs, in the order in which a reader meets them."""
    variable(
        scope,
        "bucket_name",
        type="string",
        description="Name of the log bucket. The hub knows the spoke by it, so it is chosen, not generated.",
        validations=(
            Validation(
                is_bucket_name("var.bucket_name"),
                "bucket_name must be a valid S3 bucket name: 3 to 63 lower-case letters, digits, dots and "
                "hyphens, starting and ending with a letter or digit, and free of the prefixes and suffixes "
                "that S3 keeps for itself.",
            ),
        ),
    )
    variable(
        scope,
        "hub",
        type="""
            object({
              function_arn = string
              role_arn     = string
            })
        """,
        description="""
            The hub that reads this bucket, which lists the bucket in its `spokes` already.
            - `function_arn`: the hub's output `lambda_promtail_function_arn`.
            - `role_arn`: the hub's output `lambda_promtail_role_arn`.
        """,
        validations=(
            Validation(
                'can(regex("^arn:[a-z0-9-]+:lambda:[a-z0-9-]+:[0-9]{12}:function:[a-zA-Z0-9_-]+$", '
                "var.hub.function_arn))",
                "hub.function_arn must be the ARN of a Lambda function, such as the hub's output "
                "lambda_promtail_function_arn.",
            ),
            Validation(
                'can(regex("^arn:[a-z0-9-]+:iam::[0-9]{12}:role/.+$", var.hub.role_arn))',
                "hub.role_arn must be the ARN of an IAM role, such as the hub's output lambda_promtail_role_arn.",
            ),
        ),
    )
    variable(
        scope,
        "prefix",
        type="string",
        default="",
        description="Key prefix of the logs, in front of `AWSLogs`, without slashes at its ends. Give every load "
        "balancer that logs to this bucket the same one.",
        validations=(Validation(is_prefix("var.prefix"), f"prefix must {PREFIX_RULES}"),),
    )
    variable(
        scope,
        "expiration_days",
        type="number",
        default=30,
        description="Days after which S3 deletes a log object. It is the time in which logs can be sent again.",
        validations=(
            Validation(
                "var.expiration_days >= 1 && floor(var.expiration_days) == var.expiration_days",
                "expiration_days must be a whole number of days, at least 1.",
            ),
        ),
    )
    variable(
        scope,
        "force_destroy",
        type="bool",
        default=False,
        description="Lets `terraform destroy` delete the bucket with the logs in it.",
    )
    variable(
        scope,
        "grant_elb_account",
        type="bool",
        default=False,
        description="Also lets the region's Elastic Load Balancing account write, beside the service principal: the "
        "older way, which the regions in China still need. Regions opened after August 2022 have no such account.",
    )
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
            A load balancer that answers every request with 200 and logs to the bucket, to see the whole path at work.
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
        ),
    )
    variable(scope, "tags", type="map(string)", default={}, description="Tags of everything that takes tags.")
