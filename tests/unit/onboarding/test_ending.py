"""The end of an onboarding, in memory: what stays, what goes, and what is said of it before."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from botocore.exceptions import ClientError

from onboarding.action import Action
from onboarding.report import Entry, Outcome
from onboarding.settings import OnDestroy, Settings
from tests.onboarding.account import logging_to, settings
from tests.onboarding.calls import refuses
from tests.onboarding.world import OURS, THEIRS, World

READER = "arn:aws:iam::333333333333:root"
# What a command line or a broken event says in the end: the name, and what becomes of things.
BARE: Settings = settings()


@pytest.fixture
def topic(world: World) -> str:
    return world.client("sns").create_topic(Name="logs")["TopicArn"]  # type: ignore[no-any-return]


@pytest.fixture
def queue(world: World) -> str:
    sqs = world.client("sqs")
    url = sqs.create_queue(QueueName="hub")["QueueUrl"]
    attributes = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]
    return attributes["QueueArn"]  # type: ignore[no-any-return]


def wanted(queue: str = "", **members: Any) -> Settings:
    hub = {"role_arn": "arn:aws:iam::111111111111:role/hub", "queue_arn": queue, "function_arn": ""}
    given = {"readers": {"arns": [READER]}, "hub": hub if queue else None, "bucket": {"name": OURS}}
    return settings(**{**given, **members})  # type: ignore[no-any-return]


def keys(world: World, bucket: str) -> dict[str, list[str]]:
    """The resources of each statement that a bucket's policy has."""
    statements = json.loads(world.policy(bucket) or '{"Statement": []}')["Statement"]
    return {found["Sid"].removeprefix("AlbOnboarding"): sorted(found["Resource"]) for found in statements}


def rules(world: World, bucket: str) -> dict[str, Sequence[Any]]:
    """The bucket's notification rules."""
    found: Any = world.clients.s3.get_bucket_notification_configuration(Bucket=bucket)
    return {member: rules for member, rules in found.items() if member != "ResponseMetadata"}


def entry(entries: Sequence[Entry], name: str) -> Entry:
    return next(found for found in entries if found.name == name)


class TestWhatCouldNotBeGivenBack:
    """One load balancer of two fails: its bucket serves it until the deletion is repeated."""

    @pytest.fixture
    def stuck(self, world: World, queue: str) -> World:
        world.run(Action.CREATE, wanted(queue))
        world.calls.before = refuses("ModifyLoadBalancerAttributes", "InternalFailure", times=1)
        return world

    def test_is_served_as_before_whatever_the_last_settings_say(self, stuck: World) -> None:
        before = (stuck.policy(OURS), rules(stuck, OURS))
        assert set(keys(stuck, OURS)) == {"DeliverLogs", "HubReadsLogs", "ReadersList", "ReadersRead"}

        report = stuck.try_to(Action.DELETE, BARE)

        assert (stuck.policy(OURS), rules(stuck, OURS)) == before
        assert [failure.partition(":")[0] for failure in report.failures] == ["off"]
        kept = entry(report.buckets, OURS)
        assert (kept.outcome, kept.done) == (Outcome.UNCHANGED, [])
        assert kept.decided == "what is there for load balancers that still log to it stays"
        assert "Running again takes out the rest." in kept.why
        assert stuck.policy(THEIRS) == ""

        stuck.run(Action.DELETE, BARE)
        assert (stuck.policy(OURS), rules(stuck, OURS), stuck.remembered()) == ("", {}, [])

    def test_says_so_in_a_dry_run(self, stuck: World) -> None:
        stuck.calls.before = refuses("DescribeLoadBalancerAttributes", "InternalFailure", times=2)
        report = stuck.try_to(Action.DELETE, replace(BARE, dry_run=True))
        assert {found.outcome for found in report.buckets} == {Outcome.UNCHANGED}

    def test_has_a_bucket_that_is_gone_forgotten(self, stuck: World) -> None:
        stuck.clients.s3.delete_bucket(Bucket=OURS)
        report = stuck.try_to(Action.DELETE, BARE)
        assert entry(report.buckets, OURS).outcome is Outcome.GONE
        assert [failure.partition(":")[0] for failure in report.failures] == ["off"]
        stuck.run(Action.DELETE, BARE)
        assert stuck.remembered() == []


