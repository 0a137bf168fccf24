"""Notifications of S3 that reach the function directly: its own, and those of EventBridge and SNS."""

import json
from typing import Any

import pytest

from promtail.errors import EventError
from promtail.triggers import Direct, ObjectReference, Unreadable, read_event

BUCKET = "spoke-logs"


def record(key: str, bucket: str = BUCKET, **members: Any) -> dict[str, Any]:
    return {
        "eventVersion": "2.1",
        "eventSource": "aws:s3",
        "awsRegion": "eu-west-1",
        "eventName": "ObjectCreated:Put",
        "s3": {"bucket": {"name": bucket}, "object": {"key": key, "size": 1024, "versionId": "v1"}},
    } | members


def s3_event(*records: object) -> dict[str, Any]:
    return {"Records": list(records)}


def eventbridge_event(key: str, **members: Any) -> dict[str, Any]:
    return {
        "version": "0",
        "detail-type": "Object Created",
        "source": "aws.s3",
        "region": "ca-central-1",
        "detail": {"bucket": {"name": BUCKET}, "object": {"key": key, "size": 5, "version-id": "v2"}},
    } | members


def sns_event(*messages: object) -> dict[str, Any]:
    return {
        "Records": [
            {
                "EventSource": "aws:sns",
                "EventVersion": "1.0",
                "Sns": {"Type": "Notification", "Message": message},
            }
            for message in messages
        ]
    }


def works(event: object) -> tuple[Any, ...]:
    found = read_event(event)
    assert isinstance(found, Direct)
    return found.works


def test_a_record_of_s3_is_an_object_with_all_that_the_record_says() -> None:
    assert works(s3_event(record("a"))) == (ObjectReference(BUCKET, "a", "v1", "eu-west-1"),)


def test_what_a_record_does_not_say_is_unknown() -> None:
    bare = {"eventSource": "aws:s3", "s3": {"bucket": {"name": BUCKET}, "object": {"key": "a"}}}
    assert works(s3_event(bare)) == (ObjectReference(BUCKET, "a"),)


def test_every_record_is_looked_at() -> None:
    found = works(s3_event(record("a"), record("b"), record("c", "other")))
    assert [(each.bucket, each.key) for each in found] == [(BUCKET, "a"), (BUCKET, "b"), ("other", "c")]


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("team+a/log.gz", "team a/log.gz"),
        ("team%2Ba/log.gz", "team+a/log.gz"),
        ("caf%C3%A9%3D1/log.gz", "café=1/log.gz"),
        ("100%2525", "100%25"),
    ],
)
def test_keys_of_s3_events_are_decoded(written: str, key: str) -> None:
    assert works(s3_event(record(written)))[0].key == key


@pytest.mark.parametrize("key", ["team+a/log.gz", "100%25", "café=1/log.gz"])
def test_keys_of_eventbridge_events_are_taken_as_they_are(key: str) -> None:
    assert works(eventbridge_event(key)) == (ObjectReference(BUCKET, key, "v2", "ca-central-1"),)


def test_the_progress_that_the_function_wrote_is_kept() -> None:
    progress = {"line": 1000}
    assert works(s3_event(record("a", albLoki=progress)))[0].progress == progress
    assert works(s3_event(record("a", albLoki="1000")))[0].progress is None


def test_the_test_event_of_a_new_notification_asks_for_nothing_in_any_envelope() -> None:
    test_event = {"Service": "Amazon S3", "Event": "s3:TestEvent", "Bucket": BUCKET}
    assert works(test_event) == ()
    assert works(sns_event(json.dumps(test_event))) == ()


@pytest.mark.parametrize(
    "name", ["ObjectCreated:Put", "ObjectCreated:CompleteMultipartUpload", "s3:ObjectCreated:Post"]
)
def test_created_objects_are_work(name: str) -> None:
    assert len(works(s3_event(record("a", eventName=name)))) == 1


