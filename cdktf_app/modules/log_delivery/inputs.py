"""The input variables of log delivery."""

from __future__ import annotations

from constructs import Construct

from cdktf_app.modules import patterns
from cdktf_app.modules.inputs import Validation, variable
from cdktf_app.modules.load_balancers_inputs import (
    add_elb_account_input,
    add_load_balancers_input,
    are_account_ids,
)
from cdktf_app.modules.validations import PREFIX_RULES, is_bucket_name, is_prefix, matches


def add_inputs(scope: Construct) -> None:
    """Declare the inputs, in the order in which a reader meets them."""
    variable(
        scope,
        "region",
        type="string",
        description="Region of the bucket and of the load balancers that log to it.",
        validations=(
            Validation(
                matches(patterns.REGION, "var.region"),
                "region must be the code of an AWS region, such as eu-west-1.",
            ),
        ),
    )
    variable(
        scope,
        "bucket_name",
        type="string",
        description="Name of the log bucket.",
        validations=(
            Validation(
                is_bucket_name("var.bucket_name"),
                "bucket_name must be a valid S3 bucket name: 3 to 63 lower-case letters, digits, dots and "
                "hyphens, starting and ending with a letter or digit. Give the name, not an ARN or URL.",
            ),
        ),
    )
    variable(
        scope,
        "prefix",
        type="string",
        default="",
        description="Key prefix of the logs, in front of `AWSLogs`, without slashes at its ends.",
        validations=(Validation(is_prefix("var.prefix"), f"prefix must {PREFIX_RULES}"),),
    )
    variable(
        scope,
        "account_ids",
        type="list(string)",
        description="The accounts whose load balancers log to the bucket.",
        validations=(
            are_account_ids("account_ids"),
            Validation(
                "length(var.account_ids) > 0 && length(distinct(var.account_ids)) == length(var.account_ids)",
                "account_ids must name at least one account, and each one once.",
            ),
        ),
    )
    add_load_balancers_input(scope, "load_balancers")
    add_elb_account_input(
        scope,
        Validation(
            "!var.grant_elb_account || var.load_balancers.application",
            "grant_elb_account is about Application and Classic Load Balancers, and load_balancers.application is "
            "false. Leave grant_elb_account at false: no other kind of load balancer delivers by that account.",
        ),
    )
