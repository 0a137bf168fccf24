"""The spoke's input variables."""

from __future__ import annotations

from constructs import Construct

from cdktf_app.modules.hub_rules import hub_rules
from cdktf_app.modules.inputs import Validation, variable
from cdktf_app.modules.spoke.delivery_inputs import add_delivery_inputs
from cdktf_app.modules.spoke.demo_inputs import add_demo_inputs
from cdktf_app.modules.spoke.storage_inputs import add_storage_inputs
from cdktf_app.modules.validations import is_bucket_name


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
    _hub(scope)
    _existing_bucket(scope)
    add_delivery_inputs(scope)
    add_storage_inputs(scope)
    add_demo_inputs(scope)
    variable(scope, "tags", type="map(string)", default={}, description="Tags of everything that takes tags.")


def _hub(scope: Construct) -> None:
    variable(
        scope,
        "hub",
        type="""
            object({
              role_arn     = string
              function_arn = optional(string)
              queue_arn    = optional(string)
            })
        """,
        description="""
            The hub that reads this bucket, which lists the bucket in its `spokes` already: its output `for_spokes`.
            - `role_arn`: the role that reads the logs, the hub's output `lambda_promtail_role_arn`.
            - `queue_arn`: the queue that hears of each new log object, the hub's output `queue_arn`.
            - `function_arn`: the function that hears of it instead, where the hub has no queue: its output
              `lambda_promtail_function_arn`.
        """,
        validations=hub_rules(),
    )


def _existing_bucket(scope: Construct) -> None:
    variable(
        scope,
        "create_bucket",
        type="bool",
        default=True,
        description="""
            false for a bucket that is there already, in this account. Nothing of it is changed then, unless
            `manage_policy` or `manage_notification` is true: the outputs `policy_statements` and `notification` are
            what has to be added to it.
        """,
    )
    variable(
        scope,
        "manage_policy",
        type="bool",
        nullable=True,
        description="""
            Whether the bucket's policy is this module's; by default that of a bucket that it creates. A bucket has
            **one** policy: with true, whatever an existing bucket's policy says is replaced without a word, and is gone
            with `terraform destroy`. Every plan warns of it.
        """,
    )
    variable(
        scope,
        "manage_notification",
        type="bool",
        nullable=True,
        description="""
            Whether the bucket's notification configuration is this module's; by default that of a bucket that it
            creates. A bucket has **one**: with true, all that an existing bucket notifies is replaced without a word,
            and is gone with `terraform destroy`. Every plan warns of it.
        """,
    )
