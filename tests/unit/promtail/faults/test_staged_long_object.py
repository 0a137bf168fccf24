"""A long object whose lines go through stages is delivered by several invocations, which do not begin anew."""

import gzip
import json
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from typing import Any

import pytest

from tests.unit.promtail.faults.rig import Call, Context, Rig, queue_event
from tests.unit.promtail.faults.servers import Sink
from tests.unit.promtail.scenario import event, record

LINES = 3_000
START_NS = int(datetime(2025, 6, 2, 10, 0, tzinfo=UTC).timestamp()) * 1_000_000_000
LINES_OF_A_BATCH = 50
BATCH_SIZE = LINES_OF_A_BATCH * 40
# The time is looked at for each line that a stage sees, and for each push.
LOOKS_IN_TIME = 600
# Without the lines of a batch that an invocation had to leave, and with little for the pushes.
MOST_CALLS = 8
PUSHES_IN_TIME = 15


def fields(expression: str, *others: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"regex": {"expression": expression}}, *others]


@pytest.mark.parametrize(
    ("stages", "sent"),
    [
        ([{"drop": {"expression": "[05]$"}}], LINES * 4 // 5),
        (fields("(?P<last>[0-9])$", {"labels": {"last": ""}}), LINES),
        ([{"match": {"selector": '{__aws_log_type="s3_lb"}', "stages": [{"sampling": {"rate": 1}}]}}], LINES),
    ],
)
def test_a_line_goes_through_stages_that_remember_nothing_only_once(
    rig: Rig, stages: list[dict[str, Any]], sent: int
) -> None:
    with Sink() as sink:
        calls = _deliver(rig, sink, stages, _looks)
        entries = sorted(sink.entries())

    assert 3 <= len(calls) <= MOST_CALLS
    reports = [call.reports[0] for call in calls]
    assert sum(report["LinesSent"] for report in reports) == sent
    assert sum(sum(report["lines_dropped"].values()) for report in reports) == LINES - sent
    assert len(set(entries)) == len(entries) == sent
    assert all(time == _stated(_number(text)) for time, text in entries)


def test_times_that_a_stage_sets_are_those_of_an_object_delivered_at_once(rig: Rig) -> None:
    # A thousand lines have the same second, and about every fourth has none of its own.
    stages = fields(
        "Z (?P<second>[0-9]{4})[^3]{3}$",
        {"timestamp": {"source": "second", "format": "Unix", "action_on_failure": "fudge"}},
        {"drop": {"expression": "7$"}},
    )
    with Sink() as sink:
        (_,) = _deliver(rig, sink, stages, _plenty)
        at_once = sorted(sink.entries())
        sink.bodies.clear()
        calls = _deliver(rig, sink, stages, _pushes)
        in_parts = sorted(sink.entries())
    assert len(calls) >= 3
    assert in_parts == at_once
    assert len({time for time, _ in at_once}) == len(at_once) == LINES * 9 // 10


def test_a_limit_is_used_up_by_new_lines_only(rig: Rig) -> None:
    with Sink() as sink:
        calls = _deliver(rig, sink, [{"limit": {"rate": 0.001, "burst": 1_000, "drop": True}}], _looks)
        numbers = [_number(text) for _, text in sink.entries()]
    assert 3 <= len(calls) <= MOST_CALLS
    # What an invocation had no time to send has taken its part of the limit.
    assert 1_000 - 3 * LINES_OF_A_BATCH < len(numbers) <= 1_000
    assert len(set(numbers)) == len(numbers)
    reports = [call.reports[0] for call in calls]
    assert sum(report["lines_dropped"].get("ratelimit_drop_stage", 0) for report in reports) == LINES - len(
        numbers
    )


def test_lines_that_were_delivered_do_not_count_against_a_limit_again(rig: Rig) -> None:
    # Enough for all lines, and for those that an invocation has no time to send, but not for all of them twice.
    stages = fields(
        "Z (?P<second>[0-9]{4})",
        {"timestamp": {"source": "second", "format": "Unix"}},
        {"limit": {"rate": 0.001, "burst": LINES * 3 // 2, "drop": True}},
    )
    with Sink() as sink:
        calls = _deliver(rig, sink, stages, _pushes)
        assert len(calls) >= 3
        assert sorted(_number(text) for _, text in sink.entries()) == list(range(LINES))


def _deliver(
    rig: Rig, sink: Sink, stages: list[dict[str, Any]], context: Callable[[Sink], Context]
) -> list[Call]:
    """Call the function with an object, and again with what it leaves of it, until nothing is left."""
    rig.put(gzip.compress("".join(f"{_line(number)}\n" for number in range(LINES)).encode(), 1))
    rig.environment(
        WRITE_ADDRESS=sink.push_url, BATCH_SIZE=str(BATCH_SIZE), LOKI_STAGE_CONFIGS=json.dumps(stages)
    )
    calls: list[Call] = []
    left = len(rig.continuations())
    body: object = event(record())
    while body is not None:
        call = rig.call(queue_event(body), context(sink))
        assert call.answer is not None, call.error
        assert call.answer["batchItemFailures"] == []
        calls.append(call)
        body = rig.continuations()[-1] if len(rig.continuations()) == left + len(calls) else None
    assert [call.reports[0]["outcome"] for call in calls] == [*["continued"] * (len(calls) - 1), "delivered"]
    return calls


def _looks(_sink: Sink) -> Context:
    """Return a context whose time passes whenever it is looked at."""
    looks = count()
    return Context(60.0, lambda: next(looks) * 60.0 / LOOKS_IN_TIME)


def _pushes(sink: Sink) -> Context:
    """Return a context whose time ends with a number of pushes."""
    most = len(sink.bodies) + PUSHES_IN_TIME
    return Context(60.0, lambda: 59.5 if len(sink.bodies) >= most else 0.0)


def _plenty(_sink: Sink) -> Context:
    return Context(60.0, lambda: 0.0)


def _line(number: int) -> str:
    """Return a line with two fields of a load balancer's, and its number, which begins with a second for a stage."""
    return f"h 2025-06-02T10:00:00.{number:06}Z {number:07}"


def _number(line: str) -> int:
    return int(line[-7:])


def _stated(number: int) -> int:
    """Return the time that a line states."""
    return START_NS + number * 1_000
