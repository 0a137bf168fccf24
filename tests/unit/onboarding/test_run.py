"""Whole runs, in memory, where others do something meanwhile or the end is another than usual."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from botocore.exceptions import ClientError

from onboarding.action import Action
from onboarding.report import Entry, Outcome, Report
from onboarding.settings import OnDestroy, Selection, Settings
from tests.onboarding.account import logging_to, settings
from tests.onboarding.world import OURS, THEIRS, World

WANTED: Settings = settings(bucket={"name": OURS})


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
    return replace(WANTED, selection=Selection(names=names), on_destroy=OnDestroy.KEEP)


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


def test_what_a_faster_run_has_saved_stays(world: World) -> None:
    """Both move the load balancer on, and the other one is done before this one saves."""
    world.run(Action.CREATE, WANTED)
    before = world.state()
    first, second = (settings(bucket={"name": OURS, "prefix": prefix}) for prefix in ("first", "second"))
    began: list[str] = []

    def meanwhile(_number: int, operation: str) -> None:
        # This run has read the last load balancer.
        began.append(operation)
        if began.count("DescribeLoadBalancerAttributes") == len(world.arns):
            world.calls.after = lambda _number, _operation: None
            world.run(Action.UPDATE, second)

    world.calls.after = meanwhile
    world.try_to(Action.UPDATE, first)
    # The other run's setting arrives last.
    world.clients.elbv2.modify_load_balancer_attributes(
        LoadBalancerArn=world.arns[0],
        Attributes=[{"Key": key, "Value": value} for key, value in logging_to(OURS, "second").items()],
    )

    world.run(Action.DELETE, WANTED)
    assert world.state()[0] == {} != before[0]


def test_a_kind_that_is_given_up_is_put_back_also_when_its_bucket_has_gone(world: World) -> None:
    """Elastic Load Balancing refuses the whole call for a bucket that is not there."""
    gone = {"connection_logs.s3.enabled": "false", "connection_logs.s3.bucket": "gone"}
    arn = world.load_balancer("more", gone)
    world.run(Action.CREATE, settings(logs={"access": True, "connection": True}, bucket={"name": OURS}))

    def refuse(params: Any, **_: Any) -> None:
        if {"Key": "connection_logs.s3.bucket", "Value": "gone"} in params["Attributes"]:
            raise ClientError({"Error": {"Code": "ValidationError"}}, "ModifyLoadBalancerAttributes")

    world.clients.elbv2.meta.events.register(
        "provide-client-params.elastic-load-balancing-v2.ModifyLoadBalancerAttributes", refuse
    )
    world.run(Action.UPDATE, settings(bucket={"name": OURS, "prefix": "new"}))

    assert world.logs(arn) == {"access_logs": (OURS, "new")}


@pytest.mark.parametrize("text", ["{}", "no JSON", '{"arn": "x", "changes": [], "uses": []}'])
def test_a_record_that_cannot_be_read_fails_for_its_load_balancer_alone(world: World, text: str) -> None:
    world.run(Action.CREATE, WANTED)
    name = next(name for name in world.remembered() if "/load-balancers/off/" in name)
    good = world.clients.ssm.get_parameter(Name=name)["Parameter"]["Value"]
    world.clients.ssm.put_parameter(Name=name, Value=text, Overwrite=True)

    updated = world.try_to(Action.UPDATE, WANTED)
    given_up = world.try_to(Action.UPDATE, settings(selection={"names": ["logs"]}, bucket={"name": OURS}))
    deleted = world.try_to(Action.DELETE, WANTED)

    assert outcomes(updated) == {"logs": Outcome.UNCHANGED, "off": Outcome.FAILED}
    assert outcomes(given_up) == {"logs": Outcome.UNCHANGED, "off": Outcome.FAILED}
    assert outcomes(deleted) == {"logs": Outcome.UNCHANGED, "off": Outcome.FAILED}
    for report in (updated, given_up, deleted):
        assert any(name in failure and "last good version" in failure for failure in report.failures)
    assert world.logs(world.arns[0]) == {"access_logs": (OURS, "")}
    assert "DeliverLogs" in world.policy(OURS)

    world.clients.ssm.put_parameter(Name=name, Value=good, Overwrite=True)
    world.run(Action.DELETE, WANTED)
    assert world.remembered() == []


def test_who_misses_a_bucket_of_others_is_not_told_that_the_onboarding_could_make_it(world: World) -> None:
    world.clients.s3.delete_bucket(Bucket=THEIRS)
    wanted = settings(bucket={"name": "nowhere", "create": False})

    buckets = {entry.name: entry.why for entry in world.try_to(Action.CREATE, wanted).buckets}

    assert "bucket.create = true" in buckets["nowhere"]
    assert "bucket.create" not in buckets[THEIRS]
    assert "set force" in buckets[THEIRS]
