"""The triggers of lambda-promtail's contract, each around the same object or the same lines."""

import json
from typing import Any

import pytest

from promtail.errors import DeliveryError
from promtail.handler import handler
from tests.harness.loki.receiver import LokiReceiver
from tests.samples.alb_access import gzipped, lines
from tests.unit.promtail.contract.events import (
    TEST_EVENT,
    cloudwatch,
    envelope,
    eventbridge,
    kinesis,
    sns,
    sqs,
)
from tests.unit.promtail.s3_double import S3Double
from tests.unit.promtail.scenario import BUCKET, END, LABELS, Context, event, record
from tests.unit.promtail.scenario import KEY as PLAIN_KEY

LINES = list(lines(5, END))
# S3 events encode the space and EventBridge does not encode the plus sign.
KEY = f"team a+b/{PLAIN_KEY}"
S3_EVENT = event(record(KEY.replace("+", "%2B").replace(" ", "+")))
DIRECT: dict[str, Any] = {
    "S3": S3_EVENT,
    "EventBridge": eventbridge(KEY),
    "SNS": sns(S3_EVENT),
    "SNS with an EventBridge event": sns(eventbridge(KEY)),
}
QUEUED: dict[str, Any] = {
    "SQS with an S3 event": S3_EVENT,
    "SQS with an envelope of SNS": envelope(S3_EVENT),
    "SQS with an EventBridge event": eventbridge(KEY),
    "SQS with an EventBridge event in an envelope": envelope(eventbridge(KEY)),
}


def logged(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.mark.parametrize("trigger", DIRECT.values(), ids=DIRECT.keys())
def test_a_direct_trigger_delivers_the_object(s3: S3Double, loki: LokiReceiver, trigger: Any) -> None:
    s3.objects[f"{BUCKET}/{KEY}"] = gzipped(iter(LINES))
    assert handler(trigger, Context()) == {"delivered": 1, "lines_sent": 5}
    assert loki.streams() == [LABELS]
    assert [entry.line for entry in loki.entries()] == LINES


@pytest.mark.parametrize("body", QUEUED.values(), ids=QUEUED.keys())
def test_a_queue_delivers_the_object_and_reports_its_bad_sibling_alone(
    s3: S3Double, loki: LokiReceiver, body: Any
) -> None:
    s3.objects[f"{BUCKET}/{KEY}"] = gzipped(iter(LINES))
    assert handler(sqs("no notification", body), Context()) == {
        "failed": 1,
        "delivered": 1,
        "lines_sent": 5,
        "batchItemFailures": [{"itemIdentifier": "m1"}],
    }
    assert loki.streams() == [LABELS]
    assert [entry.line for entry in loki.entries()] == LINES


@pytest.mark.parametrize(
    ("trigger", "answer"),
    [
        (TEST_EVENT, {}),
        (sns(TEST_EVENT), {}),
        (sqs(TEST_EVENT), {"batchItemFailures": []}),
        (sqs(envelope(TEST_EVENT)), {"batchItemFailures": []}),
    ],
    ids=["S3", "SNS", "SQS", "SQS with an envelope of SNS"],
)
def test_a_test_event_is_ignored(s3: S3Double, loki: LokiReceiver, trigger: Any, answer: Any) -> None:
    assert handler(trigger, Context()) == {"lines_sent": 0, **answer}
    assert (s3.reads, loki.requests) == ([], [])


def fail_second_push(loki: LokiReceiver, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make each line a push of its own, one after the other, of which the second fails."""
    monkeypatch.setenv("BATCH_SIZE", "1")
    monkeypatch.setenv("PUSH_CONCURRENCY", "1")
    loki.fail_next(status=204)
    loki.fail_next(status=503)


def test_a_stream_is_repeated_from_the_first_record_that_failed(
    loki: LokiReceiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_second_push(loki, monkeypatch)
    answer = handler(kinesis(b"one", b"two", b"three", b"four"), Context())
    assert answer["batchItemFailures"] == [{"itemIdentifier": "s2"}]
    assert answer["failed"] == 1
    received = [entry.line for entry in loki.entries()]
    assert "one" in received
    assert "two" not in received


def test_a_stream_without_partial_responses_is_repeated_as_a_whole(
    loki: LokiReceiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARTIAL_BATCH_RESPONSES", "false")
    fail_second_push(loki, monkeypatch)
    with pytest.raises(DeliveryError, match="503"):
        handler(kinesis(b"one", b"two", b"three"), Context())


@pytest.mark.parametrize("partial", ["true", "false"])
def test_an_unreadable_record_of_a_stream_is_counted_and_passed_over(
    loki: LokiReceiver, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, partial: str
) -> None:
    monkeypatch.setenv("PARTIAL_BATCH_RESPONSES", partial)
    answer = handler(kinesis(b"one", None, b"three"), Context())
    assert answer == {"delivered": 1, "failed": 1, "lines_sent": 2, "batchItemFailures": []}
    assert [entry.line for entry in loki.entries()] == ["one", "three"]
    delivered, unreadable = logged(capsys)
    assert (delivered["ObjectsFailed"], unreadable["ObjectsFailed"]) == (0, 1)
    assert (unreadable["level"], unreadable["outcome"]) == ("ERROR", "failed")
    assert "no data in base64" in unreadable["reason"]


def test_lines_of_cloudwatch_logs_that_loki_does_not_take_fail_the_invocation(loki: LokiReceiver) -> None:
    loki.fail_next(status=503)
    with pytest.raises(DeliveryError, match="503"):
        handler(cloudwatch("one"), Context())
    assert loki.entries() == []


def test_the_same_event_again_sends_the_same_times_and_bytes(
    s3: S3Double, loki: LokiReceiver, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = [LINES[0], LINES[0], *LINES[1:], "without a time"]
    s3.objects[f"{BUCKET}/{KEY}"] = gzipped(iter(texts))
    for _ in range(2):
        assert handler(S3_EVENT, Context()) == {"delivered": 1, "lines_sent": 7}
    first, second = (request.body for request in loki.requests)
    assert first == second
    assert len({entry.timestamp for entry in loki.entries()}) == len(loki.entries()) == 7
    reports = logged(capsys)
    assert [(line["ObjectsDelivered"], line["LinesSent"], line["LinesRead"]) for line in reports] == [
        (1, 7, 7)
    ] * 2
    assert all("CloudWatchMetrics" in line["_aws"] for line in reports)
