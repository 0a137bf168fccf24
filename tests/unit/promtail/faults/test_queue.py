"""What a queue makes of failures: nothing lost, and nothing sent twice that Loki took."""

import json
from typing import Any

import pytest

from promtail import handler as function
from promtail.aws import READ_TIMEOUT_SECONDS, Clients
from promtail.push.loki import RetryPolicy
from tests.harness.loki.receiver import LokiReceiver
from tests.samples.alb_access import gzipped, lines
from tests.unit.promtail.faults.fault import ALL, timed
from tests.unit.promtail.faults.loki_faults import ONE_BY_ONE, PARKED, PARTLY_OLD
from tests.unit.promtail.faults.rig import (
    LINES,
    QUEUE_ARN,
    SIBLING_KEY,
    SIBLING_LABELS,
    SIBLING_LINES,
    Context,
    Rig,
    queue_event,
    sent_entries,
)
from tests.unit.promtail.faults.servers import SilentServer
from tests.unit.promtail.scenario import BUCKET, END, KEY, event, record

MISSING_KEY = KEY.replace("shop-2", "missing")
NOTHING_FAILED: list[dict[str, str]] = []
FIRST_FAILED = [{"itemIdentifier": "m1"}]
MANY_LINES = list(lines(40, END))


@pytest.fixture
def queue(rig: Rig) -> Rig:
    """The rig with two healthy objects, whose first failure is the last attempt."""
    rig.set_retries(RetryPolicy(attempts=1))
    rig.put(gzipped(iter(LINES)))
    rig.put(gzipped(iter(SIBLING_LINES)), SIBLING_KEY)
    return rig


def failed(answer: dict[str, Any] | None) -> list[dict[str, str]]:
    assert answer is not None
    found: list[dict[str, str]] = answer["batchItemFailures"]
    return found


def test_only_the_messages_that_failed_are_named(queue: Rig) -> None:
    call = queue.call(
        queue_event(event(record()), event(record(MISSING_KEY)), event(record(SIBLING_KEY)), "no JSON")
    )

    assert failed(call.answer) == [{"itemIdentifier": "m2"}, {"itemIdentifier": "m4"}]
    assert queue.entries() == ALL
    assert queue.entries(SIBLING_LABELS) == timed(SIBLING_LINES)
    assert queue.continuations() == []


def test_a_batch_without_failures_names_none(queue: Rig) -> None:
    call = queue.call(queue_event(event(record()), event(record(SIBLING_KEY))))

    assert call.answer == {"delivered": 2, "lines_sent": 7, "batchItemFailures": []}


def test_an_error_tells_of_a_batch_that_failed_as_a_whole(queue: Rig) -> None:
    """Lambda's own metric of errors counts it then."""
    call = queue.call(queue_event(event(record(MISSING_KEY)), "no JSON"))

    assert "2 of 2 sources were not delivered completely" in str(call.error)
    assert MISSING_KEY in str(call.error)


def test_one_failure_fails_the_batch_where_partial_responses_are_not_read(queue: Rig) -> None:
    queue.environment(PARTIAL_BATCH_RESPONSES="false")

    call = queue.call(queue_event(event(record()), event(record(MISSING_KEY))))

    assert "1 of 2 sources were not delivered completely" in str(call.error)
    assert queue.entries() == ALL


def test_a_message_with_a_record_that_failed_is_replaced_by_one_with_that_record_alone(queue: Rig) -> None:
    call = queue.call(queue_event(event(record(), record(MISSING_KEY))))

    assert failed(call.answer) == NOTHING_FAILED
    (body,) = queue.continuations()
    assert [one["s3"]["object"]["key"] for one in json.loads(body)["Records"]] == [MISSING_KEY]
    assert queue.aws.delays == [30]
    assert [one["outcome"] for one in call.reports] == ["delivered", "continued"]

    queue.put(gzipped(iter(LINES)), MISSING_KEY)
    again = queue.call(queue_event(*queue.continuations()))

    assert again.answer == {"delivered": 1, "lines_sent": 6, "batchItemFailures": []}
    assert len(sent_entries(queue.pushes)) == 12


def test_a_replacement_that_fails_again_stays_with_its_message(queue: Rig) -> None:
    """SQS counts how often it was received, until it goes to the dead-letter queue."""
    queue.call(queue_event(event(record(), record(MISSING_KEY))))

    call = queue.call(queue_event(*queue.continuations(), event(record(SIBLING_KEY))))

    assert failed(call.answer) == FIRST_FAILED
    assert len(queue.continuations()) == 1


