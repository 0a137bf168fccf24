"""Whatever single call of a run ends badly, running again finishes the work, and deleting takes all of it back.

Each call ends badly in one of three ways in turn; all ways for all calls would take three times as long.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from onboarding.action import Action
from onboarding.aws import Clients
from onboarding.errors import OnboardingError
from onboarding.place import find_place
from onboarding.run import perform
from onboarding.settings import Settings
from tests.onboarding.account import logging_to, settings
from tests.onboarding.calls import Calls, CrashError, crashes, fails_once

THEIRS, OURS = "theirs", "ours"
# More than a run makes: the loops end by themselves.
MOST = 300

Break = Callable[[int, Calls], None]
"""Lets the call of a number end badly."""


def refused(number: int, calls: Calls) -> None:
    """AWS does not do it, and says so."""
    calls.before = fails_once(number)


def answer_lost(number: int, calls: Calls) -> None:
    """AWS does it, and nobody hears of it."""
    calls.after = fails_once(number)


def crash(number: int, calls: Calls) -> None:
    """The process ends before the call."""
    calls.before = crashes(number)


BREAKS: list[Break] = [refused, answer_lost, crash]


class World:
    """In memory: load balancers that log and that do not, and two buckets."""

    def __init__(self) -> None:
        session = boto3.Session(aws_access_key_id="x", aws_secret_access_key="x", region_name="eu-west-1")
        self.calls = Calls(session)
        self.clients = Clients(session)
        self.place = find_place(self.clients)
        ec2 = session.client("ec2")
        self._subnets = [subnet["SubnetId"] for subnet in ec2.describe_subnets()["Subnets"][:2]]
        for bucket in (THEIRS, OURS):
            self.clients.s3.create_bucket(
                Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"}
            )
        self.arns = [self._load_balancer("off", {}), self._load_balancer("logs", logging_to(THEIRS, "a"))]

    def _load_balancer(self, name: str, attributes: dict[str, str]) -> str:
        elbv2 = self.clients.elbv2
        made = elbv2.create_load_balancer(Name=name, Subnets=self._subnets)["LoadBalancers"]
        arn = made[0]["LoadBalancerArn"]
        elbv2.modify_load_balancer_attributes(
            LoadBalancerArn=arn,
            Attributes=[{"Key": key, "Value": value} for key, value in attributes.items()],
        )
        return arn

    def state(self) -> Any:
        """All that others see, but for the buckets that logs name which are off."""
        return [*map(self._logs, self.arns), *map(self._policy, (THEIRS, OURS))]

    def _logs(self, arn: str) -> dict[str, tuple[str | None, str | None]]:
        answer = self.clients.elbv2.describe_load_balancer_attributes(LoadBalancerArn=arn)
        found = {attribute["Key"]: attribute["Value"] for attribute in answer["Attributes"]}
        return {
            kind: (found.get(f"{kind}.s3.bucket"), found.get(f"{kind}.s3.prefix"))
            for kind in ("access_logs", "connection_logs")
            if found.get(f"{kind}.s3.enabled") == "true"
        }

    def _policy(self, bucket: str) -> str:
        with suppress(ClientError):
            return self.clients.s3.get_bucket_policy(Bucket=bucket)["Policy"]
        return ""

    def remembered(self) -> list[str]:
        pages = self.clients.ssm.get_paginator("get_parameters_by_path").paginate(
            Path="/alb-loki/onboarding", Recursive=True
        )
        return [found["Name"] for page in pages for found in page["Parameters"]]

    def run(self, action: Action, wanted: Settings) -> None:
        """Run, and have no failure."""
        assert perform(action, wanted, self.clients, self.place).failures == []

    def run_badly(self, action: Action, wanted: Settings, broken: Callable[[Calls], None]) -> int:
        """Run as far as that is possible, and return the number of calls."""
        self.calls.forget()
        broken(self.calls)
        with suppress(ClientError, OnboardingError, CrashError):
            perform(action, wanted, self.clients, self.place)
        count = len(self.calls.operations)
        self.calls.heal()
        # What a crash has locked is free when its lease has ended.
        pages = self.clients.ssm.get_paginator("get_parameters_by_path").paginate(Path="/alb-loki/locks")
        for found in [found for page in pages for found in page["Parameters"]]:
            self.clients.ssm.delete_parameter(Name=found["Name"])
        return count


@pytest.fixture
def world() -> Iterator[World]:
    with mock_aws():
        yield World()


WANTED = settings(logs={"access": True, "connection": True}, bucket={"name": OURS})
MOVED = settings(logs={"access": True}, bucket={"name": OURS, "prefix": "new"}, force=True)


@pytest.mark.parametrize("broken", BREAKS)
def test_a_first_run(world: World, broken: Break) -> None:
    before = world.state()
    world.run(Action.CREATE, WANTED)
    goal = world.state()
    world.run(Action.DELETE, WANTED)

    for number in range(BREAKS.index(broken) + 1, MOST, len(BREAKS)):
        calls = world.run_badly(Action.CREATE, WANTED, partial(broken, number))
        if number % 2:
            world.run(Action.UPDATE, WANTED)
            assert world.state() == goal, f"call {number}"
        world.run(Action.DELETE, WANTED)
        assert world.state() == before, f"call {number}"
        assert world.remembered() == []
        if number > calls:
            break
    assert 20 < number < MOST


@pytest.mark.parametrize("broken", BREAKS)
def test_a_deletion(world: World, broken: Break) -> None:
    before = world.state()

    for number in range(BREAKS.index(broken) + 1, MOST, len(BREAKS)):
        world.run(Action.CREATE, WANTED)
        calls = world.run_badly(Action.DELETE, WANTED, partial(broken, number))
        world.run(Action.DELETE, WANTED)
        assert world.state() == before, f"call {number}"
        assert world.remembered() == []
        if number > calls:
            break
    assert 20 < number < MOST


@pytest.mark.parametrize("broken", BREAKS)
def test_a_move(world: World, broken: Break) -> None:
    before = world.state()

    for number in range(BREAKS.index(broken) + 1, MOST, len(BREAKS)):
        world.run(Action.CREATE, WANTED)
        calls = world.run_badly(Action.UPDATE, MOVED, partial(broken, number))
        if number % 2:
            world.run(Action.UPDATE, MOVED)
            assert world.state()[:2] == [{"access_logs": (OURS, "new")}] * 2, f"call {number}"
        world.run(Action.DELETE, MOVED)
        assert world.state() == before, f"call {number}"
        assert world.remembered() == []
        if number > calls:
            break
    assert 20 < number < MOST
