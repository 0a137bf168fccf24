"""The onboarding's input `function`, and how long its log is kept."""

from __future__ import annotations

from constructs import Construct

from cdktf_app.modules.function_rules import LOG_FORMAT, function_rules
from cdktf_app.modules.inputs import Validation, variable
from cdktf_app.modules.validations import RETENTIONS, is_retention

_SHORTEST = 60
"""Seconds: the function begins nothing new when fewer than 20 are left."""


def add_function_inputs(scope: Construct) -> None:
    """Declare the inputs."""
    variable(
        scope,
        "function",
        type="""
            object({
              architecture = optional(string, "arm64")
              memory_size  = optional(number, 256)
              timeout      = optional(number, 900)
              runtime      = optional(string, "python3.13")
              zip_path     = optional(string)
              log_format   = optional(string, "Text")
            })
        """,
        default={},
        description="""
            The onboarding function.
            - `architecture`: `arm64` (cheaper) or `x86_64`.
            - `memory_size`: in MB.
            - `timeout`: in seconds, from 60 to 900. What is not reached in this time is reported, and the next apply
              goes on with it.
            - `runtime`: the Lambda runtime.
            - `zip_path`: a zip of your own build instead of the one in this module.
            - `log_format`: `Text`, or `JSON`, in which Lambda's own lines are JSON, too.
        """,
        validations=(*function_rules(_SHORTEST), LOG_FORMAT),
    )
    variable(
        scope,
        "log_retention_days",
        type="number",
        default=90,
        description="Days that CloudWatch keeps the function's own log: a line for each load balancer and bucket of "
        "each run, which says what was found, decided and done.",
        validations=(
            Validation(
                is_retention("var.log_retention_days"),
                f"log_retention_days must be a retention that CloudWatch Logs offers: {RETENTIONS}.",
            ),
        ),
    )
