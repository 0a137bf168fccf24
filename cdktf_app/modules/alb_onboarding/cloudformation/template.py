"""Puts the template together."""

from __future__ import annotations

from typing import Any

from cdktf_app.emitter.header import hcl_header
from cdktf_app.modules.alb_onboarding.cloudformation.alarms import alarm_resources
from cdktf_app.modules.alb_onboarding.cloudformation.intrinsics import (
    Call,
    any_of,
    attribute,
    both,
    equals,
    not_,
    ref,
    sub,
)
from cdktf_app.modules.alb_onboarding.cloudformation.parameters import parameters
from cdktf_app.modules.alb_onboarding.cloudformation.request import ELB_ACCOUNTS, TOPIC_ARN
from cdktf_app.modules.alb_onboarding.cloudformation.resources import (
    CREATED_BUCKET,
    function_resources,
    onboarding_resources,
)
from cdktf_app.modules.alb_onboarding.cloudformation.topic import SUBSCRIPTIONS, topic_resources
from cdktf_app.modules.alb_onboarding.cloudformation.yaml_text import yaml_text
from cdktf_app.modules.log_delivery.regions import regions

_NO_ACCOUNT = "none"
"""Of a region without an account of Elastic Load Balancing: the function refuses it, and says what is needed."""


def template_text() -> str:
    """Return the template as it is published: YAML, with the emitter's header."""
    return f"{hcl_header('alb-onboarding')}\n{yaml_text(_template())}"


def _template() -> dict[str, Any]:
    grouped = parameters()
    return {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Description": "Switches on the logs of Application Load Balancers that already exist, and takes it back when "
        "the stack is deleted.",
        "Metadata": {
            "AWS::CloudFormation::Interface": {
                "ParameterGroups": [
                    {"Label": {"default": group}, "Parameters": list(members)}
                    for group, members in grouped.items()
                ]
            }
        },
        "Parameters": {name: one for members in grouped.values() for name, one in members.items()},
        "Mappings": {
            ELB_ACCOUNTS: {
                name: {"Id": region.elb_account_id or _NO_ACCOUNT} for name, region in regions().items()
            }
        },
        "Conditions": _conditions(),
        "Resources": {
            **function_resources(),
            **topic_resources(),
            **onboarding_resources(),
            **alarm_resources(),
        },
        "Outputs": _outputs(),
    }


def _conditions() -> dict[str, Call]:
    texts = {
        "SelectsByArn": "LoadBalancerArns",
        "SelectsByName": "LoadBalancerNames",
        "SelectsByNamePattern": "LoadBalancerNamePatterns",
        "HasReaders": "ReaderArns",
        "NamesBucket": "BucketName",
        "HasHub": "HubRoleArn",
        "HasBoundary": "PermissionsBoundaryArn",
        "HasAlarms": "AlarmTopicArn",
        "HasPackage": "CodeBucket",
        **{f"Has{name}Endpoint": parameter for name, parameter in SUBSCRIPTIONS.items()},
    }
    switches = {
        "MakesBucket": "CreateBucket",
        "MakesTopic": "CreateTopic",
        "GrantsElbAccount": "GrantElbAccount",
        "SelectsAll": "AllLoadBalancers",
        "WantsNew": "OnboardNew",
    }
    return {
        **{name: not_(equals(ref(parameter), "")) for name, parameter in texts.items()},
        **{name: equals(ref(parameter), "true") for name, parameter in switches.items()},
        "SelectsByTag": not_(equals(ref("LoadBalancerTags"), "{}")),
        # An ARN is of what is there already.
        "SelectsNew": any_of("SelectsByName", "SelectsByNamePattern", "SelectsByTag", "SelectsAll"),
        "OnboardsNew": both("WantsNew", "SelectsNew"),
        "HasNoTopicKey": equals(ref("TopicKeyArn"), ""),
        "MakesTopicKey": both("MakesTopic", "HasNoTopicKey"),
        "HasSubscriber": not_(equals(ref("TopicSubscriberAccountId"), "")),
        **{f"Subscribes{name}": both("MakesTopic", f"Has{name}Endpoint") for name in SUBSCRIPTIONS},
    }


def _outputs() -> dict[str, Any]:
    return {
        "Summary": {
            "Description": "What was found and done, a line for each load balancer and bucket.",
            "Value": attribute("Onboarding", "Summary"),
        },
        "BucketNames": {
            "Description": "The buckets with the logs, separated by commas.",
            "Value": attribute("Onboarding", "BucketNames"),
        },
        "HubSpoke": {
            "Description": "The bucket of load balancers that did not log before, as a value of the hub's spokes.",
            "Value": sub(
                '{ account_id = "${AWS::AccountId}", bucket_name = "${CreatedBucket}", prefix = "${Prefix}", '
                'topic_arn = "${TopicArn}" }',
                {"CreatedBucket": CREATED_BUCKET, "TopicArn": TOPIC_ARN},
            ),
        },
        "TopicArn": {
            "Description": "The topic of new log objects.",
            "Condition": "MakesTopic",
            "Value": ref("Topic"),
        },
        "FunctionName": {"Description": "The function.", "Value": ref("Function")},
        "RoleArn": {"Description": "The function's role.", "Value": attribute("Role", "Arn")},
        "LogGroupName": {
            "Description": "The function's log, with the full report of each run.",
            "Value": ref("LogGroup"),
        },
        "DeadLetterQueueUrl": {
            "Description": "The queue of new load balancers that could not be onboarded.",
            "Value": ref("DeadLetters"),
        },
    }