class TestOneBucketOfSeveralPrefixes:
    """One load balancer below `b` fails; the one below `a` is given back."""

    @pytest.fixture
    def stuck(self, world: World, queue: str) -> World:
        world.run(Action.CREATE, wanted(queue, bucket={"name": OURS, "prefix": "b"}))
        arn = world.load_balancer("more", logging_to(OURS, "a"))
        world.run(Action.UPDATE, wanted(queue, bucket={"name": OURS, "prefix": "b"}))
        assert len(rules(world, OURS)["QueueConfigurations"]) == 2
        world.clients.elbv2.delete_load_balancer(LoadBalancerArn=arn)
        world.calls.before = refuses("ModifyLoadBalancerAttributes", "InternalFailure", times=1)
        return world

    def test_the_other_prefix_is_taken_out(self, stuck: World) -> None:
        report = stuck.try_to(Action.DELETE, BARE)

        account = stuck.place.account_id
        logs = [f"arn:aws:s3:::{OURS}/b/AWSLogs/{account}/elasticloadbalancing/*"]
        assert keys(stuck, OURS) == {
            "DeliverLogs": [f"arn:aws:s3:::{OURS}/b/AWSLogs/{account}/*"],
            "HubReadsLogs": logs,
            "ReadersList": [f"arn:aws:s3:::{OURS}"],
            "ReadersRead": logs,
        }
        assert len(rules(stuck, OURS)["QueueConfigurations"]) == 1
        assert entry(report.buckets, OURS).outcome is Outcome.CHANGED

        stuck.run(Action.DELETE, BARE)
        assert (stuck.policy(OURS), rules(stuck, OURS), stuck.remembered()) == ("", {}, [])

    def test_what_somebody_has_changed_does_not_become_the_onboarding_s(self, stuck: World) -> None:
        document = json.loads(stuck.policy(OURS))
        changed = next(found for found in document["Statement"] if found["Sid"].endswith("HubReadsLogs"))
        changed["Principal"] = {"AWS": READER}
        stuck.clients.s3.put_bucket_policy(Bucket=OURS, Policy=json.dumps(document))

        stuck.try_to(Action.DELETE, BARE)
        report = stuck.run(Action.DELETE, BARE)

        assert set(keys(stuck, OURS)) == {"HubReadsLogs"}
        assert entry(report.buckets, OURS).outcome is Outcome.LEFT_ALONE


@pytest.mark.parametrize(("owns_topic", "is_kept"), [(False, True), (True, False)])
@pytest.mark.parametrize("topic_arn", ["", "the topic"])
def test_with_keep_the_rules_to_a_topic_stay_unless_it_goes(
    world: World, topic: str, topic_arn: str, owns_topic: bool, is_kept: bool
) -> None:
    """The command line's is the user's, and stays; whatever topic is named in the end."""
    world.run(Action.CREATE, wanted(topic_arn=topic))
    before = (world.policy(OURS), rules(world, OURS))
    kept = replace(BARE, on_destroy=OnDestroy.KEEP, topic_arn=topic_arn and topic, owns_topic=owns_topic)

    foretold = entry(world.run(Action.DELETE, replace(kept, dry_run=True)).buckets, OURS)
    assert (world.policy(OURS), rules(world, OURS)) == before
    done = entry(world.run(Action.DELETE, kept).buckets, OURS)

    assert world.policy(OURS) == before[0]
    assert rules(world, OURS) == (before[1] if is_kept else {})
    assert foretold.done == done.done
    assert [foretold.outcome, done.outcome] == (
        [Outcome.UNCHANGED, Outcome.UNCHANGED] if is_kept else [Outcome.WOULD_CHANGE, Outcome.CHANGED]
    )
    assert foretold.decided == done.decided
    assert ("the hub's notification rules stay" in done.decided) is not is_kept


