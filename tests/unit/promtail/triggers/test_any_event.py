"""Properties of all triggers together."""

import json
import subprocess
import sys
from base64 import b64encode
from typing import Any
from urllib.parse import quote_plus

from hypothesis import given
from hypothesis import strategies as st

from promtail.errors import EventError
from promtail.triggers import Batch, Direct, EventLines, ObjectReference, Unreadable, read_event

_NAMES = {
    "event": [
        "Records",
        "Event",
        "eventSource",
        "EventSource",
        "eventName",
        "source",
        "detail-type",
        "awslogs",
    ],
    "object": ["s3", "detail", "bucket", "name", "object", "key", "size", "albLoki"],
    "envelope": ["Sns", "Type", "Message", "body", "messageId"],
    "kinesis": ["kinesis", "data", "sequenceNumber", "approximateArrivalTimestamp"],
    "subscription": ["messageType", "logEvents", "logGroup", "logStream", "owner", "timestamp", "message"],
}
_NAME = st.sampled_from([name for names in _NAMES.values() for name in names])
_VALUES = ["aws:s3", "aws:sns", "aws:sqs", "aws:kinesis", "aws.s3", "s3:TestEvent", "ObjectCreated:Put"]
_VALUES += ["Object Created", "Notification", "DATA_MESSAGE", "CONTROL_MESSAGE"]
_LEAVES = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.sampled_from(_VALUES)
)


def _nested(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    objects = st.dictionaries(_NAME, inner, max_size=5)
    return (
        st.lists(inner, max_size=3)
        | objects
        | objects.map(json.dumps)
        | objects.map(lambda value: b64encode(json.dumps(value).encode()).decode())
    )


_JSON = st.recursive(_LEAVES, _nested, max_leaves=20)
_RECORDS = st.fixed_dictionaries({"Records": st.lists(st.dictionaries(_NAME, _JSON), max_size=3)})
_KEYS = st.text(st.characters(codec="utf-8"), min_size=1)


@given(_JSON | _RECORDS)
def test_no_event_breaks_the_function_in_another_way(anything: Any) -> None:
    try:
        found = read_event(anything)
    except EventError:
        return
    if isinstance(found, Batch):
        assert len(found.messages) == len(anything["Records"])
        works = [work for message in found.messages for work in message.works]
    else:
        assert isinstance(found, Direct)
        works = list(found.works)
    for work in works:
        assert isinstance(work, ObjectReference | EventLines | Unreadable)
        if isinstance(work, EventLines):
            for time, text in work.lines:
                assert isinstance(time, int)
                text.encode()
        if isinstance(work, ObjectReference):
            str(work).encode()


@given(_KEYS)
def test_every_key_survives_every_envelope(key: str) -> None:
    s3 = {
        "Records": [
            {"eventSource": "aws:s3", "s3": {"bucket": {"name": "b"}, "object": {"key": quote_plus(key)}}}
        ]
    }
    eventbridge = {
        "source": "aws.s3",
        "detail-type": "Object Created",
        "detail": {"bucket": {"name": "b"}, "object": {"key": key}},
    }
    for notification in (s3, eventbridge):
        text = json.dumps(notification)
        envelope = json.dumps({"Type": "Notification", "Message": text})
        sns = {"Records": [{"EventSource": "aws:sns", "Sns": {"Message": text}}]}
        for event in (notification, sns):
            assert read_event(event) == Direct((ObjectReference("b", key),))
        for body in (text, envelope, json.dumps(sns)):
            batch = read_event({"Records": [{"eventSource": "aws:sqs", "messageId": "m", "body": body}]})
            assert isinstance(batch, Batch)
            assert batch.messages[0].works == (ObjectReference("b", key),)


def test_an_event_of_s3_imports_nothing_that_other_triggers_need() -> None:
    event = {"Records": [{"eventSource": "aws:s3", "s3": {"bucket": {"name": "b"}, "object": {"key": "k"}}}]}
    program = (
        f"import sys; from promtail.triggers import read_event; read_event({event!r}); "
        "print([name for name in sys.modules if name.startswith('promtail.triggers.')])"
    )
    told = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env=_path()
    )
    assert "'promtail.triggers.s3'" in told.stdout
    for other in ("sqs", "kinesis", "cloudwatch_logs", "gunzip", "subscription"):
        assert f"'promtail.triggers.{other}'" not in told.stdout


def _path() -> dict[str, str]:
    return {"PYTHONPATH": ":".join(path for path in sys.path if path)}
