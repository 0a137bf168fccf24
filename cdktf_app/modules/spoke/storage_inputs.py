"""The spoke's inputs about how the bucket keeps what it holds."""

from __future__ import annotations

import json

from constructs import Construct

from cdktf_app.modules import patterns
from cdktf_app.modules.inputs import Validation, variable
from cdktf_app.modules.storage_classes import KEPT_THIRTY_DAYS, STORAGE_CLASSES
from cdktf_app.modules.validations import is_bucket_name, is_one_of, is_whole_number, matches

_MOST_DAYS = 2147483647
"""S3's limit of a rule's days: a 32-bit number."""

_INFREQUENT_ACCESS = ("STANDARD_IA", "ONEZONE_IA")
"""Objects have to be 30 days old for these."""

_ORDER = json.dumps(STORAGE_CLASSES)

# Both sides of an "or" are evaluated.
_LOG_BUCKET = 'try(var.access_log.bucket_name, "")'
_LOG_PREFIX = 'try(var.access_log.prefix, "")'


def add_storage_inputs(scope: Construct) -> None:
    """Declare the inputs, in the order in which a reader meets them."""
    variable(
        scope,
        "expiration_days",
        type="number",
        default=30,
        description="Days after which S3 deletes a log object of a created bucket. It is the time in which logs can be "
        "sent again.",
        validations=(
            Validation(
                is_whole_number("var.expiration_days", 1, _MOST_DAYS),
                "expiration_days must be a whole number of days, at least 1.",
            ),
        ),
    )
    _transitions(scope)
    _versioning(scope)
    _access_log(scope)
    _ends(scope)


def _created_only(name: str, is_default: str) -> Validation:
    return Validation(
        f"var.create_bucket || {is_default}",
        f"{name} is a setting of a bucket that this module creates, and create_bucket is false. Leave {name} out, and "
        "set it where the bucket is made.",
    )


def _transitions(scope: Construct) -> None:
    variable(
        scope,
        "transitions",
        type="""
            list(object({
              days          = number
              storage_class = string
            }))
        """,
        default=[],
        description="""
            Storage classes that the log objects of a created bucket move to, in the order of their age.
            - `days`: the age; more than that of the one before (30 more after the first three classes), and less than
              `expiration_days`.
            - `storage_class`: `STANDARD_IA` or `ONEZONE_IA` (from 30 days on), `INTELLIGENT_TIERING`, `GLACIER_IR`,
              `GLACIER` or `DEEP_ARCHIVE`. What is in the last two has to be restored before it can be sent again.

            S3 leaves objects of less than 128 KB where they are.
        """,
        validations=(
            Validation(
                f"alltrue([for rule in var.transitions : {is_one_of(STORAGE_CLASSES, 'rule.storage_class')}])",
                f"Each storage_class of transitions must be one of {', '.join(STORAGE_CLASSES)}.",
            ),
            Validation(
                f"alltrue([for rule in var.transitions : {is_whole_number('rule.days', 1, _MOST_DAYS)}])",
                "The days of transitions must be whole numbers, at least 1.",
            ),
            Validation(
                "alltrue([for rule in var.transitions : "
                f"rule.days >= 30 || !{is_one_of(_INFREQUENT_ACCESS, 'rule.storage_class')}])",
                "transitions to STANDARD_IA and ONEZONE_IA must be of 30 days or more: S3 moves no younger object "
                "there.",
            ),
            Validation(
                "alltrue([for index, rule in var.transitions : rule.days >= var.transitions[index - 1].days + "
                f"({is_one_of(KEPT_THIRTY_DAYS, 'var.transitions[index - 1].storage_class')} ? 30 : 1) if index > 0])",
                "transitions must be in the order of their days, each with more than the one before, and with at least "
                f"30 more after {', '.join(KEPT_THIRTY_DAYS)}: S3 keeps objects there for so long.",
            ),
            Validation(
                "alltrue([for index, rule in var.transitions : "
                f"try(index({_ORDER}, rule.storage_class) > "
                f"index({_ORDER}, var.transitions[index - 1].storage_class), true) if index > 0])",
                f"transitions must go down in this order of storage classes: {', '.join(STORAGE_CLASSES)}. S3 moves "
                "no object up again.",
            ),
            Validation(
                "alltrue([for rule in var.transitions : rule.days < var.expiration_days])",
                "The days of transitions must be less than expiration_days: what is deleted does not move any more.",
            ),
            _created_only("transitions", "length(var.transitions) == 0"),
        ),
    )


def _versioning(scope: Construct) -> None:
    variable(
        scope,
        "versioning",
        type="""
            object({
              enabled         = optional(bool, false)
              noncurrent_days = optional(number, 7)
            })
        """,
        default={},
        description="""
            Versions of the objects of a created bucket.
            - `enabled`: keeps what is overwritten or deleted, also by `expiration_days`.
            - `noncurrent_days`: for how many days.
        """,
        validations=(
            Validation(
                is_whole_number("var.versioning.noncurrent_days", 1, _MOST_DAYS),
                "versioning.noncurrent_days must be a whole number of days, at least 1.",
            ),
            _created_only("versioning", "!var.versioning.enabled"),
        ),
    )


def _access_log(scope: Construct) -> None:
    variable(
        scope,
        "access_log",
        type="""
            object({
              bucket_name = string
              prefix      = optional(string, "")
            })
        """,
        nullable=True,
        description="""
            Where S3 logs who comes to a created bucket; by default nowhere.
            - `bucket_name`: another bucket of this account and region, whose policy lets `logging.s3.amazonaws.com`
              write.
            - `prefix`: key prefix of these logs, without slashes at its ends.
        """,
        validations=(
            Validation(
                f"var.access_log == null || {is_bucket_name(_LOG_BUCKET)}",
                "access_log.bucket_name must be a valid S3 bucket name. Give the name, not an ARN or URL.",
            ),
            Validation(
                f"{_LOG_BUCKET} != var.bucket_name",
                "access_log.bucket_name must not be the log bucket: each entry would make another one.",
            ),
            Validation(
                f"var.access_log == null || {matches(patterns.PREFIX, _LOG_PREFIX)}",
                "access_log.prefix must be of letters, digits and !_.'()- between single slashes, with no slash at its "
                "ends.",
            ),
            _created_only("access_log", "var.access_log == null"),
        ),
    )


def _ends(scope: Construct) -> None:
    variable(
        scope,
        "deletion_protection",
        type="bool",
        default=False,
        description="""
            Denies everybody but the account's root user, Terraform included, to delete the bucket or its policy.
            To lift it, set it to false and apply, since changes of the policy are not denied. Only then
            `terraform destroy` works.
        """,
        validations=(
            Validation(
                "!var.deletion_protection || coalesce(var.manage_policy, var.create_bucket)",
                "deletion_protection is a statement of the bucket's policy, and that policy is not this module's. Set "
                "deletion_protection to false, or manage_policy to true.",
            ),
        ),
    )
    variable(
        scope,
        "force_destroy",
        type="bool",
        default=False,
        description="Lets `terraform destroy` delete a created bucket with the logs in it.",
        validations=(_created_only("force_destroy", "!var.force_destroy"),),
    )
