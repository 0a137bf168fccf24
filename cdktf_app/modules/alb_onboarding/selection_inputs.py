"""The onboarding's inputs that say which load balancers, and which of their logs."""

from __future__ import annotations

from constructs import Construct

from cdktf_app.modules import patterns
from cdktf_app.modules.inputs import Validation, variable
from cdktf_app.modules.validations import matches


def add_selection_inputs(scope: Construct) -> None:
    """Declare the inputs `selection` and `logs`."""
    variable(
        scope,
        "selection",
        type="""
            object({
              arns          = optional(list(string), [])
              names         = optional(list(string), [])
              name_patterns = optional(list(string), [])
              tags          = optional(map(list(string)), {})
              all           = optional(bool, false)
            })
        """,
        description="""
            The load balancers of this account and region: those that any of these selects. Only Application Load
            Balancers are onboarded; Network and Gateway Load Balancers are reported and left alone.
            - `arns`, `names`: single ones. One that does not exist fails the apply.
            - `name_patterns`: patterns of names; `*` stands for any characters, `?` for one.
            - `tags`: tags that a load balancer has to have, all of them, each with one of the values given for it; `*`
              and `?` stand for the same.
            - `all`: all of them.

            What is no longer selected is put back to what it was before.
        """,
        validations=(
            Validation(
                "var.selection.all || length(var.selection.arns) + length(var.selection.names) + "
                "length(var.selection.name_patterns) + length(var.selection.tags) > 0",
                "selection must select something: give arns, names, name_patterns or tags, or all = true.",
            ),
            _each(
                "arns",
                patterns.LOAD_BALANCER_ARN,
                "the ARN of a load balancer, …:loadbalancer/app/<name>/<id>",
            ),
            _each(
                "names",
                patterns.LOAD_BALANCER_NAME,
                "the name of a load balancer: 1 to 32 letters, digits and hyphens. With * or ? it is one of "
                "name_patterns",
            ),
            _each(
                "name_patterns",
                patterns.LOAD_BALANCER_NAME_PATTERN,
                "a pattern of names: letters, digits, hyphens, * and ?, such as shop-*",
            ),
            Validation(
                "alltrue([for values in values(var.selection.tags) : length(values) > 0])",
                'Each of selection.tags must have at least one value; ["*"] stands for any.',
            ),
        ),
    )
    variable(
        scope,
        "logs",
        type="""
            object({
              access       = optional(bool, true)
              connection   = optional(bool, false)
              health_check = optional(bool, false)
            })
        """,
        default={},
        description="""
            The kinds of logs that are switched on. Those that are on already stay on, whatever is said here.
            - `access`: a line for each request.
            - `connection`: a line for each TLS connection.
            - `health_check`: a line for each change of a target's health.
        """,
        validations=(
            Validation(
                "anytrue(values(var.logs))",
                "logs must have at least one of access, connection and health_check as true: otherwise there is "
                "nothing to switch on.",
            ),
        ),
    )


def _each(member: str, pattern: str, form: str) -> Validation:
    return Validation(
        f"alltrue([for value in var.selection.{member} : {matches(pattern, 'value')}])",
        f"Each of selection.{member} must be {form}.",
    )