@pytest.mark.parametrize("concurrency", ["1", "4"])
def test_an_object_continues_without_the_lines_that_loki_took(queue: Rig, concurrency: str) -> None:
    """Counted over all that was ever sent, not only what Loki kept."""
    queue.put(gzipped(iter(MANY_LINES)))
    # A slow push amid quick ones: lines behind those that fail are taken, too.
    queue.environment(BATCH_SIZE="1500", PUSH_CONCURRENCY=concurrency)
    queue.loki.fail_next(3, status=204)
    queue.loki.fail_next(1, status=500)
    queue.loki.fail_next(3, status=204, delay=0.05)

    call = queue.call(queue_event(event(record())))
    taken = sent_entries(queue.pushes)
    assert failed(call.answer) == NOTHING_FAILED
    assert 0 < len(taken) < len(MANY_LINES)
    assert call.reports[0]["LinesSent"] == len(taken)
    ((body,), attempt) = (
        queue.continuations(),
        json.loads(queue.continuations()[0])["Records"][0]["albLoki"],
    )
    assert sum(end - start for start, end in attempt["delivered"]) == len(taken)

    again = queue.call(queue_event(body))

    assert again.reports[0]["resumed_at"] == len(taken)
    assert again.reports[0]["lines_read"] == len(MANY_LINES) - len(taken)
    assert sorted(sent_entries(queue.pushes)) == timed(MANY_LINES)


def test_an_object_that_fails_at_many_places_is_delivered_once(queue: Rig) -> None:
    """Every third push fails, in each of the invocations."""
    queue.put(gzipped(iter(MANY_LINES)))
    queue.environment(BATCH_SIZE="1500", PUSH_CONCURRENCY="3")
    for _ in range(6):
        queue.loki.fail_next(2, status=204)
        queue.loki.fail_next(1, status=503)
    body: object = event(record())
    calls = 0
    while body is not None:
        before = len(queue.continuations())
        assert failed(queue.call(queue_event(body)).answer) == NOTHING_FAILED
        calls += 1
        body = queue.continuations()[before] if len(queue.continuations()) > before else None

    assert calls > 2
    assert sorted(sent_entries(queue.pushes)) == timed(MANY_LINES)


def test_an_object_without_progress_stays_with_its_message(queue: Rig) -> None:
    queue.loki.fail_next(status=500)

    call = queue.call(queue_event(event(record()), event(record(SIBLING_KEY))))

    assert failed(call.answer) == FIRST_FAILED
    assert queue.continuations() == []


def test_a_continued_object_without_further_progress_stays_with_its_message(queue: Rig) -> None:
    queue.environment(**ONE_BY_ONE)
    queue.loki.fail_next(status=204)
    queue.loki.fail_next(status=500)
    queue.call(queue_event(event(record())))
    queue.loki.fail_next(status=500)

    call = queue.call(queue_event(*queue.continuations(), event(record(SIBLING_KEY))))

    assert failed(call.answer) == FIRST_FAILED
    assert len(queue.continuations()) == 1
    assert call.reports[0]["outcome"] == "failed"


@pytest.mark.parametrize("code", ["AccessDenied", "KmsThrottled"])
def test_a_continuation_that_cannot_be_sent_leaves_the_message_as_it_is(queue: Rig, code: str) -> None:
    queue.environment(**ONE_BY_ONE)
    queue.aws.failures["AmazonSQS.SendMessage"] = [code] * 3
    queue.loki.fail_next(status=204)
    queue.loki.fail_next(status=500)

    call = queue.call(queue_event(event(record()), event(record(SIBLING_KEY))))

    assert failed(call.answer) == FIRST_FAILED
    assert queue.continuations() == []
    assert call.reports[0]["outcome"] == "failed"
    assert call.reports[0]["ObjectsFailed"] == 1
    (told,) = [line["message"] for line in call.log if "could not be put into" in line["message"]]
    assert QUEUE_ARN in told
    assert "sqs:SendMessage" in told


def test_a_queue_that_does_not_answer_leaves_the_message_as_it_is_in_time(queue: Rig) -> None:
    with SilentServer() as silent:
        queue.environment(**ONE_BY_ONE, AWS_ENDPOINT_URL_SQS=silent.url)
        clients = Clients()
        clients.sqs("eu-west-1")
        queue.monkeypatch.setattr(function, "Clients", lambda: clients)
        queue.loki.fail_next(status=204)
        queue.loki.fail_next(status=500)

        call = queue.call(queue_event(event(record())), Context(2.0, lambda: 0.0))

    assert "Loki answered 500" in str(call.error)
    assert call.seconds < READ_TIMEOUT_SECONDS  # Of the client of SQS itself.
    assert any("could not be put into" in line["message"] for line in call.log)


def test_a_queue_that_is_gone_leaves_the_message_as_it_is(queue: Rig) -> None:
    queue.environment(**ONE_BY_ONE)
    gone = queue_event(event(record()), event(record(SIBLING_KEY)))
    gone["Records"][0]["eventSourceARN"] = QUEUE_ARN + "-gone"
    queue.loki.fail_next(status=204)
    queue.loki.fail_next(status=500)

    assert failed(queue.call(gone).answer) == FIRST_FAILED


def test_an_object_that_was_overwritten_is_not_continued_in_the_new_content(queue: Rig) -> None:
    """The line numbers mean nothing for it, and it has an event of its own."""
    queue.environment(**ONE_BY_ONE)
    queue.loki.fail_next(status=204)
    queue.loki.fail_next(status=500)
    queue.call(queue_event(event(record())))
    taken = sent_entries(queue.pushes)
    queue.put(gzipped(iter(MANY_LINES)))

    call = queue.call(queue_event(*queue.continuations(), event(record(SIBLING_KEY))))

    assert failed(call.answer) == FIRST_FAILED
    assert "was overwritten while it was delivered" in call.reports[0]["reason"]
    assert queue.entries() == taken


