"""Inputs of several modules that say which load balancers log to a bucket, and as whom they write."""

from __future__ import annotations

from constructs import Construct

from cdktf_app.modules import patterns
from cdktf_app.modules.inputs import Validation, variable
from cdktf_app.modules.validations import matches


def add_load_balancers_input(scope: Construct, name: str) -> None:
    """Declare the input by the name that the module has for it."""
    variable(
        scope,
        name,
        type="""
            object({
              application = optional(bool, true)
              network     = optional(bool, false)
              outposts    = optional(bool, false)
            })
        """,
        default={},
        description="""
            The kinds of load balancers that log to the bucket.
            - `application`: Application and Classic Load Balancers; access, connection and health check logs alike.
            - `network`: Network Load Balancers, which log the connections of their TLS listeners.
            - `outposts`: Application Load Balancers on AWS Outposts.
        """,
        validations=(
            Validation(
                f"anytrue(values(var.{name}))",
                f"{name} must have at least one of application, network and outposts as true: otherwise nobody "
                "delivers.",
            ),
        ),
    )


def add_elb_account_input(scope: Construct, *validations: Validation) -> None:
    """Declare the input `grant_elb_account`."""
    variable(
        scope,
        "grant_elb_account",
        type="bool",
        default=False,
        description="Also lets the region's Elastic Load Balancing account write, beside the service principal: the "
        "older way. The service principal is granted in every region; users report that the regions in China need the "
        "account as well, so set it to true there. Regions opened after August 2022 have no such account.",
        validations=validations,
    )


def are_account_ids(name: str) -> Validation:
    """Make the rule of an input that lists accounts by their ids."""
    return Validation(
        f"alltrue([for account_id in var.{name} : {matches(patterns.ACCOUNT_ID, 'account_id')}])",
        f"Each of {name} must be a 12-digit AWS account id, in quotes: leading zeros count.",
    )
