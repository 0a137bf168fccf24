"""Tells the hub of every new log object."""

from __future__ import annotations

from imports.aws.s3_bucket_notification import S3BucketNotification, S3BucketNotificationLambdaFunction

from cdktf_app.modules.module import Module


def add_notification(module: Module) -> None:
    """Add the bucket's notification configuration, of which a bucket has one."""
    notification = S3BucketNotification(
        module.concern("notification"),
        "notification.this",
        bucket="${aws_s3_bucket.this.id}",
        lambda_function=[
            S3BucketNotificationLambdaFunction(
                id="alb-loki",
                lambda_function_arn="${var.hub.function_arn}",
                # Delivery uses PutObject, POST and multipart uploads.
                events=["s3:ObjectCreated:*"],
                # The test object that load balancers write when logging is switched on lies one level above.
                filter_prefix="${local.log_key_prefix}elasticloadbalancing/",
            )
        ],
    )
    notification.add_override(
        "lifecycle.precondition",
        [
            {
                "condition": '${split(":", var.hub.function_arn)[3] == data.aws_region.current.id}',
                "error_message": 'The hub\'s function is in ${split(":", var.hub.function_arn)[3]}, the bucket in '
                "${data.aws_region.current.id}: S3 notifies functions of its own region only. Apply a hub in each "
                "region.",
            }
        ],
    )
    # S3 answers "conflicting conditional operation" when policy and notification change at the same time.
    notification.add_override("depends_on", ["aws_s3_bucket_policy.this"])
