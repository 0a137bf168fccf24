"""The spoke's outputs."""

from __future__ import annotations

from constructs import Construct

from cdktf_app.modules.inputs import Validation, output
from cdktf_app.modules.spoke.bucket import BUCKET, BUCKET_ARN
from cdktf_app.modules.spoke.key import key_statements
from cdktf_app.modules.spoke.notification import notification_document


def add_outputs(scope: Construct) -> None:
    """Declare the outputs."""
    output(
        scope,
        "bucket_name",
        BUCKET,
        "Name of the log bucket: `access_logs.bucket` of the load balancers that log to it.",
        # A load balancer is refused a bucket that it may not write to yet.
        depends_on=("aws_s3_bucket_policy.this",),
    )
    output(scope, "bucket_arn", BUCKET_ARN, "ARN of the log bucket.")
    output(
        scope,
        "log_key_prefixes",
        "${local.log_key_prefixes}",
        "Key prefixes of the logs in the bucket, one for each account, with a slash at the end.",
    )
    output(
        scope,
        "for_hub",
        """${{
          account_id      = data.aws_caller_identity.current.account_id
          bucket_name     = var.bucket_name
          prefix          = var.prefix
          log_account_ids = var.log_account_ids
          kms_key_arn     = var.kms_key_arn
        }}""",
        "The spoke as a value of the hub's `spokes`.",
    )
    output(
        scope,
        "policy_statements",
        "${jsonencode(local.log_statements)}",
        "What the bucket's policy has to say, as a JSON list of statements to be merged into the policy of a bucket "
        "that is managed elsewhere.",
    )
    output(
        scope,
        "notification",
        notification_document(),
        "What the bucket has to notify, as JSON in the form of S3's `PutBucketNotificationConfiguration`, to be merged "
        "into the configuration of a bucket that is managed elsewhere.",
        preconditions=(
            Validation(
                "local.hub_region == data.aws_region.current.id",
                "The hub's queue or function is in ${local.hub_region}, the bucket in ${data.aws_region.current.id}: "
                "S3 notifies queues and functions of its own region only. Apply a hub in each region.",
            ),
            Validation(
                "alltrue([for name in data.aws_s3_bucket.existing[*].bucket_regional_domain_name : "
                'strcontains(name, ".${data.aws_region.current.id}.")])',
                "The bucket ${var.bucket_name} is not in ${data.aws_region.current.id}, the region of the provider "
                "that the module is given. Give it a provider of the bucket's region.",
            ),
        ),
    )
    output(
        scope,
        "kms_key_statements",
        key_statements(),
        "What the policy of a key for `kms_key_arn` has to say beside what is said of its administrators, as a JSON "
        "list of statements.",
    )
    output(
        scope,
        "alb_dns_name",
        "${one(aws_lb.demo[*].dns_name)}",
        "DNS name of the demo load balancer; null when there is none.",
    )
