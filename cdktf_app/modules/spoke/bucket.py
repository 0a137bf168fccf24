"""The log bucket: private, owned, encrypted as log delivery demands, and emptied in time."""

from __future__ import annotations

from imports.aws.s3_bucket import S3Bucket
from imports.aws.s3_bucket_lifecycle_configuration import (
    S3BucketLifecycleConfiguration,
    S3BucketLifecycleConfigurationRule,
    S3BucketLifecycleConfigurationRuleAbortIncompleteMultipartUpload,
    S3BucketLifecycleConfigurationRuleExpiration,
    S3BucketLifecycleConfigurationRuleFilter,
)
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

from cdktf_app.modules.expressions import boolean, number, tags
from cdktf_app.modules.module import Module, comment

_BUCKET = "${aws_s3_bucket.this.id}"


def add_bucket(module: Module) -> None:
    """Add the bucket and the settings that are resources of their own."""
    scope = module.concern("bucket")
    S3Bucket(
        scope,
        "bucket.this",
        bucket="${var.bucket_name}",
        force_destroy=boolean("${var.force_destroy}"),
        tags=tags(),
    )
    S3BucketOwnershipControls(
        scope,
        "ownership.this",
        bucket=_BUCKET,
        rule=S3BucketOwnershipControlsRule(object_ownership="BucketOwnerEnforced"),
    )
    S3BucketPublicAccessBlock(
        scope,
        "public_access.this",
        bucket=_BUCKET,
        block_public_acls=True,
        block_public_policy=True,
        ignore_public_acls=True,
        restrict_public_buckets=True,
    )
    encryption = S3BucketServerSideEncryptionConfigurationA(
        scope,
        "encryption.this",
        bucket=_BUCKET,
        rule=[
            S3BucketServerSideEncryptionConfigurationRuleA(
                apply_server_side_encryption_by_default=S3BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultA(
                    sse_algorithm="AES256"
                )
            )
        ],
    )
    comment(
        encryption,
        "SSE-S3, not a KMS key: into a bucket whose default is a KMS key, Application Load Balancers "
        "deliver nothing and say nothing.",
    )
    S3BucketLifecycleConfiguration(
        scope,
        "lifecycle.this",
        bucket=_BUCKET,
        rule=[
            S3BucketLifecycleConfigurationRule(
                id="expire-logs",
                status="Enabled",
                filter=[S3BucketLifecycleConfigurationRuleFilter()],
                expiration=[
                    S3BucketLifecycleConfigurationRuleExpiration(days=number("${var.expiration_days}"))
                ],
                abort_incomplete_multipart_upload=[
                    S3BucketLifecycleConfigurationRuleAbortIncompleteMultipartUpload(days_after_initiation=1)
                ],
            )
        ],
    )
