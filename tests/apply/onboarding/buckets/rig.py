"""An account on LocalStack with buckets, queues and topics, and onboardings that work on them."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from onboarding.aws import Clients
from onboarding.buckets.buckets import Buckets
from onboarding.buckets.need import Need
from onboarding.settings import Bucket, Hub, Place, Selection, Settings
from tests.harness.aws.clients import AwsClients

REGION = "eu-west-1"
HUB_ACCOUNT = "111111111111"
HUB_ROLE = f"arn:aws:iam::{HUB_ACCOUNT}:role/hub"
READER = "arn:aws:iam::333333333333:root"
OTHERS_STATEMENT = {
    "Sid": "Others",
    "Effect": "Allow",
    "Principal": {"AWS": "arn:aws:iam::444444444444:root"},
    "Action": "s3:ListBucket",
    "Resource": "arn:aws:s3:::*",
}


class CrashError(Exception):
    """The process dies."""


def crash(**_: Any) -> None:
    """Stands for a call during which the process dies."""
    raise CrashError


class Rig:
    """What the tests of buckets have in common.

    Attributes:
        account_id: An account that no other test uses.
        clients: The function's clients.
        aws: The test's own clients.
    """

    def __init__(self, make: Callable[[str], Clients], aws: Callable[[str, str], AwsClients]) -> None:
        self.account_id = str(uuid.uuid4().int)[:12]
        self.clients = make(self.account_id)
        self.aws = aws(self.account_id, REGION)
        self._aws = aws
        self.place = Place("aws", REGION, self.account_id)
        self.queue_arn = self.queue()

    def settings(self, **changes: Any) -> Settings:
        """Settings with a hub, and what a test changes of them."""
        settings = Settings(
            "alb-onboarding", Selection(all=True), hub=Hub(HUB_ROLE, queue_arn=self.queue_arn)
        )
        return replace(settings, **changes)

    def buckets(self, settings: Settings | None = None, deadline: float = 600.0) -> Buckets:
        return Buckets(self.clients, settings or self.settings(), self.place, lambda: deadline)

    def bucket(self, policy: Mapping[str, Any] | None = None, region: str = REGION) -> str:
        """Make a bucket, with a policy of others."""
        name = f"logs-{uuid.uuid4().hex[:12]}"
        self._aws(self.account_id, region).s3.create_bucket(
            Bucket=name,
            CreateBucketConfiguration={"LocationConstraint": region},  # type: ignore[typeddict-item]
        )
        if policy:
            self.aws.s3.put_bucket_policy(Bucket=name, Policy=json.dumps(policy))
        return name

    def queue(self) -> str:
        name = f"queue-{uuid.uuid4().hex[:12]}"
        self.aws.sqs.create_queue(QueueName=name)
        return f"arn:aws:sqs:{REGION}:{self.account_id}:{name}"

    def topic(self) -> str:
        return self.aws.sns.create_topic(Name=f"topic-{uuid.uuid4().hex[:12]}")["TopicArn"]

    def delete_queue(self, arn: str) -> None:
        url = self.aws.sqs.get_queue_url(QueueName=arn.rpartition(":")[2])["QueueUrl"]
        self.aws.sqs.delete_queue(QueueUrl=url)

    def tell(self, bucket: str, arn: str, **rule: Any) -> None:
        """Give a bucket a notification rule of others to a queue."""
        rules = [
            {"Id": "others", "QueueArn": arn, "Events": ["s3:ObjectCreated:*"], **rule},
        ]
        self.aws.s3.put_bucket_notification_configuration(
            Bucket=bucket,
            NotificationConfiguration={"QueueConfigurations": rules},  # type: ignore[typeddict-item]
        )

    def policy(self, bucket: str) -> dict[str, Any] | None:
        try:
            document: dict[str, Any] = json.loads(self.aws.s3.get_bucket_policy(Bucket=bucket)["Policy"])
        except self.aws.s3.exceptions.ClientError as error:
            if "NoSuchBucketPolicy" in str(error):
                return None
            raise
        return document

    def sids(self, bucket: str) -> list[str]:
        return [statement["Sid"] for statement in (self.policy(bucket) or {"Statement": []})["Statement"]]

    def notifications(self, bucket: str) -> dict[str, Any]:
        answer = dict(self.aws.s3.get_bucket_notification_configuration(Bucket=bucket))
        del answer["ResponseMetadata"]
        return answer

    def rule_ids(self, bucket: str) -> list[str]:
        return sorted(rule["Id"] for rules in self.notifications(bucket).values() for rule in rules)

    def parameters(self) -> dict[str, str]:
        found = self.aws.ssm.get_parameters_by_path(Path="/alb-loki", Recursive=True)["Parameters"]
        return {parameter["Name"]: parameter["Value"] for parameter in found}

    def records(self) -> list[str]:
        return sorted(name for name in self.parameters() if "/locks/" not in name)


def need(bucket: str, *prefixes: str, may_create: bool = False) -> Need:
    """What a run wants of a bucket; by default, for load balancers without a log prefix."""
    return Need(bucket, frozenset(prefixes or [""]), may_create)


def document(*statements: Mapping[str, Any]) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Id": "of others", "Statement": list(statements)}


def to_be_created(days: int = 30) -> Bucket:
    return Bucket(create=True, expiration_days=days)
