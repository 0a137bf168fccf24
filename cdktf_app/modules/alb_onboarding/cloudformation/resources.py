"""The function, its role, and the custom resource that it answers."""

from __future__ import annotations

from typing import Any

from cdktf_app.modules.alb_onboarding.cloudformation.code import (
    INLINE_HANDLER,
    PACKAGE_HANDLER,
    inline_code,
)
from cdktf_app.modules.alb_onboarding.cloudformation.intrinsics import attribute, if_, ref, sub, substituted
from cdktf_app.modules.alb_onboarding.cloudformation.request import REQUEST, variables
from cdktf_app.modules.alb_onboarding.events import INPUT_PATHS, PATTERN, input_template
from cdktf_app.modules.alb_onboarding.statements import (
    STATE_PATH,
    Names,
    creation_statements,
    dead_letter_queue_statements,
    role_statements,
)
from cdktf_app.modules.expressions import POLICY_VERSION
from cdktf_app.modules.statements import trust_statements

# Lambda's longest.
_TIMEOUT = 900

NAMES = Names(
    partition="${AWS::Partition}",
    region="${AWS::Region}",
    account_id="${AWS::AccountId}",
    name="${Name}",
    bucket_arns=("arn:${AWS::Partition}:s3:::${BucketNames}", "arn:${AWS::Partition}:s3:::${CreatedBucket}"),
    created_bucket_arn="arn:${AWS::Partition}:s3:::${CreatedBucket}",
    log_group_arn="arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:${LogGroup}",
    dead_letter_queue_arn="${DeadLetters.Arn}",
    topic_arn="${Topic}",
    subscriber_arns="arn:${AWS::Partition}:iam::${TopicSubscriberAccountId}:root",
    subscriber_endpoints=(
        "arn:${AWS::Partition}:sqs:${AWS::Region}:${TopicSubscriberAccountId}:*",
        "arn:${AWS::Partition}:lambda:${AWS::Region}:${TopicSubscriberAccountId}:function:*",
    ),
)
"""What statements name, for `Fn::Sub`."""

CREATED_BUCKET = if_("NamesBucket", ref("BucketName"), sub("${Name}-${AWS::AccountId}-${AWS::Region}"))
"""The bucket of load balancers that do not log yet: given, or made by the function."""


def policy(statements: Any) -> dict[str, Any]:
    """Return a policy, with the values of the stack in it."""
    return {
        "Version": POLICY_VERSION,
        "Statement": substituted(statements, {"CreatedBucket": CREATED_BUCKET}),
    }


def function_resources() -> dict[str, Any]:
    """Return the function and what it needs.

    Physical names are CloudFormation's, so that a replacement finds no name taken and the stack needs no
    CAPABILITY_NAMED_IAM.
    """
    rights = policy(role_statements(NAMES))
    creation = policy(creation_statements(NAMES))["Statement"]
    rights["Statement"] += [if_("MakesBucket", statement) for statement in creation]
    return {
        "LogGroup": {
            "Type": "AWS::Logs::LogGroup",
            "DeletionPolicy": "Delete",
            "UpdateReplacePolicy": "Delete",
            "Properties": {"RetentionInDays": ref("LogRetentionDays")},
        },
        "DeadLetters": {
            "Type": "AWS::SQS::Queue",
            "DeletionPolicy": "Delete",
            "UpdateReplacePolicy": "Delete",
            "Properties": {"MessageRetentionPeriod": 14 * 86400, "SqsManagedSseEnabled": True},
        },
        "DeadLettersPolicy": {
            "Type": "AWS::SQS::QueuePolicy",
            "Properties": {
                "Queues": [ref("DeadLetters")],
                "PolicyDocument": policy(dead_letter_queue_statements(NAMES)),
            },
        },
        "Role": {
            "Type": "AWS::IAM::Role",
            "Properties": {
                "Description": "What the function that onboards load balancers may do",
                "AssumeRolePolicyDocument": policy(trust_statements()),
                "PermissionsBoundary": if_("HasBoundary", ref("PermissionsBoundaryArn")),
                # A policy of its own could be gone before the function is invoked for the last time.
                "Policies": [{"PolicyName": "function", "PolicyDocument": rights}],
            },
        },
        "Function": {
            "Type": "AWS::Lambda::Function",
            "Properties": {
                "Description": "Switches on the logs of load balancers that already exist",
                "Role": attribute("Role", "Arn"),
                "Runtime": "python3.13",
                "Architectures": [ref("Architecture")],
                "MemorySize": ref("MemorySize"),
                "Timeout": _TIMEOUT,
                "Handler": if_("HasPackage", PACKAGE_HANDLER, INLINE_HANDLER),
                "Code": if_(
                    "HasPackage",
                    {"S3Bucket": ref("CodeBucket"), "S3Key": ref("CodeKey")},
                    {"ZipFile": inline_code()},
                ),
                "LoggingConfig": {"LogGroup": ref("LogGroup")},
            },
        },
        "Invocations": {
            "Type": "AWS::Lambda::EventInvokeConfig",
            "Properties": {
                "FunctionName": ref("Function"),
                "Qualifier": "$LATEST",
                "MaximumRetryAttempts": 2,
                # Less than the time-out: by then CloudFormation has its answer and may be rolling back, so a request
                # that took so long must not be repeated.
                "MaximumEventAgeInSeconds": _TIMEOUT - 300,
                "DestinationConfig": {"OnFailure": {"Destination": attribute("DeadLetters", "Arn")}},
            },
        },
    }


