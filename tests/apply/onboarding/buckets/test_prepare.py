"""A bucket gets ready for logs, beside what others have there."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from onboarding.report import Outcome
from onboarding.settings import Hub
from tests.apply.onboarding.buckets.rig import (
    HUB_ROLE,
    OTHERS_STATEMENT,
    READER,
    CrashError,
    Rig,
    crash,
    document,
    need,
)

OURS = ["AlbOnboardingDeliverLogs", "AlbOnboardingHubReadsLogs"]
NO_PREFIX_RULE = "alb-onboarding-e3b0c442"


def test_what_others_have_there_stays_and_ours_comes_after_it(rig: Rig) -> None:
    bucket = rig.bucket(document(OTHERS_STATEMENT))
    rig.tell(bucket, rig.queue(), Filter={"Key": {"FilterRules": [{"Name": "prefix", "Value": "reports/"}]}})
    before = rig.notifications(bucket)["QueueConfigurations"]

    entry = rig.buckets().prepare(need(bucket))

    policy = rig.policy(bucket)
    assert policy
    assert (policy["Id"], policy["Statement"][0]) == ("of others", OTHERS_STATEMENT)
    assert rig.sids(bucket) == ["Others", *OURS]
    rules = rig.notifications(bucket)["QueueConfigurations"]
    assert rules[:1] == before
    assert rules[1] == {
        "Id": NO_PREFIX_RULE,
        "QueueArn": rig.queue_arn,
        "Events": ["s3:ObjectCreated:*"],
        "Filter": {
            "Key": {
                "FilterRules": [
                    {"Name": "Prefix", "Value": f"AWSLogs/{rig.account_id}/elasticloadbalancing/"}
                ]
            }
        },
    }
    assert entry.outcome is Outcome.CHANGED
    assert entry.found == ["1 statement and 1 notification rule of others"]
    assert entry.decided == (
        f"logs are delivered to AWSLogs/{rig.account_id}/elasticloadbalancing/, the hub can read them, "
        f"and {rig.queue_arn} is told of new ones"
    )
    assert entry.done == [
        *(f"added the statement {sid} to its policy" for sid in OURS),
        f"added the notification rule {NO_PREFIX_RULE} to {rig.queue_arn}",
    ]


def test_a_second_time_changes_nothing(rig: Rig) -> None:
    bucket = rig.bucket(document(OTHERS_STATEMENT))
    rig.buckets().prepare(need(bucket))
    writes: list[str] = []
    for client in (rig.clients.s3, rig.clients.ssm):
        client.meta.events.register(
            "before-call", lambda model, **_: writes.append(model.name) if "Put" in model.name else None
        )

    entry = rig.buckets().prepare(need(bucket))

    assert (entry.outcome, entry.done) == (Outcome.UNCHANGED, [])
    # The lock is taken and set free.
    assert writes == ["PutParameter", "PutParameter"]


def test_looking_changes_nothing_and_says_what_getting_ready_does(rig: Rig) -> None:
    bucket = rig.bucket(document(OTHERS_STATEMENT))

    looked = rig.buckets().examine(need(bucket))
    assert rig.sids(bucket) == ["Others"]
    assert (rig.notifications(bucket), rig.parameters()) == ({}, {})
    prepared = rig.buckets().prepare(need(bucket))

    assert looked.outcome is Outcome.WOULD_CHANGE
    assert (looked.found, looked.decided, looked.done) == (prepared.found, prepared.decided, prepared.done)
    assert rig.buckets().examine(need(bucket)).outcome is Outcome.UNCHANGED


def test_prefixes_add_up(rig: Rig) -> None:
    bucket = rig.bucket()
    rig.buckets().prepare(need(bucket, ""))

    entry = rig.buckets().prepare(need(bucket, "shop"))

    deliver = (rig.policy(bucket) or {})["Statement"][0]
    folder = f"arn:aws:s3:::{bucket}/{{}}AWSLogs/{rig.account_id}/*"
    assert deliver["Resource"] == [folder.format(""), folder.format("shop/")]
    assert len(rig.rule_ids(bucket)) == 2
    assert "changed the statement AlbOnboardingDeliverLogs of its policy" in entry.done


def test_prefixes_that_are_not_in_use_any_more_go(rig: Rig) -> None:
    bucket = rig.bucket()
    rig.buckets().prepare(need(bucket, "shop", "blog", "new"))

    # "new" was made by a run for a load balancer that has just been made.
    entry = rig.buckets().prepare(need(bucket, "shop"), lambda: frozenset({"shop", "new"}))

    deliver = (rig.policy(bucket) or {})["Statement"][0]
    assert [arn.split("/")[1] for arn in deliver["Resource"]] == ["new", "shop"]
    assert len(rig.rule_ids(bucket)) == 2
    assert [done for done in entry.done if done.startswith("removed the notification rule")]
    (name,) = rig.records()
    assert json.loads(rig.parameters()[name])["prefixes"].keys() == {"new", "shop"}


@pytest.mark.parametrize(
    ("changes", "sids", "lists"),
    [
        (
            {"hub": None},
            ["AlbOnboardingDeliverLogs", "AlbOnboardingReadersList", "AlbOnboardingReadersRead"],
            set(),
        ),
        (
            {"reader_arns": ()},
            ["AlbOnboardingDeliverLogs", "AlbOnboardingHubReadsLogs"],
            {"QueueConfigurations"},
        ),
    ],
)
def test_what_is_not_wanted_any_more_goes(
    rig: Rig, changes: dict[str, Any], sids: list[str], lists: set[str]
) -> None:
    bucket = rig.bucket()
    settings = rig.settings(reader_arns=(READER,))
    rig.buckets(settings).prepare(need(bucket))

    rig.buckets(replace(settings, **changes)).prepare(need(bucket))

    assert rig.sids(bucket) == sids
    assert {key for key, rules in rig.notifications(bucket).items() if rules} == lists


def test_the_rule_goes_to_the_topic_if_there_is_one_and_back_to_the_hub(rig: Rig) -> None:
    bucket = rig.bucket()
    topic = rig.topic()
    rig.buckets().prepare(need(bucket))

    rig.buckets(rig.settings(topic_arn=topic)).prepare(need(bucket))
    (moved,) = rig.notifications(bucket)["TopicConfigurations"]
    assert (moved["Id"], moved["TopicArn"]) == (NO_PREFIX_RULE, topic)
    assert not rig.notifications(bucket).get("QueueConfigurations")

    rig.buckets().prepare(need(bucket))
    assert rig.notifications(bucket)["QueueConfigurations"][0]["QueueArn"] == rig.queue_arn
    assert not rig.notifications(bucket).get("TopicConfigurations")


def test_delivery_to_eventbridge_stays(rig: Rig) -> None:
    bucket = rig.bucket()
    rig.aws.s3.put_bucket_notification_configuration(
        Bucket=bucket, NotificationConfiguration={"EventBridgeConfiguration": {}}
    )

    rig.buckets().prepare(need(bucket))

    assert rig.notifications(bucket)["EventBridgeConfiguration"] == {}
    assert rig.notifications(bucket)["QueueConfigurations"]


def test_somebody_s_change_of_our_statement_is_put_right(rig: Rig) -> None:
    bucket = rig.bucket()
    rig.buckets().prepare(need(bucket))
    policy = rig.policy(bucket)
    assert policy
    policy["Statement"][1]["Principal"] = "*"
    rig.aws.s3.put_bucket_policy(Bucket=bucket, Policy=json.dumps(policy))

    entry = rig.buckets().prepare(need(bucket))

    assert (rig.policy(bucket) or {})["Statement"][1]["Principal"] == {"AWS": HUB_ROLE}
    assert entry.done == ["changed the statement AlbOnboardingHubReadsLogs of its policy"]


def test_a_rule_of_others_that_tells_the_hub_already_is_enough(rig: Rig) -> None:
    bucket = rig.bucket()
    rig.tell(bucket, rig.queue_arn)

    entry = rig.buckets().prepare(need(bucket))

    assert rig.rule_ids(bucket) == ["others"]
    assert entry.found[1] == (
        f"the notification rule others (s3:ObjectCreated:* of all keys to {rig.queue_arn}) tells already what "
        f"{NO_PREFIX_RULE} would tell, so that it is not added"
    )
    rig.buckets().withdraw(bucket, lambda: frozenset())
    assert rig.rule_ids(bucket) == ["others"]


def test_a_crash_between_writes_leaves_a_record_that_knows_all_of_it(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    bucket = rig.bucket()
    rig.buckets().prepare(need(bucket))
    moved = rig.settings(hub=Hub("arn:aws:iam::111111111111:role/other", queue_arn=rig.queue()))
    with monkeypatch.context() as patch:
        patch.setattr(rig.clients.s3, "put_bucket_notification_configuration", crash)
        with pytest.raises(CrashError):
            rig.buckets(moved).prepare(need(bucket))

    # The new statement and the old rule are there: both are ours.
    rig.buckets(moved).withdraw(bucket, lambda: frozenset())

    assert rig.policy(bucket) is None
    assert rig.rule_ids(bucket) == []
    assert rig.parameters() == {}


def test_what_somebody_without_the_lock_overwrites_is_written_again(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    bucket = rig.bucket()
    put = rig.clients.s3.put_bucket_policy
    intruders = [document(OTHERS_STATEMENT | {"Sid": "Intruder"})]

    def overwritten(**request: Any) -> None:
        put(**request)
        if intruders:
            rig.aws.s3.put_bucket_policy(Bucket=bucket, Policy=json.dumps(intruders.pop()))

    monkeypatch.setattr(rig.clients.s3, "put_bucket_policy", overwritten)

    rig.buckets().prepare(need(bucket))

    assert rig.sids(bucket) == ["Intruder", *OURS]


def test_it_gives_up_when_somebody_overwrites_it_again_and_again(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    bucket = rig.bucket()
    put = rig.clients.s3.put_bucket_policy
    monkeypatch.setattr("time.sleep", lambda _: None)

    def overwritten(**request: Any) -> None:
        put(**request)
        rig.aws.s3.put_bucket_policy(Bucket=bucket, Policy=json.dumps(document(OTHERS_STATEMENT)))

    monkeypatch.setattr(rig.clients.s3, "put_bucket_policy", overwritten)

    with pytest.raises(Exception, match="somebody else writes them too"):
        rig.buckets().prepare(need(bucket))
