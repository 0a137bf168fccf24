"""The onboarding's inputs about the bucket of load balancers that do not log yet."""

from __future__ import annotations

from constructs import Construct

from cdktf_app.modules.inputs import Validation, variable
from cdktf_app.modules.load_balancers_inputs import add_elb_account_input
from cdktf_app.modules.validations import PREFIX_RULES, is_bucket_name, is_prefix, is_whole_number

_MOST_DAYS = 36500


def add_bucket_inputs(scope: Construct) -> None:
    """Declare the inputs `bucket`, `grant_elb_account` and `force`."""
    variable(
        scope,
        "bucket",
        type="""
            object({
              name            = optional(string, "")
              create          = optional(bool, true)
              prefix          = optional(string, "")
              expiration_days = optional(number, 30)
            })
        """,
        default={},
        description="""
            Where load balancers log that do not log yet. One that does keeps its bucket and prefix.
            - `name`: a bucket of this account and region; by default `<name>-<account>-<region>`.
            - `create`: makes the bucket when it is not there: private, encrypted by S3's own keys, TLS only. The
              function makes it, not Terraform, so that it and its logs outlive `terraform destroy`.
            - `prefix`: key prefix of the logs, in front of `AWSLogs`, without slashes at its ends.
            - `expiration_days`: after how many days a bucket that the function has made deletes its logs.
        """,
        validations=(
            Validation(
                f'var.bucket.name == "" || ({is_bucket_name("var.bucket.name")})',
                "bucket.name must be a valid S3 bucket name: 3 to 63 lower-case letters, digits, dots and hyphens, "
                "starting and ending with a letter or digit. Give the name, not an ARN or URL.",
            ),
            Validation(
                'var.bucket.name != "" || var.bucket.create',
                "bucket.create is false, and bucket.name is empty. Name a bucket that is there, or let create be true.",
            ),
            Validation(is_prefix("var.bucket.prefix"), f"bucket.prefix must {PREFIX_RULES}"),
            Validation(
                is_whole_number("var.bucket.expiration_days", 1, _MOST_DAYS),
                f"bucket.expiration_days must be a whole number of days, from 1 to {_MOST_DAYS}.",
            ),
        ),
    )
    add_elb_account_input(scope)
    variable(
        scope,
        "force",
        type="bool",
        default=False,
        description="Moves load balancers that log to another bucket than `bucket` to it; one that logs to it with "
        "another prefix keeps that. Without it none is moved. Logs that are there stay there.",
    )
