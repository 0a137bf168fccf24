"""A bucket that the onboarding makes is safe, and stays so."""

from __future__ import annotations

from typing import Any

import pytest

from onboarding.buckets.creation import create
from onboarding.errors import RefusalError
from onboarding.report import Outcome
from onboarding.settings import Bucket, Place
from tests.apply.onboarding.buckets.rig import CrashError, Rig, crash, need

SIDS = ["AlbOnboardingDeliverLogs", "AlbOnboardingHubReadsLogs", "AlbOnboardingDenyPlainHttp"]
CREATED = "created it: public access blocked, ACLs off, SSE-S3, TLS only, logs expire after 30 days"


def test_its_name_is_the_account_s_and_region_s_if_none_is_given(rig: Rig) -> None:
    assert rig.settings().bucket_name(rig.place) == f"alb-onboarding-{rig.account_id}-eu-west-1"
    assert rig.settings(bucket=Bucket(name="mine")).bucket_name(rig.place) == "mine"


def test_a_missing_bucket_is_made_and_made_safe(rig: Rig) -> None:
    name = rig.settings().bucket_name(rig.place)
    looked = rig.buckets().examine(need(name, may_create=True))
    assert rig.aws.s3.list_buckets()["Buckets"] == []

    entry = rig.buckets().prepare(need(name, may_create=True))

    assert entry.outcome is Outcome.CHANGED
    assert entry.found == looked.found == ["does not exist"]
    assert entry.done == looked.done
    assert entry.done[0] == CREATED
    assert rig.sids(name) == SIDS
    assert safety(rig, name) == {
        "public access": {True},
        "ownership": "BucketOwnerEnforced",
        "encryption": "AES256",
        "expiration": 30,
        "abort": 7,
    }
    assert rig.buckets().prepare(need(name, may_create=True)).outcome is Outcome.UNCHANGED


