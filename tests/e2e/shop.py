"""An account with load balancers that somebody has made before, by other means than this project's modules."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import Any

from tests.e2e.deployed import LIMIT
from tests.harness.aws.clients import AwsClients

LOGGING, SILENT, NETWORK, OTHERS = "shop-web", "shop-api", "shop-tcp", "billing"
"""An application load balancer that logs already, one that does not, a network one, and one of another team."""

PREFIX = "team-a/web"
UPLOADS = "uploads/"


@dataclass(frozen=True)
class Shop:
    """What is there before the onboarding.

    Attributes:
        clients: Clients of the account.
        bucket: The bucket that `LOGGING` logs to, below `PREFIX`, with a policy and notifications of others.
        uploads_url: The queue that hears of objects below `UPLOADS` in it.
        audit_url: A queue that nobody sends to yet.
    """

    clients: AwsClients
    bucket: str
    uploads_url: str
    audit_url: str

    def arn(self, name: str) -> str:
        """Return the ARN of a load balancer."""
        found = self.clients.elbv2.describe_load_balancers(Names=[name])["LoadBalancers"]
        return found[0]["LoadBalancerArn"]

    def names(self) -> list[str]:
        """Return the names of all load balancers of the account."""
        found = self.clients.elbv2.describe_load_balancers()["LoadBalancers"]
        return [balancer["LoadBalancerName"] for balancer in found]

    def logs(self, name: str) -> dict[str, str]:
        """Return where a load balancer logs, by kind.

        Kinds that are off are left out: Elastic Load Balancing takes no empty bucket, so one that was on once goes on
        naming its bucket when it is switched off.
        """
        found = self.clients.elbv2.describe_load_balancer_attributes(LoadBalancerArn=self.arn(name))
        values = {attribute["Key"]: attribute["Value"] for attribute in found["Attributes"]}
        return {
            kind: f"{values[f'{kind}.s3.bucket']}/{values.get(f'{kind}.s3.prefix', '')}"
            for kind in ("access_logs", "connection_logs", "health_check_logs")
            if values.get(f"{kind}.s3.enabled") == "true"
        }

    def state(self) -> dict[str, Any]:
        """Return all that an onboarding changes, and gives back when it is destroyed."""
        notification = self.clients.s3.get_bucket_notification_configuration(Bucket=self.bucket)
        return {
            "logs": {name: self.logs(name) for name in (LOGGING, SILENT, NETWORK, OTHERS)},
            "policy": self.policy(),
            "notification": {key: value for key, value in notification.items() if key != "ResponseMetadata"},
        }

    def policy(self) -> Any:
        """Return the policy of the bucket."""
        return json.loads(self.clients.s3.get_bucket_policy(Bucket=self.bucket)["Policy"])

    def keys(self, queue_url: str, count: int = 0) -> list[str]:
        """Take the messages out of a queue of the account; return the keys of the objects that they tell of.

        That there are `count` of them is waited for.
        """
        keys: list[str] = []
        limit = time.monotonic() + LIMIT
        while True:
            messages = self.clients.sqs.receive_message(
                QueueUrl=queue_url, MaxNumberOfMessages=10, WaitTimeSeconds=1
            ).get("Messages")
            if not messages:
                if len(keys) >= count or time.monotonic() > limit:
                    return keys
                continue
            for message in messages:
                self.clients.sqs.delete_message(QueueUrl=queue_url, ReceiptHandle=message["ReceiptHandle"])
                body = json.loads(message["Body"])
                event = json.loads(body["Message"]) if "Message" in body else body
                keys += [record["s3"]["object"]["key"] for record in event.get("Records", ())]

    def make(self, name: str, kind: str = "application") -> Any:
        """Make a load balancer and return what AWS answers."""
        subnets = self.clients.ec2.describe_subnets()["Subnets"][:2]
        return self.clients.elbv2.create_load_balancer(
            Name=name,
            Type=kind,  # type: ignore[arg-type]
            Subnets=[subnet["SubnetId"] for subnet in subnets],
        )


def made_before(clients: AwsClients, bucket: str) -> Shop:
    """Make load balancers, a bucket that one of them logs to, and what others have set on that bucket."""
    urls = {name: clients.sqs.create_queue(QueueName=name)["QueueUrl"] for name in ("uploads", "audit")}
    shop = Shop(clients, bucket, urls["uploads"], urls["audit"])
    for name in (LOGGING, SILENT, OTHERS):
        shop.make(name)
    shop.make(NETWORK, "network")
    clients.s3.create_bucket(
        Bucket=bucket,
        CreateBucketConfiguration={"LocationConstraint": clients.region},  # type: ignore[typeddict-item]
    )
    clients.s3.put_bucket_policy(Bucket=bucket, Policy=json.dumps(_policy_of_others(shop)))
    clients.s3.put_bucket_notification_configuration(
        Bucket=bucket,
        NotificationConfiguration={
            "QueueConfigurations": [
                {
                    "Id": "uploads",
                    "QueueArn": f"arn:aws:sqs:{clients.region}:{clients.account.id}:uploads",
                    "Events": ["s3:ObjectCreated:*"],
                    "Filter": {"Key": {"FilterRules": [{"Name": "prefix", "Value": UPLOADS}]}},
                }
            ],
            "EventBridgeConfiguration": {},
        },
    )
    clients.elbv2.modify_load_balancer_attributes(
        LoadBalancerArn=shop.arn(LOGGING),
        Attributes=[
            {"Key": "access_logs.s3.enabled", "Value": "true"},
            {"Key": "access_logs.s3.bucket", "Value": bucket},
            {"Key": "access_logs.s3.prefix", "Value": PREFIX},
        ],
    )
    return shop


def _policy_of_others(shop: Shop) -> dict[str, Any]:
    account = shop.clients.account.id
    return {
        "Version": "2008-10-17",
        "Id": "ByHand",
        "Statement": [
            {
                "Sid": "Delivery",
                "Effect": "Allow",
                "Principal": {"AWS": "arn:aws:iam::156460612806:root"},
                "Action": "s3:PutObject",
                "Resource": f"arn:aws:s3:::{shop.bucket}/{PREFIX}/AWSLogs/{account}/*",
            },
            {
                "Sid": "Uploaders",
                "Effect": "Allow",
                "Principal": {"AWS": f"arn:aws:iam::{account}:root"},
                "Action": ["s3:PutObject", "s3:GetObject"],
                "Resource": f"arn:aws:s3:::{shop.bucket}/{UPLOADS}*",
            },
        ],
    }
