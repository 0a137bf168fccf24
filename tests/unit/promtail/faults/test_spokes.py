"""The tenant and the labels of a spoke, where an object is delivered in several goes."""

import json

from promtail.push.loki import RetryPolicy
from tests.samples.alb_access import gzipped
from tests.unit.promtail.faults.fault import ALL
from tests.unit.promtail.faults.loki_faults import ONE_BY_ONE, PARKED, PARTLY_OLD
from tests.unit.promtail.faults.rig import LINES, Rig, queue_event, sent_entries
from tests.unit.promtail.scenario import BUCKET, LABELS, event, record

SPOKES = json.dumps({BUCKET: {"tenant": "shop", "labels": {"team": "checkout"}}})
STREAMS = [{**LABELS, "__extra_team": "checkout"}]


def test_an_object_that_is_continued_keeps_them(rig: Rig) -> None:
    rig.set_retries(RetryPolicy(attempts=1))
    rig.environment(SPOKES=SPOKES, **ONE_BY_ONE)
    rig.put(gzipped(iter(LINES)))
    rig.loki.fail_next(2, status=204)
    rig.loki.fail_next(1, status=500)

    rig.call(queue_event(event(record())))
    rig.call_cold(queue_event(*rig.continuations()))

    assert sorted(sent_entries(rig.pushes)) == ALL
    assert {push.headers["x-scope-orgid"] for push in rig.pushes} == {"shop"}
    assert rig.loki.streams("shop") == STREAMS


def test_lines_that_were_parked_get_those_that_the_bucket_has_by_then(rig: Rig) -> None:
    rig.environment(SPOKES=SPOKES, **PARKED)
    rig.put(PARTLY_OLD)

    rig.call(queue_event(event(record())))
    (parked,) = rig.parked()
    rig.environment(SPOKES=SPOKES.replace("shop", "shop-2"))
    rig.call_cold(queue_event(parked))

    assert parked["refusal"]["tenant"] == "shop"
    assert [push.headers["x-scope-orgid"] for push in rig.pushes] == ["shop", "shop-2"]
    assert rig.loki.streams("shop") == rig.loki.streams("shop-2") == STREAMS