def onboarding_resources() -> dict[str, Any]:
    """Return the custom resource, and what follows it."""
    return {
        "LastFailure": {
            "Type": "AWS::SSM::Parameter",
            # It is taken where there is an onboarding of the same name, which this one would share its state with.
            "Properties": {
                "Name": sub(f"/{STATE_PATH}/${{Name}}/last-failure"),
                "Type": "String",
                "Value": "none",
                "Description": "Which run of the onboarding failed last",
            },
        },
        "Onboarding": {
            "Type": "Custom::AlbOnboarding",
            # What the function needs has to be there before, and until it has been invoked for the last time. All else
            # comes after: where another resource fails meanwhile, CloudFormation deletes the onboarding that is still
            # being made. But the topic's policy, which a condition makes, cannot stand here: cfn-lint refuses what may
            # not be there. While it is being made, S3 refuses the topic, and the function tries again:
            # onboarding.buckets.patience.
            "DependsOn": ["DeadLettersPolicy", "Invocations", "LastFailure"],
            "DeletionPolicy": "Delete",
            "UpdateReplacePolicy": "Delete",
            "Properties": {
                "ServiceToken": attribute("Function", "Arn"),
                # Seconds: the function's time-out, and some for the queue in front of it.
                "ServiceTimeout": _TIMEOUT + 300,
                "Onboarding": sub(REQUEST, variables()),
                "Rerun": ref("Rerun"),
                # The rule goes before, with its permission, and after at the end: what is made after the run has
                # looked is told of, and by the settings of this run, since the function refuses others.
                "NewLoadBalancers": if_("OnboardsNew", ref("NewLoadBalancersPermission"), ""),
            },
        },
        "NewLoadBalancers": {
            "Type": "AWS::Events::Rule",
            "Condition": "OnboardsNew",
            "Properties": {
                "Description": "Application Load Balancers that have just been made, by CloudTrail",
                "EventPattern": PATTERN,
                "Targets": [
                    {
                        "Id": "function",
                        "Arn": attribute("Function", "Arn"),
                        "InputTransformer": {
                            "InputPathsMap": INPUT_PATHS,
                            # An ARN is of what is there already.
                            "InputTemplate": sub(
                                input_template(REQUEST.replace("${Arns}", "[]")), variables()
                            ),
                        },
                    }
                ],
            },
        },
        "NewLoadBalancersPermission": {
            "Type": "AWS::Lambda::Permission",
            "Condition": "OnboardsNew",
            "Properties": {
                "Action": "lambda:InvokeFunction",
                "FunctionName": ref("Function"),
                "Principal": "events.amazonaws.com",
                "SourceArn": attribute("NewLoadBalancers", "Arn"),
            },
        },
    }
