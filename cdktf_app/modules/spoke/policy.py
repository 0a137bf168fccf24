"""The bucket policy: Elastic Load Balancing writes, the hub reads, nobody comes by plain HTTP."""

from __future__ import annotations

from typing import Any

from cdktf import Precondition, TerraformResourceLifecycle
from imports.aws.s3_bucket_policy import S3BucketPolicy

from cdktf_app.emitter.value import hcl_value
from cdktf_app.modules.expressions import POLICY_VERSION, jsonencode
from cdktf_app.modules.log_delivery.regions import SERVICE_PRINCIPAL, elb_account_ids
from cdktf_app.modules.module import Module

_OBJECTS = "${aws_s3_bucket.this.arn}/${local.log_key_prefix}*"


def add_policy(module: Module) -> None:
    """Add the bucket policy and the locals it is made of."""
    module.local(
        "log_key_prefix",
        '${"${var.prefix == "" ? "" : "${var.prefix}/"}AWSLogs/${data.aws_caller_identity.current.account_id}/"}',
        "Where Elastic Load Balancing writes this account's logs.",
    )
    module.local(
        "elb_account_ids",
        elb_account_ids(),
        "The account that delivers load balancer logs, in the regions that have one. Sources: the AWS provider's "
        "data source aws_elb_service_account and the region facts of the AWS CDK.",
    )
    module.local(
        "elb_account_id",
        "${lookup(local.elb_account_ids, data.aws_region.current.id, null)}",
    )
    policy = S3BucketPolicy(
        module.concern("policy"),
        "policy.this",
        bucket="${aws_s3_bucket.this.id}",
        policy=jsonencode(
            {
                "Version": POLICY_VERSION,
                "Statement": "${concat("
                + ", ".join(
                    [
                        hcl_value([_service_delivery(), _hub_read(), _deny_plain_http()]),
                        "[for account_id in (var.grant_elb_account ? [local.elb_account_id] : []) : "
                        + hcl_value(_account_delivery())
                        + "]",
                    ]
                )
                + ")}",
            }
        ),
        lifecycle=TerraformResourceLifecycle(
            precondition=[
                Precondition(
                    condition="${!var.grant_elb_account || local.elb_account_id != null}",
                    error_message="grant_elb_account is true, but the region ${data.aws_region.current.id} has no "
                    "Elastic Load Balancing account. Leave grant_elb_account at false: the service principal "
                    f"{SERVICE_PRINCIPAL} is granted in every region.",
                )
            ]
        ),
    )
    policy.add_override("depends_on", ["aws_s3_bucket_public_access_block.this"])


def _service_delivery() -> dict[str, Any]:
    return {
        "Sid": "DeliverLogs",
        "Effect": "Allow",
        "Principal": {"Service": SERVICE_PRINCIPAL},
        "Action": "s3:PutObject",
        "Resource": _OBJECTS,
    }


def _account_delivery() -> dict[str, Any]:
    return {
        "Sid": "DeliverLogsByAccount",
        "Effect": "Allow",
        "Principal": {"AWS": "arn:${data.aws_partition.current.partition}:iam::${account_id}:root"},
        "Action": "s3:PutObject",
        "Resource": _OBJECTS,
    }


def _hub_read() -> dict[str, Any]:
    return {
        "Sid": "HubReadsLogs",
        "Effect": "Allow",
        "Principal": {"AWS": "${var.hub.role_arn}"},
        "Action": ["s3:GetObject", "s3:GetObjectVersion"],
        "Resource": _OBJECTS,
    }


def _deny_plain_http() -> dict[str, Any]:
    return {
        "Sid": "DenyPlainHttp",
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": ["${aws_s3_bucket.this.arn}", "${aws_s3_bucket.this.arn}/*"],
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }
