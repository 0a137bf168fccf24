"""The hub's inputs `spokes` and `organization_id`: whose logs the function reads."""

from __future__ import annotations

from constructs import Construct

from cdktf_app.modules import patterns
from cdktf_app.modules.inputs import Validation, variable
from cdktf_app.modules.validations import (
    PREFIX_RULES,
    each_of,
    is_bucket_name,
    is_prefix,
    matches,
)


def add_spokes_inputs(scope: Construct) -> None:
    """Declare the inputs `spokes` and `organization_id`."""
    _spokes(scope)
    _organization(scope)


def _spokes(scope: Construct) -> None:
    variable(
        scope,
        "spokes",
        type="""
            map(object({
              account_id      = string
              bucket_name     = string
              prefix          = optional(string, "")
              prefixes        = optional(list(string), [])
              log_account_ids = optional(list(string), [])
              kms_key_arn     = optional(string, "")
              topic_arn       = optional(string, "")
              tenant_id       = optional(string, "")
              labels          = optional(map(string), {})
            }))
        """,
        default={},
        description="""
            Log buckets that feed this hub, by a name of your choice. Add a spoke here before its own module is
            applied: S3 checks that it may send to the queue, or invoke the function, when the notification is made.
            The buckets are in the hub's region. The README says how many spokes there can be.
            - `account_id`: the AWS account that owns the bucket.
            - `bucket_name`: the bucket that Elastic Load Balancing writes to.
            - `prefix`: the key prefix in front of `AWSLogs`, without slashes at its ends.
            - `prefixes`: further key prefixes, for a bucket whose load balancers have several; an empty string is the
              bucket's top.
            - `log_account_ids`: the accounts whose load balancers write to the bucket, and whose logs the function
              reads; empty for the owner's own.
            - `kms_key_arn`: the customer managed key of the bucket, if any. Its policy has to let the hub's role
              decrypt.
            - `topic_arn`: the SNS topic that S3 tells of the bucket's objects, where it does not tell the hub: it takes
              one rule for a key. The hub subscribes itself to the topic, whose policy has to let the hub's account
              do that. Terraform has to know the ARN at plan, as it does the output `topic_arn` of `alb-onboarding`;
              write that of a topic of your own from its parts, if the same configuration makes it.
            - `tenant_id`: the Loki tenant of the bucket's lines, where no rule of `loki.tenant_rules` has another;
              empty for `loki.tenant_id`.
            - `labels`: labels of the bucket's lines, which win over those of `loki.extra_labels` and get the same
              prefix.
        """,
        validations=(
            Validation(
                'alltrue([for name in keys(var.spokes) : can(regex("^[a-zA-Z0-9_-]{1,80}$", name))])',
                "Each name in spokes must be 1 to 80 letters, digits, hyphens or underscores: it becomes "
                "part of a permission's statement id.",
            ),
            Validation(
                each_of("spokes", matches(patterns.ACCOUNT_ID, "spoke.account_id")),
                "Every spoke's account_id must be a 12-digit AWS account id, in quotes: leading zeros count.",
            ),
            Validation(
                each_of("spokes", is_bucket_name("spoke.bucket_name")),
                "Every spoke's bucket_name must be a valid S3 bucket name: 3 to 63 lower-case letters, digits, "
                "dots and hyphens, starting and ending with a letter or digit. Give the name, not an ARN or URL.",
            ),
            Validation(
                each_of("spokes", is_prefix("spoke.prefix")),
                f"Every spoke's prefix must {PREFIX_RULES}",
            ),
            Validation(
                each_of("spokes", f"alltrue([for prefix in spoke.prefixes : {is_prefix('prefix')}])"),
                f"Each of a spoke's prefixes must {PREFIX_RULES}",
            ),
            Validation(
                each_of(
                    "spokes",
                    "length(distinct(concat([spoke.prefix], spoke.prefixes))) == 1 + length(spoke.prefixes)",
                ),
                "A spoke's prefixes must name each prefix once, and not that of prefix again, which is an empty string "
                "unless you give one.",
            ),
            Validation(
                each_of(
                    "spokes",
                    f"alltrue([for id in spoke.log_account_ids : {matches(patterns.ACCOUNT_ID, 'id')}])",
                ),
                "Each of a spoke's log_account_ids must be a 12-digit AWS account id, in quotes: leading zeros count.",
            ),
            Validation(
                each_of("spokes", "length(distinct(spoke.log_account_ids)) == length(spoke.log_account_ids)"),
                "A spoke's log_account_ids must name each account once.",
            ),
            Validation(
                each_of(
                    "spokes", f'(spoke.kms_key_arn == "" || {matches(patterns.KEY_ARN, "spoke.kms_key_arn")})'
                ),
                "Every spoke's kms_key_arn must be the ARN of a key, arn:aws:kms:<region>:<account>:key/<id>, or "
                "empty. An alias does not do: policies name keys.",
            ),
            Validation(
                each_of(
                    "spokes",
                    f'(spoke.topic_arn == "" || {matches(patterns.STANDARD_TOPIC_ARN, "spoke.topic_arn")})',
                ),
                "Every spoke's topic_arn must be the ARN of a standard SNS topic, "
                "arn:aws:sns:<region>:<account>:<name>, or empty. S3 does not publish to FIFO topics.",
            ),
            Validation(
                each_of("spokes", matches(patterns.TENANT_ID, "spoke.tenant_id")),
                "Every spoke's tenant_id must be what Loki takes for a tenant: at most 150 letters, digits and "
                "!-_.*'(), or empty.",
            ),
            Validation(
                each_of(
                    "spokes",
                    f"alltrue([for name in keys(spoke.labels) : {matches(patterns.LABEL_NAME, 'name')}])",
                ),
                "Each name in a spoke's labels must be letters, digits and underscores, not starting with a digit.",
            ),
            Validation(
                "length(distinct([for spoke in values(var.spokes) : spoke.bucket_name])) == length(var.spokes)",
                "Two spokes name the same bucket. A bucket has one notification configuration, so it is one spoke.",
            ),
        ),
    )


def _organization(scope: Construct) -> None:
    variable(
        scope,
        "organization_id",
        type="string",
        default="",
        description="""
            ID of the AWS organization of all spokes, such as `o-a1b2c3d4e5`: for more spokes than policies can name,
            and for spokes that come and go without a change of the hub. S3 may then send to the queue for every bucket
            of the organization, and the function may read load balancers' logs in every bucket of it that allows the
            hub's role, and use every KMS key of it that allows the role, for S3 only. `spokes` is then needed only for
            what has a tenant or labels of its own. Terraform has to know the ID at plan.
        """,
        validations=(
            Validation(
                matches(patterns.ORGANIZATION_ID, "var.organization_id"),
                "organization_id must be the ID of an AWS organization, o- and 10 to 32 small letters and digits, or "
                "an empty string.",
            ),
            Validation(
                'var.organization_id == "" || var.ingestion.mode == "queue"',
                "organization_id needs ingestion.mode queue: Lambda cannot let S3 invoke a function for a whole "
                "organization.",
            ),
        ),
    )
