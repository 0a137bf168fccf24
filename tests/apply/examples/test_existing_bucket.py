"""The example `existing-bucket`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from tests.apply.examples.conftest import Applied, Clients
from tests.conftest import EXAMPLE_ACCOUNTS
from tests.harness.aws.clients import AwsClients

NAME = "existing-bucket"
(ACCOUNT,) = EXAMPLE_ACCOUNTS[NAME]


def test_policy_and_notification_are_merged_and_nothing_is_left(
    applied: Applied,
    clients_of: Callable[[str], Clients],
    unique_name: Callable[[str], str],
    loki: dict[str, Any],
) -> None:
    name = unique_name("existing")
    uploads = f"arn:aws:sqs:eu-west-1:{ACCOUNT.id}:{name}"
    variables = {
        "account_id": ACCOUNT.id,
        "profile": ACCOUNT.profile,
        "bucket_name": name,
        "prefix": "logs",
        "uploads_queue_arn": uploads,
        "reader_role_arn": f"arn:aws:iam::{ACCOUNT.id}:role/{name}",
        **loki,
    }
    (owner,) = clients_of(NAME)

    with _bucket_queue_and_role(owner, name), applied(NAME, variables):
        statements = json.loads(owner.s3.get_bucket_policy(Bucket=name)["Policy"])["Statement"]
        queues = owner.s3.get_bucket_notification_configuration(Bucket=name)["QueueConfigurations"]
        prefixes = {rule["QueueArn"]: rule["Filter"]["Key"]["FilterRules"][0]["Value"] for rule in queues}

        assert {"ReadUploads", "HubReadsLogs"} < {statement["Sid"] for statement in statements}
        assert prefixes == {
            uploads: "uploads/",
            f"arn:aws:sqs:eu-west-1:{ACCOUNT.id}:alb-loki": f"logs/AWSLogs/{ACCOUNT.id}/elasticloadbalancing/",
        }


@contextmanager
def _bucket_queue_and_role(owner: AwsClients, name: str) -> Iterator[None]:
    owner.s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    queue = owner.sqs.create_queue(QueueName=name)["QueueUrl"]
    trust = {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}
    owner.iam.create_role(
        RoleName=name,
        AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [trust]}),
    )
    yield
    owner.iam.delete_role(RoleName=name)
    owner.sqs.delete_queue(QueueUrl=queue)
    owner.s3.delete_bucket(Bucket=name)
