"""Whole runs, in memory, where others do something meanwhile or the end is another than usual."""

from __future__ import annotations

from onboarding.action import Action
from onboarding.report import Outcome, Report
from onboarding.settings import Settings
from tests.onboarding.account import logging_to, settings
from tests.onboarding.world import OURS, THEIRS, World

WANTED = settings(bucket={"name": OURS})


def outcomes(report: Report) -> dict[str, Outcome]:
    return {entry.name: entry.outcome for entry in report.load_balancers}


def test_one_that_is_onboarded_after_the_listing_is_not_taken_for_deleted(world: World) -> None:
    """EventBridge's run, between two calls of this one."""
    world.run(Action.CREATE, WANTED)
    made: list[str] = []

    def meanwhile(_number: int, operation: str) -> None:
        if operation == "DescribeLoadBalancers" and not made:
            made.append(world.load_balancer("new", logging_to(THEIRS, "new")))
            world.try_to(Action.CREATED, WANTED, only=made)

    world.calls.after = meanwhile
    report = world.run(Action.UPDATE, WANTED)

    assert Outcome.GONE not in outcomes(report).values()
    assert any("/load-balancers/new/" in name for name in world.remembered())
    assert "/new/AWSLogs/" in world.policy(THEIRS)


def keeping(*names: str) -> Settings:
    return settings(selection={"names": names}, bucket={"name": OURS}, on_destroy="keep")


def test_with_keep_the_logs_of_one_that_is_given_up_go_on(world: World) -> None:
    world.load_balancer("more", logging_to(THEIRS, "b"))
    world.run(Action.CREATE, keeping("logs", "more"))

    world.run(Action.UPDATE, keeping("more"))
    assert "/a/AWSLogs/" in world.policy(THEIRS)
    world.run(Action.UPDATE, keeping("off"))
    assert "/a/AWSLogs/" in world.policy(THEIRS)
    world.run(Action.UPDATE, keeping("more"))
    assert "/a/AWSLogs/" in world.policy(THEIRS)
    world.run(Action.DELETE, keeping("more"))
    assert "/a/AWSLogs/" in world.policy(THEIRS)
    assert world.remembered() == []
