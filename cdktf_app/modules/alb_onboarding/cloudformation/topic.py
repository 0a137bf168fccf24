"""The topic of new log objects, with its key and subscriptions."""

from __future__ import annotations

from typing import Any

from cdktf_app.modules.alb_onboarding.cloudformation.intrinsics import attribute, if_, ref
from cdktf_app.modules.alb_onboarding.cloudformation.resources import NAMES, policy
from cdktf_app.modules.alb_onboarding.statements import (
    account_administers,
    accounts_subscribe,
    buckets_publish_by_key,
    topic_statements,
)

SUBSCRIPTIONS = {"Https": "TopicHttpsEndpoint", "Queue": "TopicQueueArn", "Function": "TopicFunctionArn"}
"""The parameter with the endpoint of each subscription."""

_PROTOCOLS = {"Https": "https", "Queue": "sqs", "Function": "lambda"}


def topic_resources() -> dict[str, Any]:
    """Return the topic and what belongs to it."""
    publishing = policy(topic_statements(NAMES))
    publishing["Statement"].append(if_("HasSubscriber", policy([accounts_subscribe(NAMES)])["Statement"][0]))
    return {
        "TopicKey": {
            "Type": "AWS::KMS::Key",
            "Condition": "MakesTopicKey",
            "DeletionPolicy": "Delete",
            "UpdateReplacePolicy": "Delete",
            "Properties": {
                "Description": "Of the topic of new log objects: S3 cannot publish by AWS's own key",
                "EnableKeyRotation": True,
                "PendingWindowInDays": 7,
                "KeyPolicy": policy([account_administers(NAMES), buckets_publish_by_key(NAMES)]),
            },
        },
        "Topic": {
            "Type": "AWS::SNS::Topic",
            "Condition": "MakesTopic",
            # It puts the empty default of TopicKeyArn in, of which the condition keeps us.
            "Metadata": {"cfn-lint": {"config": {"ignore_checks": ["W1030"]}}},
            "Properties": {
                "KmsMasterKeyId": if_("MakesTopicKey", attribute("TopicKey", "Arn"), ref("TopicKeyArn"))
            },
        },
        "TopicPolicy": {
            "Type": "AWS::SNS::TopicPolicy",
            "Condition": "MakesTopic",
            "Properties": {"Topics": [ref("Topic")], "PolicyDocument": publishing},
        },
        **{
            f"{name}Subscription": {
                "Type": "AWS::SNS::Subscription",
                "Condition": f"Subscribes{name}",
                # An endpoint that does not answer must not end the onboarding while it is being made.
                "DependsOn": "Onboarding",
                "Properties": {
                    "TopicArn": ref("Topic"),
                    "Protocol": _PROTOCOLS[name],
                    "Endpoint": ref(parameter),
                },
            }
            for name, parameter in SUBSCRIPTIONS.items()
        },
    }
