"""Events of a CloudWatch Logs subscription."""

import gzip
import json
from base64 import b64encode
from typing import Any

import pytest

from promtail.formats.format import NO_TIME
from promtail.triggers import Direct, EventLines, Unreadable, read_event
from promtail.triggers.gunzip import MAX_BYTES

# As in https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html
MESSAGE: dict[str, Any] = {
    "owner": "111111111111",
    "logGroup": "CloudTrail/logs",
    "logStream": "111111111111_CloudTrail/logs_us-east-1",
    "subscriptionFilters": ["Destination"],
    "messageType": "DATA_MESSAGE",
    "logEvents": [
        {"id": "1", "timestamp": 1432826855000, "message": "first"},
        {"id": "2", "timestamp": 1432826855123, "message": "second é"},
    ],
}


def event(content: bytes) -> dict[str, Any]:
    return {"awslogs": {"data": b64encode(content).decode()}}


def message(**members: object) -> dict[str, Any]:
    return event(gzip.compress(json.dumps(MESSAGE | members).encode()))


def works(anything: object) -> tuple[Any, ...]:
    found = read_event(anything)
    assert isinstance(found, Direct)
    return found.works


def test_log_events_have_the_labels_of_the_contract_and_their_own_times() -> None:
    assert works(message()) == (
        EventLines(
            labels={
                "__aws_log_type": "cloudwatch",
                "__aws_cloudwatch_log_group": "CloudTrail/logs",
                "__aws_cloudwatch_owner": "111111111111",
            },
            lines=[(1432826855000000000, "first"), (1432826855123000000, "second é")],
            source="CloudTrail/logs",
            stream="111111111111_CloudTrail/logs_us-east-1",
            account_id="111111111111",
        ),
    )


def test_a_control_message_asks_for_nothing() -> None:
    assert works(message(messageType="CONTROL_MESSAGE", logEvents=[{"message": "CWL CONTROL MESSAGE"}])) == ()


def test_a_message_without_log_events_asks_for_nothing() -> None:
    assert works(message(logEvents=[])) == ()


@pytest.mark.parametrize("time", [None, "1432826855000", -1, 2**63, 1.5])
def test_a_log_event_without_a_readable_time_is_still_sent(time: object) -> None:
    (lines,) = works(
        message(logEvents=[{"timestamp": time, "message": "a"}, {"timestamp": 2, "message": "b"}])
    )
    assert lines.lines == [(NO_TIME, "a"), (2_000_000, "b")]


def test_half_a_surrogate_pair_becomes_text_that_can_be_sent() -> None:
    (lines,) = works(message(logGroup="g\ud800", logEvents=[{"timestamp": 1, "message": "a\udfffb"}]))
    assert lines.lines == [(1_000_000, "a?b")]
    assert lines.labels["__aws_cloudwatch_log_group"] == "g?"


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        ({"awslogs": "secret"}, "a text of 6 characters"),
        ({"awslogs": {}}, "no awslogs.data"),
        ({"awslogs": {"data": "secret!"}}, "no awslogs.data in base64"),
        ({"awslogs": {"data": "sécret"}}, "no awslogs.data in base64"),
        (event(b"secret"), "is no gzip"),
        (event(gzip.compress(b"secret")), "no message of a subscription"),
        (event(gzip.compress(b"{}")), "no message of a subscription"),
        (event(gzip.compress(b"[" * 100_000)), "no message of a subscription"),
        (event(gzip.compress(json.dumps(MESSAGE).encode())[:-9]), "cut off"),
        (event(gzip.compress(b"a" * (MAX_BYTES + 1))), f"more than {MAX_BYTES} bytes"),
        (message(logEvents="secret"), "logEvents"),
        (message(logEvents=[{"timestamp": 1}]), "each event with a message"),
        (message(logGroup=None), "logGroup"),
    ],
)
def test_what_is_no_message_is_told_without_its_content(bad: object, told: str) -> None:
    (unreadable,) = works(bad)
    assert isinstance(unreadable, Unreadable)
    assert told in str(unreadable.error)
    assert "secret" not in str(unreadable.error)
