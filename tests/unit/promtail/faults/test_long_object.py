"""An object that takes longer than an invocation may is delivered by several, each line once."""

import gzip
from datetime import UTC, datetime

from tests.unit.promtail.faults.rig import Context, Rig, queue_event
from tests.unit.promtail.faults.servers import Sink
from tests.unit.promtail.scenario import event, record

LINES = 1_000_000
START_NS = int(datetime(2025, 6, 2, 10, 0, tzinfo=UTC).timestamp()) * 1_000_000_000
# Of some 160 pushes; that ends an invocation.
PUSHES_IN_TIME = 45


def test_a_million_lines_are_delivered_once_by_several_short_invocations(rig: Rig) -> None:
    lines = [_line(number) for number in range(LINES)]
    rig.put(gzip.compress("".join(f"{line}\n" for line in lines).encode(), 1))
    rig.environment(BATCH_SIZE="262144")
    calls = []
    with Sink() as sink:
        rig.environment(WRITE_ADDRESS=sink.push_url)
        body: object = event(record())
        while body is not None:
            call = rig.call(queue_event(body), _until_pushes(sink, len(sink.bodies) + PUSHES_IN_TIME))
            assert call.answer is not None, call.error
            assert call.answer["batchItemFailures"] == []
            calls.append(call)
            body = rig.continuations()[-1] if len(rig.continuations()) == len(calls) else None

    assert len(calls) >= 3
    reports = [call.reports[0] for call in calls]
    assert [one["outcome"] for one in reports] == [*["continued"] * (len(calls) - 1), "delivered"]
    assert sum(one["LinesSent"] for one in reports) == LINES
    assert rig.aws.delays == [0] * (len(calls) - 1)
    times = [0] * LINES
    for time, text in sink.entries():
        number = int(text[-7:])
        assert times[number] == 0, f"Line {number} came twice."
        assert text == lines[number]
        times[number] = time
    assert times == [_time(number) for number in range(LINES)]


def _line(number: int) -> str:
    """Return a line with two fields of a load balancer's, and its number."""
    return f"h 2025-06-02T10:00:00.{number - _repeats(number):06}Z {number:07}"


def _time(number: int) -> int:
    """Return when it arrives: of two lines with the same microsecond, the second a nanosecond later."""
    return START_NS + (number - _repeats(number)) * 1_000 + _repeats(number)


def _repeats(number: int) -> bool:
    """Say if a line states the time of the line before."""
    return number % 1_000 == 999


def _until_pushes(sink: Sink, count: int) -> Context:
    return Context(60.0, lambda: 59.5 if len(sink.bodies) >= count else 0.0)
