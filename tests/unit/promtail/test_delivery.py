"""Chunks in flight: what is dealt with, and what is not, whatever fails."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promtail.content.stream import Streams
from promtail.delivery import Chunk, Delivery
from promtail.entry import StreamLines
from promtail.errors import PushError, SourceError
from promtail.outcome.report import Report
from promtail.push.batch import Batch
from promtail.push.progress import Progress
from promtail.push.sender import Sent


@pytest.fixture(scope="module")
def executor() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(4) as executor:
        yield executor


def chunk(start: int, end: int, size: int = 10, dropped: dict[str, int] | None = None) -> Chunk:
    texts = [b"%d" % number for number in range(start, end)]
    streams = [StreamLines("{}", None, texts, [7] * len(texts))] if dropped is None else []
    return Chunk((start, end), size, Streams(streams, dropped or {}))


def taken(batch: Batch) -> Sent:
    return Sent(batch, lines=sum(push.lines for push in batch.pushes), pushes=len(batch.pushes))


def run(
    executor: ThreadPoolExecutor,
    chunks: Iterator[Chunk],
    send: Callable[[Batch], Sent],
    batch_size: int = 10,
    concurrency: int = 2,
) -> tuple[Progress, Report, Exception | None]:
    progress, report = Progress(), Report()
    error = Delivery(executor, concurrency, batch_size).run(chunks, send, progress, report)
    return progress, report, error


def test_everything_is_delivered(executor: ThreadPoolExecutor) -> None:
    sizes: list[int] = []

    def send(batch: Batch) -> Sent:
        sizes.append(sum(push.lines for push in batch.pushes))
        return taken(batch)

    progress, report, error = run(
        executor, iter([chunk(0, 4), chunk(4, 5, 4), chunk(5, 7, 6), chunk(7, 8)]), send
    )
    assert error is None
    assert progress.done == [(0, 8)]
    assert (report.lines_sent, report.pushes) == (8, 3)
    assert sorted(sizes) == [1, 3, 4]


def test_nothing_to_deliver(executor: ThreadPoolExecutor) -> None:
    progress, report, error = run(executor, iter([]), lambda _batch: pytest.fail("Nothing is sent."))
    assert (progress.done, report.pushes, error) == ([], 0, None)


def test_dropped_lines_are_dealt_with_without_a_push(executor: ThreadPoolExecutor) -> None:
    progress, report, error = run(
        executor,
        iter([chunk(0, 5, dropped={"empty": 5}), chunk(5, 9, dropped={"empty": 1, "sampling": 3})]),
        lambda _batch: pytest.fail("Nothing is sent."),
    )
    assert (progress.done, error) == ([(0, 9)], None)
    assert report.lines_dropped == Counter(empty=6, sampling=3)


def test_lines_that_were_read_before_reading_failed_are_sent(executor: ThreadPoolExecutor) -> None:
    for failure in (SourceError("S3 is away."), ZeroDivisionError("a fault")):

        def chunks(failure: Exception = failure) -> Iterator[Chunk]:
            yield chunk(0, 4)
            yield chunk(4, 5, 3)
            raise failure

        progress, report, error = run(executor, chunks(), taken)
        assert error is failure
        assert progress.done == [(0, 5)]
        assert report.lines_sent == 5


def test_after_a_push_that_failed_nothing_more_is_read_and_the_rest_in_flight_counts(
    executor: ThreadPoolExecutor,
) -> None:
    failure = PushError("Loki is away.")
    read: list[int] = []
    in_flight, noted = threading.Event(), threading.Event()

    class Watched(Report):
        def add(self, sent: Sent) -> None:
            super().add(sent)
            if sent.error is not None:
                noted.set()

    def chunks() -> Iterator[Chunk]:
        for number in range(100):
            read.append(number)
            yield chunk(number, number + 1)

    def send(batch: Batch) -> Sent:
        number, _ = batch.lines
        if number == 1:
            assert in_flight.wait(10)  # Fails after the next one was begun,
            return Sent(batch, error=failure)
        if number == 2:
            in_flight.set()
            assert noted.wait(10)  # which stays in flight until the failure is known.
        return taken(batch)

    progress, report = Progress(), Watched()
    error = Delivery(executor, 2, 10).run(chunks(), send, progress, report)
    assert error is failure
    assert read == [0, 1, 2, 3, 4]  # 3 made its batch full when 4 was read, and had no room before 1 ended.
    assert progress.done == [(0, 1), (2, 3)]
    assert report.lines_sent == 2


def test_the_first_push_that_failed_is_told_and_not_what_reading_failed_with(
    executor: ThreadPoolExecutor,
) -> None:
    failure = PushError("Loki is away.")

    def chunks() -> Iterator[Chunk]:
        yield chunk(0, 1)
        yield chunk(1, 2)
        raise SourceError("S3 is away.")

    _, _, error = run(executor, chunks(), lambda batch: Sent(batch, error=failure), concurrency=1)
    assert error is failure


def test_what_loki_refused_is_dealt_with(executor: ThreadPoolExecutor) -> None:
    progress, report, error = run(
        executor, iter([chunk(0, 5)]), lambda batch: Sent(batch, refused=Counter(other=5))
    )
    assert (progress.done, error, report.lines_refused) == ([(0, 5)], None, Counter(other=5))


@pytest.mark.parametrize("concurrency", [1, 2, 4])
def test_no_more_batches_are_in_flight_than_allowed(executor: ThreadPoolExecutor, concurrency: int) -> None:
    lock = threading.Lock()
    together = threading.Barrier(concurrency)
    flying = highest = 0

    def send(batch: Batch) -> Sent:
        nonlocal flying, highest
        with lock:
            flying += 1
            highest = max(highest, flying)
        together.wait(10)
        with lock:
            flying -= 1
        return taken(batch)

    chunks = iter([chunk(number, number + 1) for number in range(2 * concurrency)])
    _, report, error = run(executor, chunks, send, concurrency=concurrency)
    assert (error, report.lines_sent, highest) == (None, 2 * concurrency, concurrency)


@given(
    st.lists(st.tuples(st.integers(1, 5), st.integers(0, 12), st.booleans()), max_size=15),
    st.sets(st.integers(0, 15)),
    st.integers(1, 30),
)
def test_what_is_dealt_with_is_what_was_sent_or_dropped(
    parts: list[tuple[int, int, bool]], failing: set[int], batch_size: int
) -> None:
    chunks = []
    start = 0
    for lines, size, is_dropped in parts:
        chunks.append(chunk(start, start + lines, size, {"empty": lines} if is_dropped else None))
        start += lines
    sent: list[int] = []
    lock = threading.Lock()

    def send(batch: Batch) -> Sent:
        if batch.lines[0] in failing:
            return Sent(batch, error=PushError("Loki is away."))
        with lock:
            sent.extend(range(*batch.lines))
        return taken(batch)

    with ThreadPoolExecutor(2) as own:
        progress, report, error = run(own, iter(chunks), send, batch_size)
    done = {number for begin, end in progress.done for number in range(begin, end)}
    dropped = {n for each in chunks if each.streams.dropped for n in range(*each.lines)}
    assert set(sent) <= done
    assert done <= set(sent) | dropped
    assert len(set(sent)) == len(sent)
    if error is None:
        assert done == set(range(start))
        assert report.lines_sent == start - sum(report.lines_dropped.values())
