"""Whatever single call fails, running again finishes the work, and deleting takes all of it back."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

import pytest
from botocore.exceptions import ClientError

from onboarding.action import Action
from onboarding.errors import OnboardingError
from onboarding.run import perform
from onboarding.settings import Settings
from tests.onboarding.account import OnboardingAccount, logging_to, settings
from tests.onboarding.calls import Calls, CrashError, crashes, fails_once

# More than a run makes: the loops end by themselves.
MOST = 300

Break = Callable[[int, Calls], None]
"""Lets the call of a number end badly."""


def break_before(number: int, calls: Calls) -> None:
    calls.before = fails_once(number)


def crash_before(number: int, calls: Calls) -> None:
    calls.before = crashes(number)


def crash_after(number: int, calls: Calls) -> None:
    """The call of this number is done, and nobody knows."""
    calls.after = crashes(number)
    calls.before = crashes(number + 1)


BREAKS: list[Break] = [break_before, crash_before, crash_after]


class World:
    """An account with one load balancer that does not log, one that logs, and one bucket of others."""

    def __init__(self, account: OnboardingAccount) -> None:
        self.account = account
        self.theirs = account.bucket(f"theirs-{account.id}")
        self.off = account.load_balancer("off")
        self.logs = account.load_balancer("logs", attributes=logging_to(self.theirs, "a"))

    def state(self) -> Any:
        """All that others see, but for which bucket is named by logs that are off."""
        attributes = [
            {
                kind: (found.get(f"{kind}.s3.bucket"), found.get(f"{kind}.s3.prefix"))
                for kind in ("access_logs", "connection_logs")
                if found.get(f"{kind}.s3.enabled") == "true"
            }
            for found in map(self.account.attributes, (self.off, self.logs))
        ]
        return attributes, self.policy(self.theirs)

    def policy(self, bucket: str) -> str:
        try:
            return self.account.aws.s3.get_bucket_policy(Bucket=bucket)["Policy"]
        except ClientError:
            return ""

    def run(self, action: Action, wanted: Settings, break_at: Callable[[Calls], None] | None = None) -> int:
        """Run, and return the number of calls; what breaks is as it may."""
        clients, calls = self.account.clients()
        if break_at is None:
            report = perform(action, wanted, clients, self.account.place)
            assert report.failures == []
            return len(calls.operations)
        break_at(calls)
        with suppress(ClientError, OnboardingError, CrashError):
            perform(action, wanted, clients, self.account.place)
        self.free_locks()
        return len(calls.operations)

    def free_locks(self) -> None:
        """What a run that has ended badly holds is free after a minute."""
        for name in self.account.parameters():
            if "/locks/" in name:
                self.account.aws.ssm.delete_parameter(Name=name)


@pytest.mark.parametrize("broken", BREAKS)
def test_a_first_run_that_breaks_is_finished_by_the_next_and_taken_back(
    account: OnboardingAccount, broken: Break
) -> None:
    world = World(account)
    wanted = settings(logs={"access": True, "connection": True})
    before = world.state()
    world.run(Action.CREATE, wanted)
    goal = world.state()
    world.run(Action.DELETE, wanted)
    assert world.state() == before

    for number in range(1, MOST):
        calls = world.run(Action.CREATE, wanted, partial(broken, number))
        if number % 2:
            world.run(Action.UPDATE, wanted)
            assert world.state() == goal, f"call {number}"
        world.run(Action.DELETE, wanted)
        assert world.state() == before, f"call {number}"
        assert [name for name in account.parameters() if "/onboarding/" in name] == []
        if number > calls:
            break


@pytest.mark.parametrize("broken", BREAKS)
def test_a_deletion_that_breaks_is_finished_by_the_next(account: OnboardingAccount, broken: Break) -> None:
    world = World(account)
    wanted = settings(logs={"access": True, "connection": True})
    before = world.state()

    for number in range(1, MOST):
        world.run(Action.CREATE, wanted)
        calls = world.run(Action.DELETE, wanted, partial(broken, number))
        world.run(Action.DELETE, wanted)
        assert world.state() == before, f"call {number}"
        if number > calls:
            break


@pytest.mark.parametrize("broken", BREAKS)
def test_a_move_that_breaks_is_finished_by_the_next(account: OnboardingAccount, broken: Break) -> None:
    world = World(account)
    first, second = settings(), settings(bucket={"prefix": "new"}, force=True)
    before = world.state()

    for number in range(1, MOST):
        world.run(Action.CREATE, first)
        calls = world.run(Action.UPDATE, second, partial(broken, number))
        if number % 2:
            world.run(Action.UPDATE, second)
            assert {bucket for found in world.state()[0] for bucket in found.values()} == {
                (f"alb-onboarding-{account.id}-{account.place.region}", "new")
            }
        world.run(Action.DELETE, second)
        assert world.state() == before, f"call {number}"
        if number > calls:
            break