def test_what_an_earlier_onboarding_had_kept_stays_whatever_the_last_settings_say(
    world: World, queue: str
) -> None:
    world.run(Action.CREATE, wanted(queue))
    before = (world.policy(OURS), rules(world, OURS))
    world.run(Action.DELETE, replace(BARE, on_destroy=OnDestroy.KEEP))
    world.run(Action.CREATE, wanted(queue))

    done = entry(world.run(Action.DELETE, BARE).buckets, OURS)

    assert (world.policy(OURS), rules(world, OURS), world.remembered()) == (*before, [])
    assert (done.outcome, done.done) == (Outcome.UNCHANGED, [])


def test_a_dry_run_names_what_would_be_taken_out(world: World, queue: str) -> None:
    world.run(Action.CREATE, wanted(queue))

    foretold = world.run(Action.DELETE, replace(BARE, dry_run=True))
    done = world.run(Action.DELETE, BARE)

    for bucket in (OURS, THEIRS):
        assert entry(foretold.buckets, bucket).done == entry(done.buckets, bucket).done != []
        assert entry(foretold.buckets, bucket).outcome is Outcome.WOULD_CHANGE


class TestABucketThatDoesNotTakeLogsAnyMore:
    """Force has moved a load balancer from it, and it cannot be put back."""

    FORCED: Settings = settings(bucket={"name": OURS}, force=True)
    REFUSED = (
        "InvalidConfigurationRequest",
        f"Access Denied for bucket: {THEIRS}. Please check S3bucket permission",
    )

    @pytest.fixture
    def moved(self, world: World) -> World:
        world.run(Action.CREATE, self.FORCED)
        assert world.logs(world.arns[1]) == {"access_logs": (OURS, "")}
        return world

    def refuse(self, world: World, code: str, message: str) -> None:
        def fault(params: Any, **_: Any) -> None:
            if {"Key": "access_logs.s3.bucket", "Value": THEIRS} in params["Attributes"]:
                error = {"Error": {"Code": code, "Message": message}}
                raise ClientError(error, "ModifyLoadBalancerAttributes")  # type: ignore[arg-type]

        world.clients.elbv2.meta.events.register(
            "provide-client-params.elastic-load-balancing-v2.ModifyLoadBalancerAttributes", fault
        )

    def test_is_refused_with_the_ways_out(self, moved: World) -> None:
        self.refuse(moved, *self.REFUSED)

        report = moved.try_to(Action.DELETE, self.FORCED)

        logs = entry(report.load_balancers, "logs")
        assert logs.outcome is Outcome.REFUSED
        assert logs.why.startswith(
            f"It logged to s3://{THEIRS}/a before, and Elastic Load Balancing does not take that any more: Access "
            f"Denied for bucket: {THEIRS}. Please check S3bucket permission. Make the bucket again"
        )
        assert "on_destroy to keep" in logs.why
        assert moved.logs(moved.arns[1]) == {"access_logs": (OURS, "")}

    @pytest.mark.parametrize(
        "attributes", [{"access_logs.s3.enabled": "false"}, logging_to("elsewhere")], ids=["off", "elsewhere"]
    )
    def test_is_given_up_when_the_load_balancer_is_switched_by_hand(
        self, moved: World, attributes: dict[str, str]
    ) -> None:
        self.refuse(moved, *self.REFUSED)
        moved.clients.elbv2.modify_load_balancer_attributes(
            LoadBalancerArn=moved.arns[1],
            Attributes=[{"Key": key, "Value": value} for key, value in attributes.items()],
        )

        report = moved.run(Action.DELETE, self.FORCED)

        assert entry(report.load_balancers, "logs").outcome is Outcome.LEFT_ALONE
        assert moved.remembered() == []

    def test_is_no_trouble_with_keep(self, moved: World) -> None:
        self.refuse(moved, *self.REFUSED)
        moved.run(Action.DELETE, replace(self.FORCED, on_destroy=OnDestroy.KEEP))
        assert moved.remembered() == []

    def test_is_told_from_other_errors(self, moved: World) -> None:
        self.refuse(moved, "Throttling", "Rate exceeded")
        report = moved.try_to(Action.DELETE, self.FORCED)
        assert entry(report.load_balancers, "logs").outcome is Outcome.FAILED
        assert "rate of calls" in entry(report.load_balancers, "logs").why