def test_a_continuation_names_version_and_region_and_encodes_the_key(queue: Rig) -> None:
    key = "team a/" + KEY
    encoded = "team+a/" + KEY
    queue.environment(**ONE_BY_ONE)
    queue.s3.objects[f"{BUCKET}/{key}?v1"] = gzipped(iter(LINES))
    queue.loki.fail_next(status=204)
    queue.loki.fail_next(status=500)

    queue.call(queue_event(event(record(encoded, versionId="v1"))))
    again = queue.call(queue_event(*queue.continuations()))

    (continued,) = json.loads(queue.continuations()[0])["Records"]
    assert continued["s3"]["object"] == {"key": encoded, "versionId": "v1"}
    assert continued["awsRegion"] == "eu-west-1"
    assert failed(again.answer) == NOTHING_FAILED
    assert sorted(sent_entries(queue.pushes)) == ALL
    assert queue.s3.reads == [f"{BUCKET}/{key}?v1"] * 2


def test_a_continuation_that_somebody_broke_is_refused_and_nothing_is_sent(queue: Rig) -> None:
    broken = {**record(), "albLoki": {"delivered": [[3, 1]]}}

    call = queue.call(queue_event(event(broken), event(record(SIBLING_KEY))))

    assert failed(call.answer) == FIRST_FAILED
    assert "albLoki" in call.reports[0]["reason"]
    assert queue.entries() == []


def test_what_loki_refused_is_delivered_when_its_document_is_sent_to_the_queue(queue: Rig) -> None:
    """After Loki's limits were changed: the lines of the document, and no others."""
    queue.environment(**PARKED, **ONE_BY_ONE)
    queue.put(PARTLY_OLD)
    queue.call(queue_event(event(record())))
    documents = queue.parked()
    assert [document["refusal"]["firstLine"] for document in documents] == [1, 2]
    assert queue.entries() == ALL
    sent = len(queue.pushes)

    _lift_limits(queue.loki)
    call = queue.call(queue_event(*documents))

    assert call.answer == {"delivered": 2, "lines_sent": 2, "batchItemFailures": []}
    assert len(sent_entries(queue.pushes[sent:])) == 2
    assert len(queue.entries()) == 8


def test_a_redriven_refusal_that_fails_half_way_continues_within_its_lines(queue: Rig) -> None:
    queue.environment(**ONE_BY_ONE)
    only = {**record(), "albLoki": {"only": [2, 4]}}
    queue.loki.fail_next(status=204)
    queue.loki.fail_next(status=500)
    queue.call(queue_event(event(only)))

    call = queue.call(queue_event(*queue.continuations()))

    assert call.answer == {"delivered": 1, "lines_sent": 2, "batchItemFailures": []}
    assert sorted(sent_entries(queue.pushes)) == ALL[1:4]


def test_a_message_that_had_no_time_is_delivered_later(queue: Rig) -> None:
    context = Context(60.0, lambda: 59.5 if queue.pushes else 0.0)

    call = queue.call(queue_event(event(record()), event(record(SIBLING_KEY))), context)
    again = queue.call(queue_event(event(record(SIBLING_KEY))))

    assert failed(call.answer) == [{"itemIdentifier": "m2"}]
    assert failed(again.answer) == NOTHING_FAILED
    assert sent_entries(queue.pushes) == [*ALL, *timed(SIBLING_LINES)]


def _lift_limits(loki: LokiReceiver) -> None:
    for store in loki._stores.values():
        store._limits = type(store._limits)(reject_old_samples=False)


def test_a_record_that_cannot_be_read_is_left_alone_in_its_message(queue: Rig) -> None:
    """So its siblings, which were delivered, are not sent again however often the bad one comes."""
    broken = {"eventSource": "aws:s3", "eventName": "ObjectCreated:Put", "s3": {}}
    call = queue.call(queue_event(event(record(), broken)))

    assert failed(call.answer) == NOTHING_FAILED
    (body,) = queue.continuations()
    assert json.loads(body) == {"Records": [broken]}

    again = queue.call(queue_event(body, event(record(SIBLING_KEY))))

    assert failed(again.answer) == FIRST_FAILED
    assert queue.entries() == ALL
    assert len(sent_entries(queue.pushes)) == 7


def test_nothing_is_continued_where_one_failure_repeats_the_whole_batch(queue: Rig) -> None:
    queue.environment(PARTIAL_BATCH_RESPONSES="false", **ONE_BY_ONE)
    queue.loki.fail_next(status=204)
    queue.loki.fail_next(status=500)

    call = queue.call(queue_event(event(record()), event(record(SIBLING_KEY))))

    assert "1 of 2 sources were not delivered completely" in str(call.error)
    assert queue.continuations() == []
