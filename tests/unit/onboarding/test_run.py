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


@pytest.mark.parametrize("last", list(OnDestroy))
def test_what_keep_has_left_to_others_outlives_the_next_onboarding_of_the_name(
    world: World, last: OnDestroy
) -> None:
    world.load_balancer("more", logging_to(THEIRS, "b"))
    world.run(Action.CREATE, keeping("logs", "more"))
    world.run(Action.DELETE, keeping("logs", "more"))
    left = world.policy(THEIRS)
    again = replace(keeping("more"), on_destroy=last)

    created = world.run(Action.CREATE, again)
    assert world.policy(THEIRS) == left
    entry = done_to(created, THEIRS)
    assert any("taken over" in one and "a/AWSLogs/" in one for one in entry.found)
    world.run(Action.UPDATE, again)
    assert world.policy(THEIRS) == left
    world.run(Action.UPDATE, replace(again, selection=Selection(names=("off",))))
    assert world.policy(THEIRS) == left
    world.run(Action.DELETE, again)
    assert world.policy(THEIRS) == left
    assert world.remembered() == []


def foretold(world: World, action: Action, wanted: Settings, bucket: str = THEIRS) -> Entry:
    """What a dry run says of a bucket."""
    report = world.try_to(action, replace(wanted, dry_run=True))
    assert report.failures == []
    return done_to(report, bucket)


def done_to(report: Report, bucket: str) -> Entry:
    """What a run says of a bucket."""
    return next(entry for entry in report.buckets if entry.name == bucket)


@pytest.mark.parametrize("has_topic", [False, True])
def test_a_dry_run_says_what_stays_with_keep(world: World, has_topic: bool) -> None:
    topic_arn = world.topic() if has_topic else ""
    wanted = replace(keeping("logs"), topic_arn=topic_arn, owns_topic=True)
    world.run(Action.CREATE, wanted)

    entry = foretold(world, Action.DELETE, wanted)

    assert entry.outcome is (Outcome.WOULD_CHANGE if has_topic else Outcome.UNCHANGED)
    assert [done.partition(" alb-")[0] for done in entry.done] == [
        "removed the notification rule"
    ] * has_topic
    assert entry.decided == "its policy and the hub's notification rules stay, as on_destroy says"
    assert entry.done == done_to(world.run(Action.DELETE, wanted), THEIRS).done


@pytest.mark.parametrize("on_destroy", list(OnDestroy))
@pytest.mark.parametrize("action", [Action.UPDATE, Action.DELETE])
def test_a_dry_run_forgets_a_bucket_that_was_deleted(
    world: World, action: Action, on_destroy: OnDestroy
) -> None:
    world.run(Action.CREATE, keeping("logs"))
    world.clients.s3.delete_bucket(Bucket=THEIRS)
    wanted = replace(keeping("off"), on_destroy=on_destroy)

    entry = foretold(world, action, wanted)

    assert (entry.outcome, entry.done) == (Outcome.GONE, [])
    assert entry == done_to(world.run(action, wanted), THEIRS)


def test_a_dry_run_says_what_is_taken_out_in_the_end(world: World) -> None:
    world.run(Action.CREATE, WANTED)

    entry = foretold(world, Action.DELETE, WANTED)

    assert entry.outcome is Outcome.WOULD_CHANGE
    assert entry.done == ["took the statement AlbOnboardingDeliverLogs out of its policy"]
    assert entry.done == done_to(world.run(Action.DELETE, WANTED), THEIRS).done


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


def know_not(world: World, *kinds: str, how: str = "recognized", code: str = "ValidationError") -> None:
    """Let AWS be that of a region that does not have some kinds of logs, and refuses the whole call for them."""

    def refuse(params: Any, **_: Any) -> None:
        for key in [attribute["Key"] for attribute in params["Attributes"]]:
            if key.partition(".")[0] in kinds:
                message = f"Load balancer attribute key '{key}' is not {how}"
                raise ClientError({"Error": {"Code": code, "Message": message}}, "Modify")

    world.clients.elbv2.meta.events.register(
        "provide-client-params.elastic-load-balancing-v2.ModifyLoadBalancerAttributes", refuse
    )


ALL_KINDS = {"access": True, "connection": True, "health_check": True}


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ("recognized", "ValidationError"),
        ("supported on load balancers with type 'application'", "InvalidConfigurationRequest"),
    ],
)
def test_a_kind_that_the_region_does_not_know_keeps_no_other_from_being_set(
    world: World, how: str, code: str
) -> None:
    before = world.state()
    know_not(world, "health_check_logs", how=how, code=code)

    report = world.try_to(Action.CREATE, settings(logs=ALL_KINDS, bucket={"name": OURS}))

    assert outcomes(report) == {"logs": Outcome.FAILED, "off": Outcome.FAILED}
    assert all("health_check_logs.s3.enabled in eu-west-1" in failure for failure in report.failures)
    assert all("Leave logs.health_check off" in failure for failure in report.failures)
    assert [entry.done for entry in report.load_balancers] == [
        ["connection logs: off → s3://theirs/a"],
        ["access logs: off → s3://ours", "connection logs: off → s3://ours"],
    ]
    assert world.logs(world.arns[0]) == {"access_logs": (OURS, ""), "connection_logs": (OURS, "")}
    assert not [text for text in world.records() if "health_check" in text]

    two = settings(logs={"access": True, "connection": True}, bucket={"name": OURS})
    assert outcomes(world.run(Action.UPDATE, two)) == {"logs": Outcome.UNCHANGED, "off": Outcome.UNCHANGED}
    world.run(Action.DELETE, two)
    assert world.state() == before


def test_where_no_kind_that_is_wanted_is_known_nothing_is_set(world: World) -> None:
    know_not(world, "connection_logs", "health_check_logs")
    wanted = settings(logs={"access": False, "connection": True, "health_check": True}, bucket={"name": OURS})

    report = world.try_to(Action.CREATE, wanted)

    assert [entry.done for entry in report.load_balancers] == [[], []]
    assert "connection_logs.s3.enabled and health_check_logs.s3.enabled" in report.failures[0]
    assert "Leave logs.connection and logs.health_check off" in report.failures[0]
    assert not [text for text in world.records() if "_logs" in text]


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
