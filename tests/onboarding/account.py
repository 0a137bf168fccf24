"""An account on LocalStack that only one test uses, with load balancers that were there before."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import boto3
from botocore.config import Config
from mypy_boto3_elbv2.literals import LoadBalancerTypeEnumType

from onboarding.aws import Clients
from onboarding.settings import Place
from onboarding.settings_reader import read_settings
from tests.harness.aws.accounts import Account
from tests.harness.aws.clients import AwsClients
from tests.onboarding.calls import Calls


class LocalSession(boto3.Session):
    """A session whose clients call an emulator."""

    def __init__(self, endpoint: str, account: str, region: str) -> None:
        super().__init__(aws_access_key_id=account, aws_secret_access_key="test", region_name=region)
        self._endpoint = endpoint

    def client(self, service_name: Any, *, config: Config) -> Any:  # type: ignore[override]
        """Make a client, past proxies, without patience for faults of the emulator."""
        once = Config(
            proxies={}, retries={"total_max_attempts": 1, "mode": "standard"}, max_pool_connections=16
        )
        return super().client(service_name, endpoint_url=self._endpoint, config=config.merge(once))


class OnboardingAccount:
    """An account of its own, because a selection can be all load balancers of an account.

    Attributes:
        id: Its number.
        place: Where the onboarding works.
        aws: Clients of the test.
    """

    def __init__(self, endpoint: str, region: str, account_id: str | None = None) -> None:
        self.id = account_id or f"{random.randrange(10**11, 10**12)}"  # noqa: S311
        self.place = Place("aws", region, self.id)
        self.aws = AwsClients(endpoint, Account(self.id, "onboarding"), region)
        self._endpoint = endpoint

    def session(self) -> LocalSession:
        """Make a session."""
        return LocalSession(self._endpoint, self.id, self.place.region)

    def clients(self) -> tuple[Clients, Calls]:
        """Make clients of the function, and what watches their calls."""
        session = self.session()
        calls = Calls(session)
        return Clients(session), calls

    @cached_property
    def _subnets(self) -> list[str]:
        subnets = self.aws.ec2.describe_subnets()["Subnets"]
        return [subnet["SubnetId"] for subnet in subnets[:2]]

    def load_balancer(
        self,
        name: str,
        kind: LoadBalancerTypeEnumType = "application",
        *,
        tags: Mapping[str, str] | None = None,
        attributes: Mapping[str, str] | None = None,
    ) -> str:
        """Make a load balancer, and return its ARN."""
        options: dict[str, Any] = {}
        if tags:
            options["Tags"] = [{"Key": key, "Value": value} for key, value in tags.items()]
        answer = self.aws.elbv2.create_load_balancer(Name=name, Type=kind, Subnets=self._subnets, **options)
        arn = answer["LoadBalancers"][0]["LoadBalancerArn"]
        if attributes:
            self.set_attributes(arn, attributes)
        return arn

    def set_attributes(self, arn: str, attributes: Mapping[str, str]) -> None:
        """Set attributes of a load balancer."""
        self.aws.elbv2.modify_load_balancer_attributes(
            LoadBalancerArn=arn,
            Attributes=[{"Key": key, "Value": value} for key, value in attributes.items()],
        )

    def attributes(self, arn: str) -> dict[str, str]:
        """Return what a load balancer says of its logs."""
        answer = self.aws.elbv2.describe_load_balancer_attributes(LoadBalancerArn=arn)
        return {one["Key"]: one["Value"] for one in answer["Attributes"] if "_logs." in one["Key"]}

    def logs(self, arn: str) -> dict[str, str]:
        """Return where a load balancer logs to, by the beginning of the attributes, such as `access_logs`.

        What is off may still name a bucket: AWS takes no empty one back.
        """
        found = self.attributes(arn)
        kinds = [
            key.partition(".")[0] for key, value in found.items() if (key[-8:], value) == (".enabled", "true")
        ]
        return {kind: f"{found[f'{kind}.s3.bucket']}/{found.get(f'{kind}.s3.prefix', '')}" for kind in kinds}

    def bucket(self, name: str) -> str:
        """Make a bucket, and return its name."""
        self.aws.s3.create_bucket(
            Bucket=name,
            CreateBucketConfiguration={"LocationConstraint": self.place.region},  # type: ignore[typeddict-item]
        )
        return name

    def parameters(self) -> dict[str, str]:
        """Return what the onboarding remembers."""
        pages = self.aws.ssm.get_paginator("get_parameters_by_path").paginate(
            Path="/alb-loki", Recursive=True
        )
        return {found["Name"]: found["Value"] for page in pages for found in page["Parameters"]}


def logging_to(bucket: str, prefix: str = "", kinds: Sequence[str] = ("access",)) -> dict[str, str]:
    """Return the attributes of a load balancer that logs."""
    return {
        f"{kind}_logs.s3.{key}": value
        for kind in kinds
        for key, value in (("enabled", "true"), ("bucket", bucket), ("prefix", prefix))
    }


def settings(**members: Any) -> Any:
    """Return settings, with all load balancers selected unless something else is said."""
    return read_settings({"name": "alb-onboarding", "selection": {"all": True}, **members})
