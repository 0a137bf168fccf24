"""The template's parameters, which are the inputs of the Terraform module as far as CloudFormation can have them."""

from __future__ import annotations

from typing import Any

from cdktf_app.modules import patterns
from cdktf_app.modules.validations import RETENTION_DAYS

# Parameters are put into JSON as they are: no quote and no backslash, and no `<`, which begins EventBridge's names.
# Without tags it is `{}`, which a condition compares with.
_TAG = r'"[^"\\<>]+"\s*:\s*\[\s*"[^"\\<>]*"(\s*,\s*"[^"\\<>]*")*\s*\]'
_TAGS = rf"^(\{{\}}|\{{\s*{_TAG}(\s*,\s*{_TAG})*\s*\}})$"

_Parameter = dict[str, Any]


def parameters() -> dict[str, dict[str, _Parameter]]:
    """Return the parameters by group and name, in the order in which a reader meets them."""
    return {
        "Which load balancers: those that any of these selects": {
            "LoadBalancerArns": _text(
                "ARNs of Application Load Balancers of this account and region, separated by commas without spaces.",
                _list(patterns.LOAD_BALANCER_ARN),
                "ARNs of load balancers, separated by commas without spaces",
            ),
            "LoadBalancerNames": _text(
                "Names of load balancers, separated by commas. One that does not exist fails the stack.",
                _list(patterns.LOAD_BALANCER_NAME),
                "names of load balancers: letters, digits and hyphens, separated by commas",
            ),
            "LoadBalancerNamePatterns": _text(
                "Patterns of names, separated by commas; * stands for any characters, ? for one. For example shop-*.",
                _list(patterns.LOAD_BALANCER_NAME_PATTERN),
                "patterns of names: letters, digits, hyphens, * and ?, separated by commas",
            ),
            "LoadBalancerTags": _text(
                "Tags that a load balancer must all have, as JSON: for each the values that do, in which * and ? stand "
                'for others. For example {"team": ["shop", "blog-*"]}.',
                _TAGS,
                'a JSON object of lists, such as {"team": ["shop", "blog-*"]}, without backslashes, < and >',
                Default="{}",
            ),
            "AllLoadBalancers": _switch("All Application Load Balancers of this account and region."),
        },
        "Which logs": {
            "AccessLogs": _switch("Access logs: a line for each request.", "true"),
            "ConnectionLogs": _switch("Connection logs: a line for each TLS connection."),
            "HealthCheckLogs": _switch("Health check logs: a line for each change of a target's health."),
        },
        "Bucket of load balancers that do not log yet; others keep theirs": {
            "BucketName": _text(
                "A bucket of this account and region; empty for <Name>-<account>-<region>.",
                _optional(patterns.BUCKET_NAME),
                "the name of a bucket, or empty",
            ),
            "CreateBucket": _switch(
                "Makes the bucket when it is not there: private, encrypted by S3, TLS only. It and its logs outlive "
                "the stack.",
                "true",
            ),
            "Prefix": _text(
                "Key prefix of the logs, in front of AWSLogs, without slashes at its ends.",
                patterns.PREFIX,
                "letters, digits and !_.'()- between single slashes, or empty",
            ),
            "ExpirationDays": _number(
                "After how many days a bucket made here deletes its logs.", 30, 1, 36500
            ),
            "GrantElbAccount": _switch(
                "Also lets the region's Elastic Load Balancing account write, the older way; users report that the "
                "regions in China need it."
            ),
            "Force": _switch(
                "Moves load balancers that log elsewhere to this bucket. Without it none is moved."
            ),
        },
        "Who gets the logs": {
            "HubRoleArn": _text(
                "The role of the hub that reads the logs, role_arn of its output for_spokes; empty for no hub.",
                _optional(patterns.ROLE_ARN),
                "the ARN of a role, or empty",
            ),
            "HubQueueArn": _text(
                "The hub's queue, queue_arn of for_spokes. Give this or HubFunctionArn. LIST THE BUCKETS IN THE HUB'S "
                "spokes FIRST: S3 checks that it may send there. With a topic the hub listens to that instead.",
                _optional(patterns.QUEUE_ARN),
                "the ARN of a queue, or empty",
            ),
            "HubFunctionArn": _text(
                "The hub's function, function_arn of for_spokes, in its mode direct. List the buckets in the hub's "
                "spokes first, as for a queue.",
                _optional(patterns.FUNCTION_ARN),
                "the ARN of a function, or empty",
            ),
            "ReaderArns": _text(
                "Who else may read the logs, separated by commas: arn:aws:iam::<account>:root, roles or users.",
                _list(patterns.READER_ARN),
                "ARNs of accounts (…:root), roles or users, separated by commas",
            ),
            "OrganizationId": _text(
                "The AWS organization that readers have to be in; empty for any.",
                patterns.ORGANIZATION_ID,
                "the ID of an organization, o-…, or empty",
            ),
            "CreateTopic": _switch("An SNS topic, encrypted, that S3 publishes each new log object to."),
            "TopicKeyArn": _text(
                "A customer managed KMS key for the topic, which lets s3.amazonaws.com use it; empty to make one.",
                _optional(patterns.KEY_ARN),
                "the ARN of a key, or empty",
            ),
            "TopicSubscriberAccountId": _text(
                "An account, such as the hub's, that may subscribe queues and functions of its own to the topic.",
                _optional(patterns.ACCOUNT_ID),
                "an account's ID of 12 digits, or empty",
            ),
            "TopicHttpsEndpoint": _text(
                "An https address to subscribe to the topic, which it has to confirm.",
                r"^(https://[^/@\s]+(/\S*)?)?$",
                "an address that begins with https://, or empty",
            ),
            "TopicQueueArn": _text(
                "A queue to subscribe to the topic; its policy has to let sns.amazonaws.com send.",
                _optional(patterns.QUEUE_ARN),
                "the ARN of a queue, or empty",
            ),
            "TopicFunctionArn": _text(
                "A function to subscribe to the topic; its policy has to let sns.amazonaws.com invoke it.",
                _optional(patterns.FUNCTION_ARN),
                "the ARN of a function, or empty",
            ),
        },
        "How it runs": {
            "Name": _text(
                "Name of the onboarding, one of its own in the account and region. It cannot be changed later.",
                patterns.ONBOARDING_NAME,
                "words of small letters and digits, joined by hyphens, at most 32 characters",
                Default="alb-onboarding",
                MaxLength=32,
            ),
            "DryRun": _switch(
                "Changes no load balancer and no bucket: the output Summary says what would be done."
            ),
            "OnboardNew": _switch(
                "Onboards load balancers that are made later and are selected, not by an ARN. THE ACCOUNT NEEDS A "
                "CLOUDTRAIL TRAIL of management events in this region: without one nothing happens, and nothing says "
                "so.",
                "true",
            ),
            "OnDelete": _text(
                "What becomes of load balancers and buckets when the stack is deleted. Logs stay in any case.",
                Default="restore",
                AllowedValues=["restore", "keep"],
            ),
            "Rerun": _text("Any text; another one makes an update look at all load balancers again."),
        },
        "The function and its role": {
            "CodeBucket": _text(
                "A bucket with the function's package, onboarding.zip of the module alb-onboarding; empty for the same "
                "code out of this template.",
                _optional(patterns.BUCKET_NAME),
                "the name of a bucket, or empty",
            ),
            "CodeKey": _text("The key of the package in CodeBucket.", Default="onboarding.zip"),
            "Architecture": _text(
                "Processor of the function.", Default="arm64", AllowedValues=["arm64", "x86_64"]
            ),
            "MemorySize": _number("Memory of the function, in MB.", 256, 128, 10240),
            "LogRetentionDays": {
                "Type": "Number",
                "Default": 90,
                "Description": "Days that CloudWatch keeps the function's log: a line for each load balancer and run.",
                "AllowedValues": list(RETENTION_DAYS),
            },
            "PermissionsBoundaryArn": _text(
                "A policy that limits what the function's role may do; empty for none.",
                _optional(patterns.IAM_POLICY_ARN),
                "the ARN of a policy, or empty",
            ),
            "BucketNames": _text(
                "The buckets of this account whose policy and notifications the function may change, a name or pattern "
                "with * and ?.",
                patterns.BUCKET_PATTERN,
                "a name of a bucket, or a pattern with * and ?",
                Default="*",
            ),
            "AlarmTopicArn": _text(
                "An SNS topic that hears when a new load balancer could not be onboarded; empty for no alarms.",
                _optional(patterns.TOPIC_ARN),
                "the ARN of a topic, or empty",
            ),
        },
    }


def _text(description: str, pattern: str = "", needed: str = "", **properties: Any) -> _Parameter:
    rule = {"AllowedPattern": pattern, "ConstraintDescription": f"It must be {needed}."} if pattern else {}
    return {"Type": "String", "Default": "", "Description": description, **rule, **properties}


def _switch(description: str, default: str = "false") -> _Parameter:
    return _text(description, Default=default, AllowedValues=["true", "false"])


def _number(description: str, default: int, least: int, most: int) -> _Parameter:
    return {
        "Type": "Number",
        "Default": default,
        "Description": description,
        "MinValue": least,
        "MaxValue": most,
    }


def _optional(pattern: str) -> str:
    """Let a pattern match nothing, too."""
    return f"^({pattern.removeprefix('^').removesuffix('$')})?$"


def _list(pattern: str) -> str:
    """Let a text hold any number of what the pattern matches, separated by commas."""
    # Not CloudFormation's own list: that of an empty parameter holds one empty text.
    one = pattern.removeprefix("^").removesuffix("$").replace(".+", "[^,]+")
    return f"^({one}(,{one})*)?$"
