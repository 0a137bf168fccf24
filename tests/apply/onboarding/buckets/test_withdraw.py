"""What is ours is taken out of a bucket again, and nothing else."""

from __future__ import annotations

import json

import pytest

from onboarding.buckets.buckets import Buckets
from onboarding.report import Outcome
from onboarding.settings import OnDestroy
from tests.apply.onboarding.buckets.rig import (
    OTHERS_STATEMENT,
    READER,
    CrashError,
    Rig,
    crash,
    document,
    need,
)

NONE: frozenset[str] = frozenset()


def unused() -> frozenset[str]:
    return NONE


def test_what_others_have_there_is_as_before(rig: Rig) -> None:
    bucket = rig.bucket(document(OTHERS_STATEMENT))
    rig.tell(bucket, rig.queue(), Filter={"Key": {"FilterRules": [{"Name": "Prefix", "Value": "reports/"}]}})
    before = (rig.policy(bucket), rig.notifications(bucket))
    rig.buckets(rig.settings(reader_arns=(READER,), elb_account_id="156460612806")).prepare(
        need(bucket, "", "shop")
    )
    assert len(rig.sids(bucket)) == 6

    # Of what it has put, the record tells, not the settings of now.
    entry = rig.buckets(rig.settings(hub=None)).withdraw(bucket, unused)

    assert (rig.policy(bucket), rig.notifications(bucket)) == before
    assert rig.parameters() == {}
    assert entry.outcome is Outcome.CHANGED
    assert entry.decided == "nothing of the onboarding stays in it"
    assert "took the statement AlbOnboardingReadersRead out of its policy" in entry.done
    assert f"removed the notification rule alb-onboarding-e3b0c442 to {rig.queue_arn}" in entry.done


def test_a_policy_that_was_all_ours_is_deleted(rig: Rig) -> None:
    bucket = rig.bucket()
    rig.buckets().prepare(need(bucket))

    rig.buckets().withdraw(bucket, unused)

    assert rig.policy(bucket) is None


def test_in_use_it_stays_with_what_is_in_use(rig: Rig) -> None:
    bucket = rig.bucket()
    rig.buckets().prepare(need(bucket, "shop", "blog"))

    entry = rig.buckets().withdraw(bucket, lambda: frozenset({"blog"}))

    assert len(rig.rule_ids(bucket)) == 1
    assert (rig.policy(bucket) or {})["Statement"][0]["Resource"] == (
        [f"arn:aws:s3:::{bucket}/blog/AWSLogs/{rig.account_id}/*"]
    )
    assert rig.buckets().recorded() == [bucket]
    assert entry.outcome is Outcome.CHANGED


def test_what_somebody_has_changed_since_is_left_alone(rig: Rig) -> None:
    bucket = rig.bucket()
    rig.buckets().prepare(need(bucket))
    policy = rig.policy(bucket)
    assert policy
    policy["Statement"][1]["Principal"] = {"AWS": [policy["Statement"][1]["Principal"]["AWS"], READER]}
    rig.aws.s3.put_bucket_policy(Bucket=bucket, Policy=json.dumps(policy))
    rules = rig.notifications(bucket)
    rules["QueueConfigurations"][0]["Events"] = ["s3:ObjectCreated:Put"]
    rig.aws.s3.put_bucket_notification_configuration(Bucket=bucket, NotificationConfiguration=rules)  # type: ignore[arg-type]

    entry = rig.buckets().withdraw(bucket, unused)

    assert rig.sids(bucket) == ["AlbOnboardingHubReadsLogs"]
    assert rig.rule_ids(bucket) == ["alb-onboarding-e3b0c442"]
    assert entry.outcome is Outcome.LEFT_ALONE
    assert entry.why == (
        "Somebody has changed statement AlbOnboardingHubReadsLogs and notification rule alb-onboarding-e3b0c442 "
        "since: it stays as it is."
    )
    assert entry.done == ["took the statement AlbOnboardingDeliverLogs out of its policy"]
    assert rig.records() == []


def test_a_statement_whose_role_was_deleted_is_still_ours(rig: Rig) -> None:
    bucket = rig.bucket()
    rig.buckets().prepare(need(bucket))
    policy = rig.policy(bucket)
    assert policy
    policy["Statement"][1]["Principal"] = {"AWS": "AROAIOSFODNN7EXAMPLE"}
    rig.aws.s3.put_bucket_policy(Bucket=bucket, Policy=json.dumps(policy))

    rig.buckets().withdraw(bucket, unused)

    assert rig.policy(bucket) is None


def test_with_keep_the_hub_goes_on_and_nothing_is_remembered(rig: Rig) -> None:
    bucket = rig.bucket()
    settings = rig.settings(on_destroy=OnDestroy.KEEP)
    rig.buckets(settings).prepare(need(bucket))
    before = (rig.policy(bucket), rig.notifications(bucket))

    entry = rig.buckets(settings).withdraw(bucket, unused)

    assert (rig.policy(bucket), rig.notifications(bucket)) == before
    assert rig.parameters() == {}
    assert entry.outcome is Outcome.UNCHANGED
    # And a new onboarding of the same name takes it over.
    assert rig.buckets().prepare(need(bucket)).outcome is Outcome.UNCHANGED