def test_in_us_east_1_no_location_is_said(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    requests: list[dict[str, Any]] = []
    monkeypatch.setattr(rig.clients.s3, "create_bucket", lambda **request: requests.append(request))

    create(rig.clients.s3, Place("aws", "us-east-1", rig.account_id), "one")
    create(rig.clients.s3, rig.place, "other")

    assert "CreateBucketConfiguration" not in requests[0]
    assert requests[1]["CreateBucketConfiguration"] == {"LocationConstraint": "eu-west-1"}


def test_another_expiration_is_set_and_rules_of_others_stay(rig: Rig) -> None:
    name = rig.settings().bucket_name(rig.place)
    rig.buckets().prepare(need(name, may_create=True))
    (rule,) = rig.aws.s3.get_bucket_lifecycle_configuration(Bucket=name)["Rules"]
    others: Any = {"ID": "others", "Status": "Enabled", "Filter": {"Prefix": "x/"}, "Expiration": {"Days": 1}}
    rig.aws.s3.put_bucket_lifecycle_configuration(
        Bucket=name,
        LifecycleConfiguration={"Rules": [others, rule]},
    )

    entry = rig.buckets(rig.settings(bucket=Bucket(expiration_days=90))).prepare(need(name, may_create=True))

    assert entry.done == ["let logs expire after 90 days"]
    rules = rig.aws.s3.get_bucket_lifecycle_configuration(Bucket=name)["Rules"]
    assert [(rule["ID"], rule["Expiration"]["Days"]) for rule in rules] == [
        ("others", 1),
        ("alb-onboarding-expire-logs", 90),
    ]


def test_a_bucket_of_others_is_not_made_safe(rig: Rig) -> None:
    bucket = rig.bucket()

    rig.buckets().prepare(need(bucket, may_create=True))

    assert "AlbOnboardingDenyPlainHttp" not in rig.sids(bucket)
    with pytest.raises(Exception, match="NoSuchLifecycleConfiguration"):
        rig.aws.s3.get_bucket_lifecycle_configuration(Bucket=bucket)


def test_one_that_was_kept_is_its_own_again(rig: Rig) -> None:
    name = rig.settings().bucket_name(rig.place)
    rig.buckets().prepare(need(name, may_create=True))
    rig.buckets().withdraw(name, lambda: frozenset())
    assert rig.sids(name) == ["AlbOnboardingDenyPlainHttp"]
    assert rig.parameters() == {}

    settings = rig.settings(bucket=Bucket(expiration_days=5))
    entry = rig.buckets(settings).prepare(need(name, may_create=True))

    assert safety(rig, name)["expiration"] == 5
    assert CREATED not in entry.done
    assert sorted(rig.sids(name)) == sorted(SIDS)


@pytest.mark.parametrize(
    "method",
    [
        "put_public_access_block",
        "put_bucket_ownership_controls",
        "put_bucket_lifecycle_configuration",
        "put_bucket_policy",
        "put_bucket_notification_configuration",
    ],
)
def test_what_a_crash_left_out_is_made_up_for(rig: Rig, method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    name = rig.settings().bucket_name(rig.place)
    make = rig.clients.s3.create_bucket

    def made_bare(**request: Any) -> None:
        make(**request)
        rig.aws.s3.delete_public_access_block(Bucket=name)
        rig.aws.s3.delete_bucket_ownership_controls(Bucket=name)

    monkeypatch.setattr(rig.clients.s3, "create_bucket", made_bare)
    with monkeypatch.context() as patch:
        patch.setattr(rig.clients.s3, method, crash)
        with pytest.raises(CrashError):
            rig.buckets().prepare(need(name, may_create=True))

    rig.buckets().prepare(need(name, may_create=True))

    assert sorted(rig.sids(name)) == sorted(SIDS)
    assert safety(rig, name) == {
        "public access": {True},
        "ownership": "BucketOwnerEnforced",
        "encryption": "AES256",
        "expiration": 30,
        "abort": 7,
    }


def test_a_name_that_is_taken_elsewhere_is_refused_and_forgotten(
    rig: Rig, another: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    bucket = another.bucket()
    # Its owner makes it just after it was not there.
    monkeypatch.setattr("onboarding.buckets.inspection.exists", lambda *_: False)

    with pytest.raises(RefusalError, match="cannot be made"):
        rig.buckets().prepare(need(bucket, may_create=True))

    assert rig.records() == []


def test_a_bucket_that_was_made_is_remembered_when_its_notifications_are_refused(rig: Rig) -> None:
    name = rig.settings().bucket_name(rig.place)
    queue = rig.queue_arn
    rig.delete_queue(queue)
    with pytest.raises(RefusalError, match="may not tell"):
        rig.buckets().prepare(need(name, may_create=True))
    assert rig.sids(name) == ["AlbOnboardingDenyPlainHttp"]
    rig.aws.sqs.create_queue(QueueName=queue.rpartition(":")[2])

    rig.buckets().prepare(need(name, may_create=True))

    assert sorted(rig.sids(name)) == sorted(SIDS)


def safety(rig: Rig, name: str) -> dict[str, Any]:
    s3 = rig.aws.s3
    rule = next(
        rule
        for rule in s3.get_bucket_lifecycle_configuration(Bucket=name)["Rules"]
        if rule["ID"] == "alb-onboarding-expire-logs"
    )
    encryption = s3.get_bucket_encryption(Bucket=name)["ServerSideEncryptionConfiguration"]["Rules"][0]
    ownership = s3.get_bucket_ownership_controls(Bucket=name)["OwnershipControls"]["Rules"][0]
    return {
        "public access": set(
            s3.get_public_access_block(Bucket=name)["PublicAccessBlockConfiguration"].values()
        ),
        "ownership": ownership["ObjectOwnership"],
        "encryption": encryption["ApplyServerSideEncryptionByDefault"]["SSEAlgorithm"],
        "expiration": rule["Expiration"]["Days"],
        "abort": rule["AbortIncompleteMultipartUpload"]["DaysAfterInitiation"],
    }
