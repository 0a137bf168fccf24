"""The input of several modules that says which kinds of load balancers log to a bucket."""

from __future__ import annotations

from constructs import Construct

from cdktf_app.modules.inputs import Validation, variable


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