@pytest.mark.parametrize("on_destroy", list(OnDestroy))
def test_what_keep_has_left_to_others_is_taken_over_and_left_again(rig: Rig, on_destroy: OnDestroy) -> None:
    bucket = rig.bucket()
    kept = rig.buckets(rig.settings(on_destroy=OnDestroy.KEEP))
    kept.prepare(need(bucket, "shop", "blog"))
    kept.withdraw(bucket, unused)
    before = (rig.policy(bucket), rig.notifications(bucket))
    again = rig.buckets(rig.settings(on_destroy=on_destroy))
    foretold = again.examine(need(bucket, "shop"))

    entry = again.prepare(need(bucket, "shop"), lambda: frozenset({"shop"}))

    assert entry == foretold
    assert entry.outcome is Outcome.UNCHANGED
    assert [found for found in entry.found if "taken over" in found] == [
        f"an earlier onboarding of this name has kept {prefix}/AWSLogs/{rig.account_id}/elasticloadbalancing/ going, "
        "which is taken over, and left when this one ends"
        for prefix in ("blog", "shop")
    ]
    assert (rig.policy(bucket), rig.notifications(bucket)) == before

    last = again.withdraw(bucket, unused)

    assert (rig.policy(bucket), rig.notifications(bucket)) == before
    assert last.outcome is Outcome.UNCHANGED
    assert rig.parameters() == {}


def test_what_keep_has_left_goes_on_without_the_topic_of_the_next_onboarding(rig: Rig) -> None:
    bucket, topic = rig.bucket(), rig.topic()
    kept = rig.buckets(rig.settings(on_destroy=OnDestroy.KEEP))
    kept.prepare(need(bucket, "shop", "blog"))
    kept.withdraw(bucket, unused)
    policy = rig.policy(bucket)
    again = rig.buckets(rig.settings(topic_arn=topic, owns_topic=True))

    assert len(again.prepare(need(bucket, "shop")).done) == 2
    again.withdraw(bucket, unused)

    assert rig.policy(bucket) == policy
    assert rig.rule_ids(bucket) == []


def test_with_keep_the_rules_to_the_topic_go_also_when_the_topic_is_gone(rig: Rig) -> None:
    bucket, topic = rig.bucket(), rig.topic()
    settings = rig.settings(on_destroy=OnDestroy.KEEP, topic_arn=topic, owns_topic=True)
    rig.buckets(settings).prepare(need(bucket))
    sids = rig.sids(bucket)
    rig.aws.sns.delete_topic(TopicArn=topic)

    rig.buckets(settings).withdraw(bucket, unused)

    assert rig.rule_ids(bucket) == []
    assert rig.sids(bucket) == sids


def test_rules_of_others_whose_destination_is_gone_do_not_stand_in_the_way(rig: Rig) -> None:
    bucket, gone = rig.bucket(), rig.queue()
    rig.tell(bucket, gone, Events=["s3:ObjectRemoved:*"])
    rig.buckets().prepare(need(bucket))
    rig.delete_queue(gone)

    rig.buckets().withdraw(bucket, unused)

    assert rig.rule_ids(bucket) == ["others"]


def test_a_bucket_that_is_gone_is_forgotten(rig: Rig) -> None:
    bucket = rig.bucket()
    rig.buckets().prepare(need(bucket))
    rig.aws.s3.delete_bucket(Bucket=bucket)

    entry = rig.buckets().withdraw(bucket, unused)

    assert entry.outcome is Outcome.GONE
    assert rig.parameters() == {}


def test_a_bucket_without_a_record_is_none_of_ours(rig: Rig) -> None:
    entry = rig.buckets().withdraw(rig.bucket(), unused)

    assert entry.outcome is Outcome.UNCHANGED
    assert entry.decided == "nothing of the onboarding is in it"
    assert rig.parameters() == {}


@pytest.mark.parametrize("method", ["delete_bucket_policy", "put_bucket_notification_configuration"])
def test_after_a_crash_it_can_be_done_again(rig: Rig, method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    bucket = rig.bucket()
    rig.buckets().prepare(need(bucket))

    with monkeypatch.context() as patch:
        patch.setattr(rig.clients.s3, method, crash)
        with pytest.raises(CrashError):
            rig.buckets().withdraw(bucket, unused)
    assert rig.buckets().recorded() == [bucket]

    rig.buckets().withdraw(bucket, unused)

    assert (rig.policy(bucket), rig.rule_ids(bucket), rig.parameters()) == (None, [], {})


def test_without_time_nothing_is_begun(rig: Rig) -> None:
    bucket = rig.bucket()
    late: Buckets = rig.buckets(deadline=19)

    with pytest.raises(Exception, match="not enough time"):
        late.prepare(need(bucket))

    assert (rig.policy(bucket), rig.parameters()) == (None, {})
