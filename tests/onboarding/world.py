"""Load balancers and buckets in memory, for whole runs."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import boto3
import botocore.session
from botocore.exceptions import ClientError

from onboarding.action import Action
from onboarding.aws import Clients
from onboarding.errors import OnboardingError
from onboarding.place import find_place
from onboarding.report import Report
from onboarding.run import perform
from onboarding.settings import Settings
from tests.onboarding.account import logging_to
from tests.onboarding.calls import Calls, CrashError

THEIRS, OURS, MADE = "theirs", "ours", "made"
# Reads each service's description once, instead of once for each world.
_LOADER = botocore.session.get_session().get_component("data_loader")


class World:
    """In memory: load balancers that log and that do not, and two buckets; an onboarding can make `MADE`."""

    def __init__(self) -> None:
        base = botocore.session.get_session()
        base.register_component("data_loader", _LOADER)
        session = boto3.Session(
            aws_access_key_id="x",
            aws_secret_access_key="x",
            region_name="eu-west-1",
            botocore_session=base,
        )
        self._session = session
        self.calls = Calls(session)
        self.clients = Clients(session)
        self.place = find_place(self.clients)
        ec2 = session.client("ec2")
        self._subnets = [subnet["SubnetId"] for subnet in ec2.describe_subnets()["Subnets"][:2]]
        for bucket in (THEIRS, OURS):
            self.clients.s3.create_bucket(
                Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"}
            )
        self.arns = [self.load_balancer("off", {}), self.load_balancer("logs", logging_to(THEIRS, "a"))]

    def load_balancer(self, name: str, attributes: dict[str, str]) -> str:
        """Make a load balancer, and return its ARN."""
        elbv2 = self.clients.elbv2
        made = elbv2.create_load_balancer(Name=name, Subnets=self._subnets)["LoadBalancers"]
        arn = made[0]["LoadBalancerArn"]
        elbv2.modify_load_balancer_attributes(
            LoadBalancerArn=arn,
            Attributes=[{"Key": key, "Value": value} for key, value in attributes.items()],
        )
        return arn

    def client(self, service: Any) -> Any:
        """Make a client of another service than the function's."""
        return self._session.client(service)

    def topic(self) -> str:
        """Make a topic, and return its ARN."""
        return self._session.client("sns").create_topic(Name="logs")["TopicArn"]

    def state(self) -> Any:
        """All that others see, but for the buckets that logs name which are off."""
        buckets = (THEIRS, OURS, MADE)
        return [*map(self.logs, self.arns), *map(self.policy, buckets), *map(self.rules, buckets)]

    def logs(self, arn: str) -> dict[str, tuple[str | None, str | None]]:
        """Return bucket and prefix of each kind of logs that is on."""
        answer = self.clients.elbv2.describe_load_balancer_attributes(LoadBalancerArn=arn)
        found = {attribute["Key"]: attribute["Value"] for attribute in answer["Attributes"]}
        return {
            kind: (found.get(f"{kind}.s3.bucket"), found.get(f"{kind}.s3.prefix"))
            for kind in ("access_logs", "connection_logs")
            if found.get(f"{kind}.s3.enabled") == "true"
        }

    def policy(self, bucket: str) -> str:
        """Return a bucket's policy as text."""
        with suppress(ClientError):
            return self.clients.s3.get_bucket_policy(Bucket=bucket)["Policy"]
        return ""

    def rules(self, bucket: str) -> list[tuple[str, str]]:
        """Return the ids and queues of a bucket's notification rules."""
        with suppress(ClientError):
            found = self.clients.s3.get_bucket_notification_configuration(Bucket=bucket)
            return [(rule["Id"], rule["QueueArn"]) for rule in found.get("QueueConfigurations", [])]
        return []

    def is_safe(self, bucket: str) -> bool:
        """Whether a bucket is as the onboarding makes one: closed to the public, and its logs expire."""
        with suppress(ClientError):
            block = self.clients.s3.get_public_access_block(Bucket=bucket)["PublicAccessBlockConfiguration"]
            return all(block.values()) and bool(
                self.clients.s3.get_bucket_lifecycle_configuration(Bucket=bucket)["Rules"]
            )
        return False

    def drop(self, bucket: str) -> None:
        """Delete a bucket, if it is there."""
        with suppress(ClientError):
            self.clients.s3.delete_bucket(Bucket=bucket)

    def remembered(self) -> list[str]:
        """Return the names of the parameters with what onboardings remember."""
        pages = self.clients.ssm.get_paginator("get_parameters_by_path").paginate(
            Path="/alb-loki/onboarding", Recursive=True
        )
        return [found["Name"] for page in pages for found in page["Parameters"]]

    def records(self) -> list[str]:
        """Return what onboardings remember of load balancers, as text."""
        names = [name for name in self.remembered() if "/load-balancers/" in name]
        return [self.clients.ssm.get_parameter(Name=name)["Parameter"]["Value"] for name in names]

    def run(self, action: Action, wanted: Settings) -> Report:
        """Run, and have no failure."""
        report = self.try_to(action, wanted)
        assert not report.failures, report.failures
        return report

    def try_to(self, action: Action, wanted: Settings, **options: Any) -> Report:
        """Run."""
        return perform(action, wanted, self.clients, self.place, **options)

    def run_badly(self, action: Action, wanted: Settings, broken: Callable[[Calls], None]) -> None:
        """Run as far as that is possible."""
        self.calls.forget()
        broken(self.calls)
        with suppress(ClientError, OnboardingError, CrashError):
            perform(action, wanted, self.clients, self.place)
        self.calls.heal()
        self.unlock()

    def unlock(self) -> None:
        """Do as if the leases had ended of what a crash has locked."""
        pages = self.clients.ssm.get_paginator("get_parameters_by_path").paginate(Path="/alb-loki/locks")
        for found in [found for page in pages for found in page["Parameters"]]:
            self.clients.ssm.delete_parameter(Name=found["Name"])
