"""The onboarding's function is allowed the calls that it makes, and no others."""

from __future__ import annotations

import re
from pathlib import Path

from cdktf_app.modules.alb_onboarding.statements import Names, creation_statements, role_statements

ROOT = Path(__file__).parents[3]
NAMES = Names("aws", "eu-west-1", "222222222222", "shop", ["arn:aws:s3:::*"], "arn", "arn", "arn")

# How actions are called that have not the name of the operation (Service Authorization Reference).
ACTIONS = {
    "s3:HeadBucket": "s3:ListBucket",
    "s3:GetBucketEncryption": "s3:GetEncryptionConfiguration",
    "s3:PutBucketEncryption": "s3:PutEncryptionConfiguration",
    "s3:GetBucketLifecycleConfiguration": "s3:GetLifecycleConfiguration",
    "s3:PutBucketLifecycleConfiguration": "s3:PutLifecycleConfiguration",
    "s3:GetBucketNotificationConfiguration": "s3:GetBucketNotification",
    "s3:PutBucketNotificationConfiguration": "s3:PutBucketNotification",
    "s3:GetPublicAccessBlock": "s3:GetBucketPublicAccessBlock",
    "s3:PutPublicAccessBlock": "s3:PutBucketPublicAccessBlock",
}
SERVICES = {"elbv2": "elasticloadbalancing"}
# What AWS asks no permission for, and what Lambda does in the role's name.
FREE = {"sts:GetCallerIdentity"}
BY_LAMBDA = {"logs:CreateLogStream", "logs:PutLogEvents", "sqs:SendMessage"}


def calls() -> set[str]:
    """The actions of the calls that stand in the function's source."""
    found = set()
    for path in (ROOT / "lambda_src/onboarding").rglob("*.py"):
        # Without imports of types, whose modules are called like the clients.
        source = re.sub(r"mypy_boto3_\w+", "", path.read_text())
        for service, name, paged in re.findall(
            r'(?:\b|_)(s3|ssm|elbv2|sts)\.(?:get_paginator\(\s*"(\w+)"|([a-z]+_\w+))', source
        ):
            operation = "".join(word.capitalize() for word in (name or paged).split("_"))
            action = f"{SERVICES.get(service, service)}:{operation}"
            found.add(ACTIONS.get(action, action))
    return found


def test_the_role_allows_what_the_function_calls_and_nothing_else() -> None:
    allowed = {
        action
        for statement in (*role_statements(NAMES), *creation_statements(NAMES))
        for action in ([statement["Action"]] if isinstance(statement["Action"], str) else statement["Action"])
    }

    assert len(calls()) > 15
    assert allowed - BY_LAMBDA == calls() - FREE
