"""How pushes are sent: no more at once than allowed, a retry as the first time, and none without lines."""

import json
import threading

import pytest

from promtail.push.loki import RetryPolicy
from tests.harness.loki.wire import decode_protobuf
from tests.samples.alb_access import gzipped, lines
from tests.unit.promtail.faults.fault import timed
from tests.unit.promtail.faults.rig import LINES, PARKING_ARN, Rig, sent_entries
from tests.unit.promtail.scenario import END, event, record

MANY_LINES = list(lines(40, END))


@pytest.mark.parametrize("concurrency", [1, 2, 4])
def test_as_many_pushes_are_in_flight_as_allowed_and_no_more(rig: Rig, concurrency: int) -> None:
    rig.put(gzipped(iter(MANY_LINES)))
    rig.environment(BATCH_SIZE="1500", PUSH_CONCURRENCY=str(concurrency))
    together = threading.Barrier(concurrency, timeout=60)
    rig.loki.fail_next(concurrency, status=204, hold=together.wait)
    rig.loki.fail_next(20, status=204, delay=0.03)

    rig.call(event(record()))

    assert rig.loki.most_at_once == concurrency
    assert rig.entries() == timed(MANY_LINES)


def test_retries_take_no_further_place_among_the_pushes_in_flight(rig: Rig) -> None:
    rig.put(gzipped(iter(MANY_LINES)))
    rig.environment(BATCH_SIZE="1500", PUSH_CONCURRENCY="2")
    rig.set_retries(RetryPolicy(attempts=100))  # The same push may meet several of the failures.
    together = threading.Barrier(2, timeout=60)
    rig.loki.fail_next(status=503, hold=together.wait)
    rig.loki.fail_next(status=204, hold=together.wait)
    for _ in range(10):
        rig.loki.fail_next(status=503, delay=0.02)
        rig.loki.fail_next(2, status=204, delay=0.02)

    rig.call(event(record()))

    assert rig.loki.most_at_once == 2
    assert rig.entries() == timed(MANY_LINES)


@pytest.mark.parametrize("statuses", [(500, 429), (503, 502), (429, 504)])
def test_a_retry_sends_identical_bytes(rig: Rig, statuses: tuple[int, ...]) -> None:
    rig.put(gzipped(iter(LINES)))
    for status in statuses:
        rig.loki.fail_next(status=status, accept_entries=2)

    rig.call(event(record()))

    first, *others = rig.pushes
    assert [push.status for push in others] == [statuses[1], 204]
    for push in others:
        assert (push.body, push.headers) == (first.body, first.headers)


@pytest.mark.parametrize(
    "environment",
    [
        {"FILTER_RULES": json.dumps([{"match": {"kind": "alb_access"}, "keep": 0}])},
        {"LOKI_STAGE_CONFIGS": json.dumps([{"drop": {"expression": ".*"}}])},
        {"RELABEL_CONFIGS": json.dumps([{"regex": ".*", "action": "drop"}])},
        {"MAX_LINE_SIZE": "128", "LONG_LINES": "drop"},
    ],
    ids=["filter rules", "stages", "relabel rules", "long lines"],
)
def test_an_object_whose_lines_are_all_dropped_leads_to_no_push(
    rig: Rig, environment: dict[str, str]
) -> None:
    rig.put(gzipped(iter(LINES)))
    rig.environment(**environment)

    call = rig.call(event(record()))

    assert call.error is None
    assert rig.pushes == []
    assert call.reports[0]["outcome"] in ("delivered", "skipped")


def test_no_push_is_empty_when_most_lines_are_dropped(rig: Rig) -> None:
    rig.put(gzipped(iter(MANY_LINES)))
    rig.environment(
        BATCH_SIZE="1",
        REFUSED_DESTINATION=PARKING_ARN,
        FILTER_RULES=json.dumps(
            [{"match": {"elb_status_code": "304"}, "keep": 1}, {"match": {"kind": "alb_access"}, "keep": 0}]
        ),
    )

    call = rig.call(event(record()))

    kept = [line for line in MANY_LINES if line.split(" ")[8] == "304"]
    assert kept
    assert all(stream.entries for push in rig.pushes for stream in decode_protobuf(push.body))
    assert sorted(sent_entries(rig.pushes)) == timed(kept)
    assert len(rig.pushes) == len(kept)
    assert call.reports[0]["LinesDropped"] == len(MANY_LINES) - len(kept)
    assert rig.parked() == []
