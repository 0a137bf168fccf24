"""The bucket policy: Elastic Load Balancing writes, the hub reads, nobody comes by plain HTTP."""

from __future__ import annotations

from typing import Any

from cdktf import Precondition, TerraformResourceLifecycle
from imports.aws.s3_bucket_policy import S3BucketPolicy

from cdktf_app.emitter.value import hcl_value
from cdktf_app.modules.expressions import POLICY_VERSION, jsonencode, listed_if, number
from cdktf_app.modules.module import Module
from cdktf_app.modules.spoke.bucket import BUCKET, BUCKET_ARN

_MOST_CHARACTERS = 20480
"""Of a bucket policy: 20 KB (Amazon S3 User Guide, "Bucket policies for Amazon S3")."""


def add_policy(module: Module) -> None:
    """Add the bucket policy and the locals it is made of."""
    module.local("manage_policy", "${coalesce(var.manage_policy, var.create_bucket)}")
    module.local(
        "log_statements",
        "${concat(module.log_delivery.statements, " + hcl_value([_hub_read()]) + ")}",
        "What a bucket of others needs in its policy; one that is managed here has more in it.",
    )
    module.local(
        "policy",
        jsonencode(
            {
                "Version": POLICY_VERSION,
                "Statement": "${concat(local.log_statements, "
                + hcl_value([_deny_plain_http()])
                + ", "
                + listed_if("var.deletion_protection", _deny_deletion())
                + ")}",
            }
        ),
    )
    policy = S3BucketPolicy(
        module.concern("policy"),
        "policy.this",
        count=number("${local.manage_policy ? 1 : 0}"),
        bucket=BUCKET,
        policy="${local.policy}",
        lifecycle=TerraformResourceLifecycle(
            precondition=[
                Precondition(
                    condition=f"${{length(local.policy) <= {_MOST_CHARACTERS}}}",
                    error_message="The bucket policy would have ${length(local.policy)} characters, and S3 takes "
                    f"{_MOST_CHARACTERS}. Spread the accounts of log_account_ids over several buckets.",
                )
            ]
        ),
    )
    policy.add_override("depends_on", ["aws_s3_bucket_public_access_block.this"])


def _hub_read() -> dict[str, Any]:
    return {
        "Sid": "HubReadsLogs",
        "Effect": "Allow",
        "Principal": {"AWS": "${var.hub.role_arn}"},
        "Action": ["s3:GetObject", "s3:GetObjectVersion"],
        # Not what else may be below AWSLogs/<account>/ in a bucket that is there already, such as CloudTrail's.
        "Resource": "${[for prefix in local.log_key_prefixes : "
        '"${local.bucket_arn}/${prefix}elasticloadbalancing/*"]}',
    }


def _deny_plain_http() -> dict[str, Any]:
    return {
        "Sid": "DenyPlainHttp",
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": [BUCKET_ARN, f"{BUCKET_ARN}/*"],
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }


def _deny_deletion() -> dict[str, Any]:
    return {
        "Sid": "DenyDeletion",
        "Effect": "Deny",
        "Principal": "*",
        "Action": ["s3:DeleteBucket", "s3:DeleteBucketPolicy"],
        "Resource": BUCKET_ARN,
    }
