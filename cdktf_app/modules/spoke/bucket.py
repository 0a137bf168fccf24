"""The log bucket: private, owned, encrypted as log delivery demands, and emptied in time; or one that is there."""

from __future__ import annotations

from constructs import Construct
from imports.aws.data_aws_s3_bucket import DataAwsS3Bucket
from imports.aws.s3_bucket import S3Bucket
from imports.aws.s3_bucket_lifecycle_configuration import (
    S3BucketLifecycleConfiguration,
    S3BucketLifecycleConfigurationRule,
    S3BucketLifecycleConfigurationRuleAbortIncompleteMultipartUpload,
    S3BucketLifecycleConfigurationRuleExpiration,
    S3BucketLifecycleConfigurationRuleFilter,
    S3BucketLifecycleConfigurationRuleNoncurrentVersionExpiration,
)
from imports.aws.s3_bucket_logging import S3BucketLoggingA
from imports.aws.s3_bucket_ownership_controls import (
    S3BucketOwnershipControls,
    S3BucketOwnershipControlsRule,
)
from imports.aws.s3_bucket_public_access_block import S3BucketPublicAccessBlock
from imports.aws.s3_bucket_server_side_encryption_configuration import (
    S3BucketServerSideEncryptionConfigurationA,
    S3BucketServerSideEncryptionConfigurationRuleA,
    S3BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultA,
)
from imports.aws.s3_bucket_versioning import S3BucketVersioningA, S3BucketVersioningVersioningConfiguration

from cdktf_app.modules.expressions import boolean, number, tags
from cdktf_app.modules.module import Module, comment, skip_check

BUCKET = "${local.bucket}"
"""The bucket's name, known when the bucket is there."""

BUCKET_ARN = "${local.bucket_arn}"
"""The bucket's ARN, known at plan."""

_CREATED = "${aws_s3_bucket.this[0].id}"


def add_bucket(module: Module) -> None:
    """Add the bucket and the settings that are resources of their own."""
    module.local(
        "bucket",
        "${one(concat(aws_s3_bucket.this[*].id, data.aws_s3_bucket.existing[*].id))}",
    )
    module.local(
        "bucket_arn",
        '${"arn:${data.aws_partition.current.partition}:s3:::${var.bucket_name}"}',
        "Not the bucket's own attribute, so that a plan shows the policy.",
    )
    scope = module.concern("bucket")
    DataAwsS3Bucket(
        scope,
        "bucket.existing",
        count=number("${var.create_bucket ? 0 : 1}"),
        bucket="${var.bucket_name}",
    )
    bucket = S3Bucket(
        scope,
        "bucket.this",
        count=_created(),
        bucket="${var.bucket_name}",
        force_destroy=boolean("${var.force_destroy}"),
        tags=tags(),
    )
    for check, reason in _SKIPPED.items():
        skip_check(bucket, check, reason)
    S3BucketOwnershipControls(
        scope,
        "ownership.this",
        count=_created(),
        bucket=_CREATED,
        rule=S3BucketOwnershipControlsRule(object_ownership="BucketOwnerEnforced"),
    )
    S3BucketPublicAccessBlock(
        scope,
        "public_access.this",
        count=_created(),
        bucket=_CREATED,
        block_public_acls=True,
        block_public_policy=True,
        ignore_public_acls=True,
        restrict_public_buckets=True,
    )
    _encryption(scope)
    S3BucketVersioningA(
        scope,
        "versioning.this",
        count=number("${var.create_bucket && var.versioning.enabled ? 1 : 0}"),
        bucket=_CREATED,
        versioning_configuration=S3BucketVersioningVersioningConfiguration(status="Enabled"),
    )
    _lifecycle(scope)
    S3BucketLoggingA(
        scope,
        "logging.this",
        count=number("${var.create_bucket && var.access_log != null ? 1 : 0}"),
        bucket=_CREATED,
        target_bucket="${var.access_log.bucket_name}",
        target_prefix='${var.access_log.prefix == "" ? "" : "${var.access_log.prefix}/"}',
    )


_SKIPPED = {
    "CKV2_AWS_62": "aws_s3_bucket_notification.this notifies, for buckets of others too",
    "CKV_AWS_18": "access_log is the user's to set, since it needs a bucket of theirs",
    "CKV_AWS_19": "aws_s3_bucket_server_side_encryption_configuration.this encrypts, behind a count",
    "CKV_AWS_21": "versioning is the user's to set; log objects are written once and can be delivered to Loki again",
    "CKV_AWS_144": "the logs are on their way to Loki, and kept here for the time in which they can be sent again",
    "CKV_AWS_145": "Application Load Balancers deliver to buckets with SSE-S3 only; kms_key_arn is for others",
}


def _created() -> float:
    return number("${var.create_bucket ? 1 : 0}")


def _encryption(scope: Construct) -> None:
    encryption = S3BucketServerSideEncryptionConfigurationA(
        scope,
        "encryption.this",
        count=_created(),
        bucket=_CREATED,
        rule=[
            S3BucketServerSideEncryptionConfigurationRuleA(
                bucket_key_enabled=boolean('${var.kms_key_arn == "" ? null : true}'),
                apply_server_side_encryption_by_default=S3BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultA(
                    sse_algorithm='${var.kms_key_arn == "" ? "AES256" : "aws:kms"}',
                    kms_master_key_id='${var.kms_key_arn == "" ? null : var.kms_key_arn}',
                ),
            )
        ],
    )
    comment(
        encryption,
        "SSE-S3, not a KMS key, where Application Load Balancers deliver: they support nothing else. Where the default "
        "is a KMS key, their logs cannot be switched on.",
    )


def _lifecycle(scope: Construct) -> None:
    lifecycle = S3BucketLifecycleConfiguration(
        scope,
        "lifecycle.this",
        count=_created(),
        bucket=_CREATED,
        rule=[
            S3BucketLifecycleConfigurationRule(
                id="expire-logs",
                status="Enabled",
                filter=[S3BucketLifecycleConfigurationRuleFilter()],
                expiration=[
                    S3BucketLifecycleConfigurationRuleExpiration(days=number("${var.expiration_days}"))
                ],
                # Also without versioning: it may have been enabled once.
                noncurrent_version_expiration=[
                    S3BucketLifecycleConfigurationRuleNoncurrentVersionExpiration(
                        noncurrent_days=number("${var.versioning.noncurrent_days}")
                    )
                ],
                abort_incomplete_multipart_upload=[
                    S3BucketLifecycleConfigurationRuleAbortIncompleteMultipartUpload(days_after_initiation=1)
                ],
            )
        ],
    )
    lifecycle.add_override(
        "rule.0.dynamic.transition",
        {
            "for_each": "${var.transitions}",
            "content": {
                "days": "${transition.value.days}",
                "storage_class": "${transition.value.storage_class}",
            },
        },
    )
    # The order that the provider's documentation asks for.
    lifecycle.add_override("depends_on", ["aws_s3_bucket_versioning.this"])
