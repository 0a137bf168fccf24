"""Records of a Kinesis stream."""

import gzip
import json
from base64 import b64encode
from typing import Any

import pytest

from promtail.formats.format import NO_TIME
from promtail.triggers import Batch, EventLines, Message, Unreadable, read_event

ARN = "arn:aws:kinesis:us-east-1:123456789012:stream/simple-stream"
LABELS = {"__aws_log_type": "kinesis", "__aws_kinesis_event_source_arn": ARN}
ARRIVAL = 1607497475_000_000_000
SUBSCRIPTION = {
    "owner": "111111111111",
    "logGroup": "group",
    "logStream": "stream",
    "messageType": "DATA_MESSAGE",
    "logEvents": [{"timestamp": 1432826855123, "message": "a"}, {"timestamp": "?", "message": "b"}],
}


def record(content: bytes, number: object = "1", **members: object) -> dict[str, Any]:
    kinesis = {
        "sequenceNumber": number,
        "data": b64encode(content).decode(),
        "approximateArrivalTimestamp": 1607497475.000,
    }
    return {"eventSource": "aws:kinesis", "eventSourceARN": ARN, "kinesis": kinesis | members}


def messages(*records: object) -> tuple[Message, ...]:
    batch = read_event({"Records": list(records)})
    assert isinstance(batch, Batch)
    assert batch.kind == "kinesis"
    return batch.messages


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_log_events_of_a_subscription_have_the_labels_of_the_contract(pack: Any) -> None:
    assert messages(record(pack(json.dumps(SUBSCRIPTION).encode()))) == (
        Message(
            "1",
            (
                EventLines(
                    labels=LABELS
                    | {"__aws_cloudwatch_log_group": "group", "__aws_cloudwatch_owner": "111111111111"},
                    lines=[(1432826855123000000, "a"), (ARRIVAL, "b")],
                    source=ARN,
                    stream="stream",
                    account_id="111111111111",
                ),
            ),
        ),
    )


def test_a_control_message_asks_for_nothing() -> None:
    (only,) = messages(record(json.dumps(SUBSCRIPTION | {"messageType": "CONTROL_MESSAGE"}).encode()))
    assert only.works == ()


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"Hello, this is a test.", "Hello, this is a test."),
        (b"with an end\r\n", "with an end"),
        (b'{"level": "info"}', '{"level": "info"}'),
        (b'{"messageType": ["DATA_MESSAGE"]}', '{"messageType": ["DATA_MESSAGE"]}'),
        (gzip.compress(b"packed", mtime=0), "packed"),
        (b"\xff\xfe", "��"),
    ],
)
def test_any_other_data_is_a_line_of_the_time_it_arrived(data: bytes, line: str) -> None:
    (only,) = messages(record(data))
    assert only.works == (EventLines(LABELS, [(ARRIVAL, line)], ARN),)


def test_no_data_is_no_line() -> None:
    assert messages(record(b""))[0].works == ()


@pytest.mark.parametrize(
    ("seconds", "time"),
    [
        (1545084650.987, 1545084650_987_000_000),
        (1545084650, 1545084650_000_000_000),
        (None, NO_TIME),
        ("1545084650", NO_TIME),
        (-1, NO_TIME),
        (float("nan"), NO_TIME),
        (1e300, NO_TIME),
    ],
)
def test_the_time_of_arrival_is_exact_to_the_millisecond(seconds: object, time: int) -> None:
    (lines,) = messages(record(b"a", approximateArrivalTimestamp=seconds))[0].works
    assert isinstance(lines, EventLines)
    assert lines.lines == [(time, "a")]


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        (record(b"", data="secret!"), "no data in base64"),
        (record(b"", data=None), "no data in base64"),
        (record(gzip.compress(b"a secret of some length")[:-9]), "cut off"),
        (record(b"\x1f\x8bsecret"), "damaged"),
        (record(json.dumps(SUBSCRIPTION | {"logEvents": "secret"}).encode()), "logEvents"),
    ],
)
def test_a_bad_record_is_told_without_its_content_and_leaves_its_siblings_alone(bad: Any, told: str) -> None:
    bad["kinesis"]["sequenceNumber"] = "2"
    first, second, third = messages(record(b"a", "1"), bad, record(b"c", "3"))
    assert [each.id for each in (first, second, third)] == ["1", "2", "3"]
    assert isinstance(first.works[0], EventLines)
    assert isinstance(third.works[0], EventLines)
    (unreadable,) = second.works
    assert isinstance(unreadable, Unreadable)
    assert told in str(unreadable.error)
    assert "secret" not in str(unreadable.error)


@pytest.mark.parametrize(
    "bad",
    [None, "text", {"eventSource": "aws:kinesis"}, record(b"a", None), record(b"a", ""), {"kinesis": {}}],
)
def test_a_record_that_no_answer_could_name_fails_the_batch_rather_than_being_lost(bad: object) -> None:
    good, nameless = messages(record(b"a"), bad)
    assert isinstance(good.works[0], EventLines)
    assert nameless.id == ""
    assert isinstance(nameless.works[0], Unreadable)


def test_gzip_may_have_several_members() -> None:
    (message,) = messages(record(gzip.compress(b"one ") + gzip.compress(b"two")))
    (lines,) = message.works
    assert isinstance(lines, EventLines)
    assert [text for _, text in lines.lines] == ["one two"]
