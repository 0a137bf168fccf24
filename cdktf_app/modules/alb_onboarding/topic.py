"""The topic of new log objects, who may publish and subscribe, and its subscriptions."""

from __future__ import annotations

from cdktf import TerraformResourceLifecycle
from constructs import Construct
from imports.aws.lambda_permission import LambdaPermission
from imports.aws.sns_topic import SnsTopic
from imports.aws.sns_topic_policy import SnsTopicPolicy
from imports.aws.sns_topic_subscription import SnsTopicSubscription

from cdktf_app.emitter.value import hcl_value
from cdktf_app.modules.alb_onboarding.names import NAMES
from cdktf_app.modules.alb_onboarding.statements import accounts_subscribe, topic_statements
from cdktf_app.modules.expressions import POLICY_VERSION, boolean, listed_if, number, tags
from cdktf_app.modules.module import Module, comment

_IF_TOPIC = "${var.topic.enabled ? 1 : 0}"

READY = (
    "aws_sns_topic_policy.this",
    "aws_sns_topic_subscription.this",
    "aws_lambda_permission.subscription",
)
"""Whoever tells the topic of log objects waits for these."""


def add_topic(module: Module) -> None:
    """Add the topic, when there is one."""
    scope = module.concern("topic")
    topic = SnsTopic(
        scope,
        "topic.this",
        count=number(_IF_TOPIC),
        name="${var.name}",
        display_name="Load balancer logs",
        kms_master_key_id="${local.create_key ? one(aws_kms_key.topic[*].arn) : local.kms_key_arn}",
        # A topic that is given up goes after the run that takes it out of the buckets.
        lifecycle=TerraformResourceLifecycle(create_before_destroy=True),
        tags=tags(),
    )
    comment(
        topic, "When it is given up, it goes after the run that takes it out of the buckets' notifications."
    )
    subscribe = listed_if("length(var.topic.subscriber_account_ids) > 0", accounts_subscribe(NAMES))
    SnsTopicPolicy(
        scope,
        "policy.this",
        count=number(_IF_TOPIC),
        arn="${aws_sns_topic.this[0].arn}",
        policy=f"${{jsonencode({{ Version = {hcl_value(POLICY_VERSION)}, "
        f"Statement = concat({hcl_value(topic_statements(NAMES))}, {subscribe}) }})}}",
        lifecycle=TerraformResourceLifecycle(create_before_destroy=True),
    )
    _subscriptions(scope)


def _subscriptions(scope: Construct) -> None:
    permission = LambdaPermission(
        scope,
        "permission.subscription",
        statement_id="AllowSNS-${var.name}-${each.key}",
        action="lambda:InvokeFunction",
        function_name="${each.value.endpoint}",
        principal="sns.amazonaws.com",
        source_arn="${aws_sns_topic.this[0].arn}",
    )
    permission.add_override(
        "for_each",
        "${{ for name, subscription in var.topic.subscriptions : name => subscription "
        'if subscription.protocol == "lambda" }}',
    )
    permission.add_override(
        "lifecycle.precondition",
        [
            {
                "condition": '${split(":", each.value.endpoint)[4] == local.account_id && '
                'split(":", each.value.endpoint)[3] == local.region}',
                "error_message": "topic.subscriptions has the function ${each.value.endpoint} of another account or "
                "region, which cannot be let SNS invoke from here. Name its account in "
                "topic.subscriber_account_ids, and subscribe it there.",
            }
        ],
    )
    subscription = SnsTopicSubscription(
        scope,
        "subscription.this",
        topic_arn="${aws_sns_topic.this[0].arn}",
        protocol="${each.value.protocol}",
        endpoint="${each.value.endpoint}",
        raw_message_delivery=boolean("${each.value.raw_message_delivery}"),
        endpoint_auto_confirms=boolean("${each.value.endpoint_auto_confirms}"),
    )
    subscription.add_override("for_each", "${var.topic.subscriptions}")
