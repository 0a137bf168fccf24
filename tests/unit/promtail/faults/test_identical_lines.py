"""Loki keeps one of several lines with the same time and text: each must have a time of its own, on every retry."""

import gzip

import pytest

from promtail.push.loki import RetryPolicy
from tests.unit.promtail.faults.fault import timed
from tests.unit.promtail.faults.rig import LINES, Rig, line_time, queue_event, sent_entries
from tests.unit.promtail.faults.servers import Sink
from tests.unit.promtail.scenario import event, record

COUNT = 2_000
IDENTICAL = f"{LINES[0]}\n".encode() * COUNT
EXPECTED = [(line_time(LINES[0]) + number, LINES[0]) for number in range(COUNT)]


@pytest.mark.parametrize("content", [IDENTICAL, gzip.compress(IDENTICAL)], ids=["plain", "gzip"])
def test_identical_lines_all_arrive_at_times_of_their_own(rig: Rig, content: bytes) -> None:
    rig.put(content)

    call = rig.call(event(record()))

    assert call.answer == {"delivered": 1, "lines_sent": COUNT}
    assert rig.entries() == EXPECTED


def test_identical_lines_have_the_same_times_on_a_retry(rig: Rig) -> None:
    rig.put(IDENTICAL)

    for _ in range(2):
        rig.call(event(record()))

    assert len(sent_entries(rig.pushes)) == 2 * COUNT
    assert rig.entries() == EXPECTED


def test_identical_lines_have_the_same_times_when_a_continuation_divides_them(rig: Rig) -> None:
    rig.set_retries(RetryPolicy(attempts=1))
    rig.put(IDENTICAL)
    rig.environment(BATCH_SIZE="100000", PUSH_CONCURRENCY="2")
    rig.loki.fail_next(3, status=204)
    rig.loki.fail_next(1, status=500)

    rig.call(queue_event(event(record())))
    taken = len(rig.entries())
    rig.call(queue_event(*rig.continuations()))

    assert 0 < taken < COUNT
    assert sorted(sent_entries(rig.pushes)) == EXPECTED


def test_times_do_not_depend_on_the_blocks_in_which_an_object_is_read(rig: Rig) -> None:
    """A broken connection, or a retry, may lead to other blocks. Far away from each other is the same time again."""
    between = [_short_line(number) for number in range(1, 70_001)]
    lines = [_short_line(0)] * 3 + between + [_short_line(0)]
    plain = "".join(f"{line}\n" for line in lines).encode()
    sent = []
    for content in (
        plain,
        gzip.compress(plain, 1),
        gzip.compress(plain[:70_000]) + gzip.compress(plain[70_000:]),
    ):
        rig.put(content)
        with Sink() as sink:
            rig.environment(WRITE_ADDRESS=sink.push_url)
            assert rig.call_cold(event(record())).error is None
            sent.append(sorted(sink.entries()))  # Pushes in flight together come in any order.

    assert len(sent[0]) == len(lines)
    assert sent[1] == sent[0]
    assert sent[2] == sent[0]
    assert len(set(sent[0])) == len(lines)


def test_lines_with_times_of_their_own_keep_them(rig: Rig) -> None:
    rig.put("".join(f"{line}\n" for line in LINES).encode())

    rig.call(event(record()))

    assert rig.entries() == timed(LINES)


def _short_line(number: int) -> str:
    return f"h 2025-06-02T10:00:{number // 1_000_000:02}.{number % 1_000_000:06}Z x"
