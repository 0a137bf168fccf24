"""The spoke's inputs about who delivers logs to the bucket, and where."""

from __future__ import annotations

from constructs import Construct

from cdktf_app.modules import patterns
from cdktf_app.modules.inputs import Validation, variable
from cdktf_app.modules.load_balancers_inputs import (
    add_elb_account_input,
    add_load_balancers_input,
    are_account_ids,
)
from cdktf_app.modules.validations import PREFIX_RULES, is_prefix, matches

MOST_RULES = 100
"""Notification rules of one bucket (Amazon S3 User Guide, "Amazon S3 Event Notifications")."""


def add_delivery_inputs(scope: Construct) -> None:
    """Declare the inputs, in the order in which a reader meets them."""
    variable(
        scope,
        "prefix",
        type="string",
        default="",
        description="Key prefix of the logs, in front of `AWSLogs`, without slashes at its ends. Give every load "
        "balancer that logs to this bucket the same one.",
        validations=(Validation(is_prefix("var.prefix"), f"prefix must {PREFIX_RULES}"),),
    )
    _log_account_ids(scope)
    add_load_balancers_input(scope, "log_delivery")
    add_elb_account_input(scope)
    _kms_key_arn(scope)


def _log_account_ids(scope: Construct) -> None:
    variable(
        scope,
        "log_account_ids",
        type="list(string)",
        default=[],
        description=f"""
            The accounts whose load balancers log to this bucket, at most {MOST_RULES}. Empty for the bucket's own; a
            list that is not empty has to name that one too, if its load balancers log here.
        """,
        validations=(
            are_account_ids("log_account_ids"),
            Validation(
                "length(distinct(var.log_account_ids)) == length(var.log_account_ids)",
                "log_account_ids must name each account once: S3 refuses two notifications about the same keys.",
            ),
            Validation(
                f"length(var.log_account_ids) <= {MOST_RULES}",
                f"log_account_ids must name at most {MOST_RULES} accounts: each needs a notification of its own, and a "
                f"bucket has at most {MOST_RULES}. Give the others another bucket.",
            ),
        ),
    )


def _kms_key_arn(scope: Construct) -> None:
    variable(
        scope,
        "kms_key_arn",
        type="string",
        default="",
        description="""
            ARN of the KMS key that the bucket is encrypted with, for a bucket with logs of Network Load Balancers only;
            empty for S3's own keys. The key's policy needs the statements of the output `kms_key_statements`.
        """,
        validations=(
            Validation(
                f'var.kms_key_arn == "" || {matches(patterns.KEY_ARN, "var.kms_key_arn")}',
                "kms_key_arn must be the ARN of a KMS key, not of an alias: arn:aws:kms:<region>:<account>:key/<id>.",
            ),
            Validation(
                'var.kms_key_arn == "" || !(var.log_delivery.application || var.log_delivery.outposts)',
                "kms_key_arn is for a bucket with logs of Network Load Balancers only. Application and Classic Load "
                "Balancers support buckets with S3's own keys (SSE-S3) only: with a KMS key, their logs cannot be "
                "switched on (Access Denied for bucket). Leave kms_key_arn empty, or set log_delivery to "
                "{ application = false, network = true }.",
            ),
        ),
    )
