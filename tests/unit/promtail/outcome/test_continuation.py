"""The message that continues an object: written, read again, and put into the queue."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from botocore.exceptions import ClientError
from hypothesis import given
from hypothesis import strategies as st

from promtail.errors import EventError
from promtail.outcome import continuation
from promtail.outcome.continuation import Position, read_position, record
from promtail.push.progress import Progress
from promtail.triggers import read_event
from promtail.triggers.work import Direct, ObjectReference
from tests.unit.promtail.aws_double import Queue
from tests.unit.promtail.faults.servers import QueueDouble

ARN = "arn:aws:sqs:eu-west-1:111111111111:logs"
_RANGES = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)).map(sorted), max_size=6)


def test_no_member_is_the_beginning() -> None:
    position = read_position(None)
    assert (position.progress.done, position.etag, position.only) == ([], None, None)


def test_an_empty_member_is_the_beginning_too() -> None:
    assert read_position({}).progress.done == []


def test_what_was_delivered_of_which_object() -> None:
    position = read_position({"delivered": [[0, 10], [20, 30]], "etag": '"abc"'})
    assert (position.progress.done, position.etag, position.only) == ([(0, 10), (20, 30)], '"abc"', None)


def test_only_some_lines_are_wanted() -> None:
    # Lines in messages for people are counted from 1, and the last one belongs to them.
    position = read_position({"only": [11, 20]})
    assert position.only == (10, 20)
    assert position.progress.done == [(0, 10)]
    assert position.progress.missing(0, 20) == [(10, 20)]


@pytest.mark.parametrize(
    "member",
    [
        {"delivered": "0-10"},
        {"delivered": {"0": 10}},
        {"delivered": [10]},
        {"delivered": [[1]]},
        {"delivered": [[1, 2, 3]]},
        {"delivered": [[2, 1]]},
        {"delivered": [[-1, 1]]},
        {"delivered": [[0.0, 1.0]]},
        {"delivered": [[False, True]]},
        {"delivered": None},
        {"etag": 5},
        {"only": [0, 5]},
        {"only": [5, 4]},
        {"only": "1-5"},
        {"only": [1]},
    ],
)
def test_what_this_function_does_not_write_is_refused_with_the_remedy(member: Mapping[str, Any]) -> None:
    with pytest.raises(
        EventError, match=r"albLoki of a record is not as this function writes it.*Without that member"
    ):
        read_position(member)


def test_a_record_is_one_of_s3() -> None:
    reference = ObjectReference("logs", "team a/ä+1.gz", "v1", "eu-west-1")
    position = Position(Progress([(0, 10), (20, 30)]), '"abc"', (5, 40))
    assert record(reference, position) == {
        "eventVersion": "2.1",
        "eventSource": "aws:s3",
        "awsRegion": "eu-west-1",
        "eventName": "ObjectCreated:Continued",
        "s3": {
            "bucket": {"name": "logs"},
            "object": {"key": "team+a/%C3%A4%2B1.gz", "versionId": "v1"},
        },
        "albLoki": {"delivered": [[0, 10], [20, 30]], "etag": '"abc"', "only": [6, 40]},
    }


def test_what_is_not_known_is_left_out() -> None:
    written = record(ObjectReference("logs", "a"), Position())
    assert "awsRegion" not in written
    assert written["s3"]["object"] == {"key": "a"}
    assert written["albLoki"] == {"delivered": []}


@given(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30),
    st.none() | st.just("v1"),
    st.none() | st.just("eu-west-1"),
    _RANGES,
    st.none() | st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
    st.none() | st.lists(st.integers(0, 50), min_size=2, max_size=2, unique=True).map(sorted),
)
def test_what_is_written_is_read_again(
    key: str,
    version: str | None,
    region: str | None,
    done: list[list[int]],
    etag: str | None,
    only: list[int] | None,
) -> None:
    position = Position(Progress(done), etag)
    if only is not None:
        position.only = (only[0], only[1])
        position.progress.add(0, only[0])
    written = json.loads(
        json.dumps({"Records": [record(ObjectReference("logs", key, version, region), position)]})
    )
    request = read_event(written)
    assert isinstance(request, Direct)
    (work,) = request.works
    assert isinstance(work, ObjectReference)
    assert (work.bucket, work.key, work.version_id, work.region) == ("logs", key, version, region)
    again = read_position(work.progress)
    assert (again.progress.done, again.etag, again.only) == (position.progress.done, etag, position.only)


# The queue


@pytest.fixture
def aws() -> Iterator[QueueDouble]:
    with QueueDouble(queues={ARN: Queue()}) as aws:
        yield aws


@pytest.mark.parametrize("delay", [0, continuation.FAILURE_DELAY_SECONDS])
def test_the_message_is_an_event_of_s3_in_the_queue(
    aws: QueueDouble, monkeypatch: pytest.MonkeyPatch, delay: int
) -> None:
    records = [record(ObjectReference("logs", key), Position()) for key in ("a", "b")]
    continuation.send(aws.clients(monkeypatch), ARN, records, delay)
    (message,) = aws.queues[ARN].messages
    assert json.loads(message["MessageBody"]) == {"Records": records}
    assert aws.delays == [delay]
    assert {call.region for call in aws.calls} == {"eu-west-1"}


def test_a_refusal_of_the_queue_is_an_error(aws: QueueDouble, monkeypatch: pytest.MonkeyPatch) -> None:
    aws.failures["AmazonSQS.SendMessage"] = ["AccessDenied"]
    with pytest.raises(ClientError, match="AccessDenied"):
        continuation.send(aws.clients(monkeypatch), ARN, [], 0)


@pytest.mark.parametrize("arn", ["", "arn:aws:sns:eu-west-1:111111111111:logs", f"{ARN} "])
def test_what_is_no_queue_is_refused(aws: QueueDouble, monkeypatch: pytest.MonkeyPatch, arn: str) -> None:
    with pytest.raises(ValueError, match="is not the ARN of an SQS queue"):
        continuation.send(aws.clients(monkeypatch), arn, [], 0)
    assert aws.calls == []