@pytest.mark.parametrize(
    "name", ["ObjectRemoved:Delete", "ObjectRestore:Completed", "LifecycleExpiration:Delete", 7]
)
def test_other_events_of_objects_ask_for_nothing(name: object) -> None:
    assert works(s3_event(record("a", eventName=name), record("b"))) == works(s3_event(record("b")))
    assert works(eventbridge_event("a", **{"detail-type": "Object Deleted"})) == ()


def test_sns_carries_s3_events_and_eventbridge_events() -> None:
    found = works(
        sns_event(json.dumps(s3_event(record("a+b"), record("c"))), json.dumps(eventbridge_event("d+e")))
    )
    assert [each.key for each in found] == ["a b", "c", "d+e"]


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        ({"eventSource": "aws:s3"}, "no s3.bucket.name or no s3.object.key"),
        (record(""), "no s3.object.key"),
        (record("a", ""), "no s3.bucket.name"),
        (record("\ud800"), "no s3.object.key"),
        ({"eventSource": "aws:s3", "s3": {"bucket": "b", "object": "k"}}, "no s3.bucket.name"),
        ({"eventSource": "aws:dynamodb", "dynamodb": "secret"}, "neither of S3 nor of SNS"),
        ("secret", "a text of 6 characters"),
        (None, "a value of type NoneType"),
        ({"EventSource": "aws:sns", "Sns": {"Message": "secret"}}, "that is no JSON"),
        ({"EventSource": "aws:sns", "Sns": {"Message": '{"password": "secret"}'}}, "['password']"),
        ({"EventSource": "aws:sns", "Sns": {}}, "where a text belongs"),
        ({"EventSource": "aws:sns"}, "where a text belongs"),
    ],
)
def test_a_bad_record_is_told_without_its_content_and_leaves_its_siblings_alone(
    bad: object, told: str
) -> None:
    first, unreadable, last = works(s3_event(record("a"), bad, record("z")))
    assert (first.key, last.key) == ("a", "z")
    assert isinstance(unreadable, Unreadable)
    assert told in str(unreadable.error)
    assert "secret" not in str(unreadable.error)


def test_a_bad_event_of_eventbridge_is_told() -> None:
    (unreadable,) = works(eventbridge_event("a", detail={"bucket": {"name": BUCKET}}))
    assert "no detail.object.key" in str(unreadable.error)


def test_envelopes_without_end_are_refused() -> None:
    message = json.dumps(s3_event(record("a")))
    for _ in range(6):
        message = json.dumps({"Type": "Notification", "Message": message})
    (unreadable,) = works(sns_event(message))
    assert "more than 4 envelopes" in str(unreadable.error)


def test_json_that_is_nested_too_deeply_is_unreadable() -> None:
    (unreadable,) = works(sns_event("[" * 100_000))
    assert "no JSON" in str(unreadable.error)


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ({}, "an object with the members []"),
        ({"Records": []}, "an object with the members ['Records']"),
        ({"Records": [{"eventSource": "aws:dynamodb"}]}, "from 'aws:dynamodb'"),
        ({"Records": [{"eventSource": []}]}, "whose first record is"),
        ({"source": "aws.ec2", "detail": "secret"}, "['detail', 'source'], from 'aws.ec2'"),
        ({f"name{number:02}": 0 for number in range(30)}, "and 18 more"),
        ([], "a value of type list"),
        (None, "a value of type NoneType"),
        ("secret", "a text of 6 characters"),
    ],
)
def test_another_event_is_refused_with_what_it_is_and_what_is_supported(other: object, told: str) -> None:
    with pytest.raises(EventError) as refused:
        read_event(other)
    assert told in str(refused.value)
    assert "Supported are events of S3" in str(refused.value)
    assert "secret" not in str(refused.value)


def test_an_object_is_named_by_its_uri() -> None:
    assert str(ObjectReference(BUCKET, "a b")) == "s3://spoke-logs/a b"
    assert str(ObjectReference(BUCKET, "a", "v1")) == "s3://spoke-logs/a (version v1)"
