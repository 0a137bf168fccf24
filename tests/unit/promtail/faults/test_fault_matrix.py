"""The fault matrix: a row is a fault, and says what was delivered, what is to be repeated, and what the metrics say.

Each event holds two objects, of which the first has the fault.
"""

import json
import time
from typing import Any

import pytest

from promtail.aws import READ_TIMEOUT_SECONDS
from tests.samples.alb_access import gzipped
from tests.unit.promtail.faults.content_faults import CONTENT_FAULTS
from tests.unit.promtail.faults.fault import Fault, timed
from tests.unit.promtail.faults.loki_faults import LOKI_FAULTS
from tests.unit.promtail.faults.rig import (
    SIBLING_KEY,
    SIBLING_LABELS,
    SIBLING_LINES,
    Call,
    Context,
    Rig,
    queue_event,
)
from tests.unit.promtail.faults.s3_faults import S3_FAULTS
from tests.unit.promtail.faults.timeouts import TIMEOUTS
from tests.unit.promtail.scenario import BUCKET, event, record

MATRIX = [*LOKI_FAULTS, *S3_FAULTS, *CONTENT_FAULTS, *TIMEOUTS]

pytestmark = pytest.mark.parametrize("fault", [pytest.param(fault, id=fault.id) for fault in MATRIX])


def test_an_event_of_s3_with_a_fault(rig: Rig, fault: Fault) -> None:
    call = _call(rig, fault, event(record(fault.key), record(SIBLING_KEY)))

    if fault.raises is None:
        assert call.error is None
        assert call.answer is not None
        assert "batchItemFailures" not in call.answer
    else:
        assert call.answer is None
        assert fault.raises in str(call.error)
        assert f"{_of_two(fault)} of 2 sources were not delivered completely" in str(call.error)
    assert rig.continuations() == []
    expected = dict(fault.report)
    if fault.queue == "continued":
        expected |= {"outcome": "failed", "ObjectsFailed": 1, "ObjectsContinued": 0}
    _check(rig, fault, call, expected)


def test_a_batch_of_a_queue_with_a_fault(rig: Rig, fault: Fault) -> None:
    call = _call(rig, fault, queue_event(event(record(fault.key)), event(record(SIBLING_KEY))))

    if fault.queue == "all repeated":
        # An error of the function makes Lambda repeat the whole batch.
        assert fault.raises is not None
        assert fault.raises in str(call.error)
    else:
        failed = {"repeated": ["m1"], "answered, but for the sibling": ["m2"]}.get(fault.queue, [])
        if fault.queue == "continued" and not fault.sibling:
            failed = ["m2"]
        assert call.error is None
        assert call.answer is not None
        assert call.answer["batchItemFailures"] == [{"itemIdentifier": name} for name in failed]
    expected = dict(fault.report)
    if fault.queue == "continued":
        expected |= {"level": "INFO", "outcome": "continued", "ObjectsFailed": 0, "ObjectsContinued": 1}
    _check(rig, fault, call, expected)
    _check_continuation(rig, fault)


def _of_two(fault: Fault) -> int:
    return 1 if fault.sibling or fault.queue == "answered, but for the sibling" else 2


def _call(rig: Rig, fault: Fault, what: dict[str, Any]) -> Call:
    rig.put(fault.content, fault.key)
    rig.put(gzipped(iter(SIBLING_LINES)), SIBLING_KEY)
    rig.environment(**fault.environment)
    fault.arrange(rig)
    context = fault.context(rig) if fault.context else Context(60.0, lambda: sum(rig.waits))
    call = rig.call(what, context)
    assert call.seconds < READ_TIMEOUT_SECONDS, "A server was waited for until a client gave up by itself."
    return call


def _check(rig: Rig, fault: Fault, call: Call, report: dict[str, Any]) -> None:
    patience = time.monotonic() + 60.0
    while len(rig.pushes) < len(fault.statuses) and time.monotonic() < patience:
        time.sleep(0.02)  # An answer that the function did not wait for.
    assert [push.status for push in rig.pushes] == list(fault.statuses)
    assert rig.entries() == list(fault.delivered)
    assert rig.entries(SIBLING_LABELS) == (timed(SIBLING_LINES) if fault.sibling else [])
    assert rig.waits == pytest.approx(list(fault.waits))
    assert [
        (parked["refusal"]["reason"], parked["refusal"]["firstLine"], parked["refusal"]["lastLine"])
        for parked in rig.parked()
    ] == list(fault.parked)
    own = next(one for one in call.reports if one["key"] == fault.key)
    assert {name: own.get(name) for name in report} == report
    if own["outcome"] in ("failed", "continued"):
        assert fault.raises is not None
        assert fault.raises in own["reason"]
    assert max(own.get("PushLatency", [0])) >= fault.latency_ms
    for metrics in call.reports:
        declared = metrics["_aws"]["CloudWatchMetrics"][0]["Metrics"]
        assert {metric["Name"] for metric in declared} <= set(metrics)


def _check_continuation(rig: Rig, fault: Fault) -> None:
    if fault.continued is None:
        assert rig.continuations() == []
        return
    delivered, delay = fault.continued
    (message,) = rig.continuations()
    (continued,) = json.loads(message)["Records"]
    assert continued["s3"] == {"bucket": {"name": BUCKET}, "object": {"key": fault.key}}
    assert continued["albLoki"]["delivered"] == delivered
    assert continued["albLoki"]["etag"]
    assert rig.aws.delays == [delay]
