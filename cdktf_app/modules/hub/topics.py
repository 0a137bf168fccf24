"""Topics that tell of new log objects in the place of S3: S3 takes one notification rule for a key.

The hub subscribes itself: whose queue or function it is needs no confirmation from anybody.
"""

from __future__ import annotations

from typing import Any

from imports.aws.lambda_permission import LambdaPermission
from imports.aws.sns_topic_subscription import SnsTopicSubscription

from cdktf_app.modules.expressions import boolean
from cdktf_app.modules.module import Module
from cdktf_app.modules.statements import allow_when_any


def add_topics(module: Module) -> None:
    """Subscribe the queue, or the function without one, to every topic once: accounts have several buckets to one."""
    module.local(
        "topic_arns",
        '${distinct([for spoke in values(var.spokes) : spoke.topic_arn if spoke.topic_arn != ""])}',
    )
    module.local("sending_topic_arns", "${local.use_queue ? local.topic_arns : []}")
    scope = module.concern("topics")
    permission = LambdaPermission(
        scope,
        "permission.topic",
        # A topic's name may be longer than a statement's id.
        statement_id="AllowSNS-${sha256(each.key)}",
        action="lambda:InvokeFunction",
        function_name="${aws_lambda_function.this.arn}",
        principal="sns.amazonaws.com",
        source_arn="${each.key}",
    )
    permission.add_override("for_each", "${toset(local.use_queue ? [] : local.topic_arns)}")
    subscription = SnsTopicSubscription(
        scope,
        "subscription.topic",
        topic_arn="${each.key}",
        protocol='${local.use_queue ? "sqs" : "lambda"}',
        endpoint="${local.use_queue ? local.queue_arn : local.function_arn}",
        # Without SNS's envelope, a message is what S3 would send. Lambda always gets the envelope.
        raw_message_delivery=boolean("${local.use_queue}"),
    )
    # The provider calls the hub's region, and SNS subscribes in the topic's only.
    subscription.add_override(
        "lifecycle.precondition",
        [
            {
                "condition": '${split(":", each.key)[3] == local.region}',
                "error_message": "The topic ${each.key} of a spoke is not in the hub's region, ${local.region}. Load "
                "balancers, their bucket and its topic are in one region: use the hub of that region.",
            }
        ],
    )
    # What SNS may not deliver yet would be lost.
    subscription.add_override("depends_on", ["aws_lambda_permission.topic", "aws_sqs_queue_policy.ingestion"])
    subscription.add_override("for_each", "${toset(local.topic_arns)}")


def topic_statements(actions: Any, resource: str) -> str:
    """Make the expression of a list of statements that let SNS do something for the topics.

    The ARN of a topic has its account in it, unlike that of a bucket, so no condition on the account is needed.
    """
    return allow_when_any(
        "arns",
        "local.sending_topic_arns",
        {
            "Sid": "TopicsSend",
            "Principal": {"Service": "sns.amazonaws.com"},
            "Action": actions,
            "Resource": resource,
            "Condition": {"ArnEquals": {"aws:SourceArn": "${arns}"}},
        },
    )
