"""The spoke's outputs."""

from __future__ import annotations

from constructs import Construct

from cdktf_app.modules.inputs import output


def add_outputs(scope: Construct) -> None:
    """Declare the outputs."""
    output(
        scope,
        "bucket_name",
        "${aws_s3_bucket.this.id}",
        "Name of the log bucket: `access_logs.bucket` of the load balancers that log to it.",
    )
    output(scope, "bucket_arn", "${aws_s3_bucket.this.arn}", "ARN of the log bucket.")
    output(
        scope,
        "log_key_prefix",
        "${local.log_key_prefix}",
        "Key prefix of the account's logs in the bucket, with a slash at its end.",
    )
    output(
        scope,
        "alb_dns_name",
        "${one(aws_lb.demo[*].dns_name)}",
        "DNS name of the demo load balancer; null when there is none.",
    )
