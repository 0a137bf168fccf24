"""Whole runs, in memory, where others do something meanwhile or the end is another than usual."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onboarding.action import Action
from onboarding.report import Entry, Outcome, Report
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


def foretold(world: World, action: Action, wanted: Settings, bucket: str = THEIRS) -> Entry:
    """What a dry run says of a bucket."""
    report = world.try_to(action, replace(wanted, dry_run=True))
    assert report.failures == []
    return next(entry for entry in report.buckets if entry.name == bucket)


TOPIC = "arn:aws:sns:eu-west-1:123456789012:logs"


@pytest.mark.parametrize(
    ("topic_arn", "outcome", "done"),
    [
        ("", Outcome.UNCHANGED, ""),
        (TOPIC, Outcome.WOULD_CHANGE, "notification rules to the topic: taken out"),
    ],
)
def test_a_dry_run_says_what_stays_with_keep(
    world: World, topic_arn: str, outcome: Outcome, done: str
) -> None:
    world.run(Action.CREATE, keeping("logs"))
    wanted = replace(keeping("logs"), topic_arn=topic_arn)

    entry = foretold(world, Action.DELETE, wanted)

    assert entry.outcome is outcome
    assert done in " ".join(entry.done)
    assert "statements" not in " ".join(entry.done)
    assert entry.decided == "its policy and the hub's notification rules stay, as on_destroy says"


def test_a_dry_run_of_an_update_with_keep_changes_nothing_for_one_that_is_given_up(world: World) -> None:
    world.run(Action.CREATE, keeping("logs", "off"))

    assert foretold(world, Action.UPDATE, keeping("off")).outcome is Outcome.UNCHANGED


def test_a_dry_run_of_an_update_says_which_prefixes_go(world: World) -> None:
    world.load_balancer("more", logging_to(THEIRS, "b"))
    world.run(Action.CREATE, WANTED)
    fewer = settings(selection={"names": ["more"]}, bucket={"name": OURS})

    entry = foretold(world, Action.UPDATE, fewer)

    assert entry.outcome is Outcome.WOULD_CHANGE
    assert entry.done == ["changed the statement AlbOnboardingDeliverLogs of its policy"]
    world.run(Action.UPDATE, fewer)
    assert foretold(world, Action.UPDATE, fewer).outcome is Outcome.UNCHANGED


def test_a_dry_run_of_a_move_within_a_bucket_says_it_once(world: World) -> None:
    world.run(Action.CREATE, WANTED)
    moved = settings(bucket={"name": OURS, "prefix": "new"}, selection={"names": ["off"]})

    assert foretold(world, Action.UPDATE, moved, OURS).done == [
        "changed the statement AlbOnboardingDeliverLogs of its policy"
    ]
