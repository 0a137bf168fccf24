"""Events of which a part is bad, and events that come twice."""

import pytest

from tests.samples.alb_access import gzipped
from tests.unit.promtail.faults.fault import ALL, timed
from tests.unit.promtail.faults.rig import (
    LINES,
    PARKING_ARN,
    SIBLING_KEY,
    SIBLING_LABELS,
    SIBLING_LINES,
    Rig,
    queue_event,
    sent_entries,
)
from tests.unit.promtail.scenario import event, record

WITHOUT_KEY = {"eventVersion": "2.1", "eventSource": "aws:s3", "s3": {"bucket": {"name": "spoke-logs"}}}


@pytest.fixture
def healthy(rig: Rig) -> Rig:
    rig.put(gzipped(iter(LINES)))
    rig.put(gzipped(iter(SIBLING_LINES)), SIBLING_KEY)
    return rig


def test_a_bad_record_of_an_event_does_not_keep_its_sibling_from_being_delivered(healthy: Rig) -> None:
    call = healthy.call(event(WITHOUT_KEY, record()))

    assert "1 of 2 sources were not delivered completely" in str(call.error)
    assert "no s3.object.key" in str(call.error)
    assert healthy.entries() == ALL
    assert [(one["outcome"], one["ObjectsFailed"], one["LinesSent"]) for one in call.reports] == [
        ("failed", 1, 0),
        ("delivered", 0, 6),
    ]


@pytest.mark.parametrize("body", [event(WITHOUT_KEY), "no JSON", {"no": "event"}, "[]", ""])
def test_a_bad_message_of_a_queue_does_not_fail_its_sibling(healthy: Rig, body: object) -> None:
    call = healthy.call(queue_event(body, event(record())))

    assert call.answer is not None
    assert call.answer["batchItemFailures"] == [{"itemIdentifier": "m1"}]
    assert healthy.entries() == ALL
    assert [one["outcome"] for one in call.reports] == ["failed", "delivered"]


def test_the_same_event_twice_sends_the_same_bytes_twice(healthy: Rig) -> None:
    """So that Loki can recognize what it has, as far as its configuration lets it."""
    calls = [healthy.call(event(record())) for _ in range(2)]

    assert [call.answer for call in calls] == [{"delivered": 1, "lines_sent": 6}] * 2
    first, second = (push.body for push in healthy.pushes)
    assert first == second
    assert healthy.entries() == ALL


def test_the_same_message_twice_in_one_batch_is_delivered_and_answered_twice(healthy: Rig) -> None:
    call = healthy.call(queue_event(event(record()), event(record())))

    assert call.answer == {"delivered": 2, "lines_sent": 12, "batchItemFailures": []}
    assert len({push.body for push in healthy.pushes}) == 1
    assert healthy.entries() == ALL


def test_a_removed_object_and_a_test_event_ask_for_nothing(healthy: Rig) -> None:
    removed = {**record(), "eventName": "ObjectRemoved:Delete"}
    test_event = {"Service": "Amazon S3", "Event": "s3:TestEvent", "Bucket": "spoke-logs"}

    call = healthy.call(queue_event(event(removed), test_event, event(record(SIBLING_KEY))))

    assert call.answer == {"delivered": 1, "lines_sent": 1, "batchItemFailures": []}
    assert healthy.s3.reads == [f"spoke-logs/{SIBLING_KEY}"]
    assert healthy.entries(SIBLING_LABELS) == timed(SIBLING_LINES)


def test_nothing_is_parked_that_loki_took(healthy: Rig) -> None:
    healthy.environment(REFUSED_DESTINATION=PARKING_ARN)

    healthy.call(event(record()))

    assert healthy.parked() == []
    assert sent_entries(healthy.pushes) == ALL
