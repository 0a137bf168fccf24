"""Messages of a queue: each stands for itself."""

import json
from typing import Any

import pytest

from promtail.triggers import Batch, Message, ObjectReference, Unreadable, read_event

QUEUE = "arn:aws:sqs:eu-west-1:111111111111:logs"
BUCKET = "spoke-logs"
OBJECT = {"eventSource": "aws:s3", "s3": {"bucket": {"name": BUCKET}, "object": {"key": "a+b"}}}
S3_EVENT = {"Records": [OBJECT]}
EVENTBRIDGE_EVENT = {
    "source": "aws.s3",
    "detail-type": "Object Created",
    "detail": {"bucket": {"name": BUCKET}, "object": {"key": "a b"}},
}


def message(body: object, identity: object = "m1") -> dict[str, Any]:
    return {"messageId": identity, "eventSource": "aws:sqs", "eventSourceARN": QUEUE, "body": body}


def messages(*records: object) -> tuple[Message, ...]:
    batch = read_event({"Records": list(records)})
    assert isinstance(batch, Batch)
    assert batch.kind == "sqs"
    return batch.messages


def test_a_message_keeps_its_id_and_its_queue() -> None:
    body = json.dumps(S3_EVENT)
    assert messages(message(body)) == (Message("m1", (ObjectReference(BUCKET, "a b"),), QUEUE),)


@pytest.mark.parametrize(
    "body",
    [
        S3_EVENT,
        EVENTBRIDGE_EVENT,
        {"Type": "Notification", "TopicArn": "arn", "Message": json.dumps(S3_EVENT)},
        {"Type": "Notification", "Message": json.dumps(EVENTBRIDGE_EVENT)},
        {"Records": [{"EventSource": "aws:sns", "Sns": {"Message": json.dumps(S3_EVENT)}}]},
    ],
)
def test_a_body_is_a_notification_in_any_of_its_envelopes(body: object) -> None:
    assert messages(message(json.dumps(body)))[0].works == (ObjectReference(BUCKET, "a b"),)


def test_the_test_event_of_a_new_notification_asks_for_nothing() -> None:
    test_event = json.dumps({"Event": "s3:TestEvent"})
    enveloped = json.dumps({"Type": "Notification", "Message": test_event})
    assert [each.works for each in messages(message(test_event), message(enveloped))] == [(), ()]


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "secret",
        "[]",
        "null",
        "{}",
        '{"Records": []}',
        '{"awslogs": {"data": "secret"}}',
        None,
        7,
        {"a": "secret"},
    ],
)
def test_a_bad_body_is_unreadable_and_leaves_its_siblings_alone(bad: object) -> None:
    first, second, third = messages(
        message(json.dumps(S3_EVENT), "m1"), message(bad, "m2"), message(json.dumps(S3_EVENT), "m3")
    )
    assert first.works == third.works == (ObjectReference(BUCKET, "a b"),)
    assert second.id == "m2"
    (unreadable,) = second.works
    assert isinstance(unreadable, Unreadable)
    assert "secret" not in str(unreadable.error)
    assert "It must be a notification of S3" in str(unreadable.error)


def test_a_bad_record_in_a_body_leaves_the_others_of_the_body_alone() -> None:
    (only,) = messages(message(json.dumps({"Records": [{"eventSource": "aws:s3"}, OBJECT]})))
    assert isinstance(only.works[0], Unreadable)
    assert only.works[1] == ObjectReference(BUCKET, "a b")


@pytest.mark.parametrize(
    "bad",
    [
        None,
        "text",
        message("{}") | {"eventSource": "aws:s3"},
        message("{}", None),
        message("{}", ""),
        message("{}", 7),
    ],
)
def test_a_record_that_no_answer_could_name_fails_the_batch_rather_than_being_lost(bad: object) -> None:
    good, nameless = messages(message(json.dumps(S3_EVENT)), bad)
    assert good.works == (ObjectReference(BUCKET, "a b"),)
    assert nameless.id == ""
    assert isinstance(nameless.works[0], Unreadable)
