"""Several batches in flight, but never more than allowed."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from promtail.push.window import Window


@pytest.fixture
def executor() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(8) as executor:
        yield executor


@pytest.mark.parametrize("size", [1, 2, 4])
def test_as_many_are_in_flight_as_allowed_and_no_more(executor: ThreadPoolExecutor, size: int) -> None:
    lock = threading.Lock()
    together = threading.Barrier(size)
    flying = highest = 0

    def do(work: int) -> int:
        nonlocal flying, highest
        with lock:
            flying += 1
            highest = max(highest, flying)
        together.wait(10)  # Ends only when so many are in flight at once.
        with lock:
            flying -= 1
        return work * 10

    window = Window(executor, size, do)
    results: list[int] = []
    for work in range(3 * size):
        results += window.room()
        window.submit(work)
    results += window.drain()
    assert sorted(results) == [work * 10 for work in range(3 * size)]
    assert highest == size


def test_results_come_as_they_are_ready_and_not_in_their_order(executor: ThreadPoolExecutor) -> None:
    release = threading.Event()

    def do(work: str) -> str:
        if work == "slow":
            assert release.wait(10)
        return work

    window = Window(executor, 2, do)
    window.submit("slow")
    window.submit("quick")
    assert list(window.room()) == ["quick"]
    window.submit("next")
    release.set()
    assert sorted(window.drain()) == ["next", "slow"]
    assert list(window.drain()) == []


def test_nothing_is_waited_for_while_there_is_room(executor: ThreadPoolExecutor) -> None:
    release = threading.Event()
    window: Window[int, int] = Window(executor, 3, lambda work: work if release.wait(10) else 0)
    for work in range(1, 4):
        assert list(window.room()) == []
        window.submit(work)
    release.set()
    assert sorted(window.drain()) == [1, 2, 3]


def test_an_error_in_a_thread_reaches_whoever_waits(executor: ThreadPoolExecutor) -> None:
    def do(work: int) -> float:
        return 1 / work

    window = Window(executor, 1, do)
    window.submit(0)
    with pytest.raises(ZeroDivisionError):
        list(window.drain())
