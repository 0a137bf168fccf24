"""What a bucket is refused for: what was found and what to do is said, and nothing was changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError

from onboarding.errors import RefusalError
from onboarding.settings import Settings
from tests.apply.onboarding.buckets.rig import HUB_ACCOUNT, OTHERS_STATEMENT, READER, Rig, document, need


def refused(
    rig: Rig, bucket: str, settings: Settings | None = None, *, prefix: str = "", looks: bool = True
) -> RefusalError:
    """The refusal of a bucket, of which nothing has changed."""
    before = (rig.policy(bucket), rig.notifications(bucket), rig.parameters())
    if looks:
        with pytest.raises(RefusalError) as looked:
            rig.buckets(settings).examine(need(bucket, prefix))
    with pytest.raises(RefusalError) as refusal:
        rig.buckets(settings).prepare(need(bucket, prefix))
    if looks:
        assert str(looked.value) == str(refusal.value)
    assert (rig.policy(bucket), rig.notifications(bucket), rig.parameters()) == before
    return refusal.value


def test_a_bucket_that_does_not_exist(rig: Rig) -> None:
    with pytest.raises(
        RefusalError, match=r"^Bucket nowhere-12345 does not exist\. Make it again, or set force"
    ):
        rig.buckets().examine(need("nowhere-12345"))
    with pytest.raises(RefusalError, match="does not exist"):
        rig.buckets().prepare(need("nowhere-12345"))
    assert rig.records() == []


def test_a_bucket_of_another_region(rig: Rig) -> None:
    refusal = refused(rig, rig.bucket(region="eu-central-1"))

    assert "is in eu-central-1, and the load balancers are in eu-west-1" in refusal.found
    assert refusal.remedy == "Name a bucket in eu-west-1."


@pytest.mark.parametrize("code", ["403", "301", "400"])
def test_a_bucket_of_another_region_that_may_not_be_looked_at(
    rig: Rig, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer: Any = {
        "Error": {"Code": code},
        "ResponseMetadata": {"HTTPHeaders": {"x-amz-bucket-region": "us-east-1"}},
    }
    monkeypatch.setattr(rig.clients.s3, "head_bucket", _raising(ClientError(answer, "HeadBucket")))

    with pytest.raises(RefusalError, match="is in us-east-1"):
        rig.buckets().examine(need("logs"))


def test_a_fault_of_s3_is_no_refusal(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    answer: Any = {"Error": {"Code": "500"}}
    monkeypatch.setattr(rig.clients.s3, "head_bucket", _raising(ClientError(answer, "HeadBucket")))

    with pytest.raises(ClientError):
        rig.buckets().examine(need("logs"))


def test_a_bucket_of_another_account(rig: Rig, another: Rig) -> None:
    bucket = another.bucket()

    with pytest.raises(RefusalError, match=f"is in another account than {rig.account_id}"):
        rig.buckets().examine(need(bucket))
    with pytest.raises(RefusalError, match=f"is in another account than {rig.account_id}"):
        rig.buckets().prepare(need(bucket))
    assert (another.policy(bucket), rig.records()) == (None, [])


@pytest.mark.parametrize("algorithm", ["aws:kms", "aws:kms:dsse"])
def test_a_bucket_whose_default_is_a_kms_key(rig: Rig, algorithm: str) -> None:
    bucket = rig.bucket()
    rules: Any = [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": algorithm}}]
    rig.aws.s3.put_bucket_encryption(Bucket=bucket, ServerSideEncryptionConfiguration={"Rules": rules})

    refusal = refused(rig, bucket)

    assert f"encrypts with a KMS key by default ({algorithm})" in refusal.found
    assert "SSE-S3" in refusal.remedy


def test_a_prefix_with_awslogs(rig: Rig) -> None:
    assert "'a/AWSLogs' has AWSLogs in it" in refused(rig, rig.bucket(), prefix="a/AWSLogs").found


def test_a_prefix_that_policies_would_take_for_a_pattern(rig: Rig) -> None:
    assert "'a*' has * in it" in refused(rig, rig.bucket(), prefix="a*").found


@pytest.mark.parametrize(
    ("principal", "action", "what"),
    [
        ("*", "s3:PutObject", "denies log delivery, by its statement 'No'"),
        ({"AWS": f"arn:aws:iam::{HUB_ACCOUNT}:root"}, "s3:*", "denies the hub, by its statement 'No'"),
        ({"AWS": READER}, "s3:ListBucket", f"denies the reader {READER}, by its statement 'No'"),
    ],
)
def test_a_policy_that_denies(rig: Rig, principal: Any, action: str, what: str) -> None:
    deny = {"Sid": "No", "Effect": "Deny", "Principal": principal, "Action": action, "Resource": "*"}
    bucket = rig.bucket(document(deny))

    refusal = refused(rig, bucket, rig.settings(reader_arns=(READER,)))

    assert what in refusal.found
    assert "Except them from that statement" in refusal.remedy


def test_a_policy_that_gets_too_long(rig: Rig) -> None:
    big = OTHERS_STATEMENT | {
        "Resource": [f"arn:aws:s3:::some-bucket/{number:05}/*" for number in range(500)]
    }
    readers = tuple(f"arn:aws:iam::333333333333:role/{'x' * 40}{number}" for number in range(20))

    refusal = refused(rig, rig.bucket(document(big)), rig.settings(reader_arns=readers))

    assert "bytes, and S3 takes 20,480" in refusal.found


def test_a_rule_of_others_for_the_same_keys(rig: Rig) -> None:
    bucket, queue = rig.bucket(), rig.queue()
    rig.tell(bucket, queue, Filter={"Key": {"FilterRules": [{"Name": "suffix", "Value": ".gz"}]}})

    refusal = refused(rig, bucket)

    assert f"others (s3:ObjectCreated:* of keys *.gz to {queue})" in refusal.found
    assert (
        f"alb-onboarding-e3b0c442 (s3:ObjectCreated:* of keys AWSLogs/{rig.account_id}/elasticloadbalancing/* to "
        f"{rig.queue_arn})"
    ) in refusal.found
    assert "SNS topic" in refusal.remedy


def test_too_many_rules(rig: Rig) -> None:
    bucket, queue = rig.bucket(), rig.queue()
    rig.aws.s3.put_bucket_notification_configuration(
        Bucket=bucket,
        NotificationConfiguration={
            "QueueConfigurations": [
                {
                    "QueueArn": queue,
                    "Events": ["s3:ObjectCreated:*"],
                    "Filter": {"Key": {"FilterRules": [{"Name": "prefix", "Value": f"{number:03}/"}]}},
                }
                for number in range(100)
            ]
        },
        SkipDestinationValidation=True,
    )

    assert "would have 101 notification rules" in refused(rig, bucket).found


def test_a_hub_that_does_not_know_the_bucket(rig: Rig) -> None:
    bucket = rig.bucket(document(OTHERS_STATEMENT))
    rig.delete_queue(rig.queue_arn)

    # Whether S3 may send to it, S3 says when it is asked to.
    refusal = refused(rig, bucket, looks=False)

    assert f"S3 may not tell {rig.queue_arn} of new objects in bucket {bucket}" in refusal.found
    assert "The destination queue does not exist" in refusal.found
    assert refusal.remedy == (
        f'Name {{ account_id = "{rig.account_id}", bucket_name = "{bucket}" }} in the input `spokes` of the hub, '
        "apply the hub, and run again."
    )


def test_a_topic_that_does_not_let_s3_publish(rig: Rig) -> None:
    topic = rig.topic()
    rig.aws.sns.delete_topic(TopicArn=topic)

    refusal = refused(rig, rig.bucket(), rig.settings(topic_arn=topic), looks=False)

    assert "Let the topic's policy" in refusal.remedy


def test_a_rule_of_others_whose_destination_is_gone(rig: Rig) -> None:
    bucket, gone = rig.bucket(), rig.queue()
    rig.tell(bucket, gone, Events=["s3:ObjectRemoved:*"])
    rig.delete_queue(gone)

    refusal = refused(rig, bucket, looks=False)

    assert f"because of the rule of others others (s3:ObjectRemoved:* of all keys to {gone})" in refusal.found
    assert "Delete that rule" in refusal.remedy


def test_a_principal_that_does_not_exist(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    answer: Any = {"Error": {"Code": "MalformedPolicy", "Message": "Invalid principal", "Detail": "AROAX"}}
    monkeypatch.setattr(rig.clients.s3, "put_bucket_policy", _raising(ClientError(answer, "PutBucketPolicy")))

    refusal = refused(rig, rig.bucket(), looks=False)

    assert "Invalid principal; AROAX" in refusal.found


@pytest.mark.parametrize(
    ("method", "action"),
    [
        ("head_bucket", "s3:ListBucket"),
        ("get_bucket_encryption", "s3:GetEncryptionConfiguration"),
        ("get_bucket_policy", "s3:GetBucketPolicy"),
        ("get_bucket_notification_configuration", "s3:GetBucketNotification"),
        ("put_bucket_policy", "s3:PutBucketPolicy"),
        ("put_bucket_notification_configuration", "s3:PutBucketNotification"),
    ],
)
def test_a_missing_permission(rig: Rig, method: str, action: str, monkeypatch: pytest.MonkeyPatch) -> None:
    answer: Any = {"Error": {"Code": "AccessDenied", "Message": "Access Denied"}}
    monkeypatch.setattr(rig.clients.s3, method, _raising(ClientError(answer, method)))

    refusal = refused(rig, rig.bucket(), looks=not method.startswith("put"))

    assert action in str(refusal)


def test_a_record_that_cannot_be_read(rig: Rig) -> None:
    bucket = rig.bucket()
    name = f"/alb-loki/onboarding/alb-onboarding/buckets/{bucket}"
    rig.aws.ssm.put_parameter(Name=name, Value="{}", Type="String")

    with pytest.raises(RefusalError, match=f"The parameter {name} is not a record of a bucket"):
        rig.buckets().examine(need(bucket))
    with pytest.raises(RefusalError, match="is not a record"):
        rig.buckets().withdraw(bucket, frozenset)
    assert rig.parameters()[name] == "{}"


def test_more_prefixes_than_a_record_holds(rig: Rig) -> None:
    settings = rig.settings(hub=None)
    bucket = rig.bucket()
    many = [f"{number}/{'x' * 1000}" for number in range(5)]

    with pytest.raises(RefusalError, match="and a parameter takes 4096"):
        rig.buckets(settings).examine(need(bucket, *many))
    with pytest.raises(RefusalError, match="and a parameter takes 4096"):
        rig.buckets(settings).prepare(need(bucket, *many))
    assert (rig.policy(bucket), rig.records()) == (None, [])


def _raising(error: Exception) -> Callable[..., Any]:
    def call(**_: Any) -> None:
        raise error

    return call
