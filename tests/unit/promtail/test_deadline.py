"""How much time is left, and what is waited for no longer than that."""

import threading
import time

import pytest

from promtail.deadline import MARGIN_SECONDS, Deadline
from promtail.errors import DeadlineError


def running(seconds: float) -> Deadline:
    end = time.monotonic() + MARGIN_SECONDS + seconds
    return Deadline(lambda: int((end - time.monotonic()) * 1_000))


def test_a_margin_is_kept_for_the_end() -> None:
    assert Deadline(lambda: 10_000).seconds_left() == 10 - MARGIN_SECONDS
    assert Deadline(lambda: 10_000, margin=2.5).seconds_left() == 7.5


def test_an_earlier_deadline() -> None:
    earlier = Deadline(lambda: 10_000).earlier(3)
    assert earlier.seconds_left() == 7 - MARGIN_SECONDS
    assert earlier.earlier(1).seconds_left() == 6 - MARGIN_SECONDS


def test_it_asks_each_time() -> None:
    left = 10_000
    deadline = Deadline(lambda: left)
    assert deadline.check() == 9
    left = 1_001
    assert deadline.check() == pytest.approx(0.001)
    left = 1_000
    with pytest.raises(
        DeadlineError,
        match=r"time is used up before everything was delivered\. Give the function a longer timeout",
    ):
        deadline.check()
    left = -5
    with pytest.raises(DeadlineError):
        deadline.check()


def test_a_call_returns_what_it_returns() -> None:
    assert running(60).wait_for(lambda: "answer") == "answer"


@pytest.mark.parametrize("error", [ValueError("x"), TimeoutError("the call's own"), SystemExit(1)])
def test_a_call_raises_what_it_raises(error: BaseException) -> None:
    def call() -> None:
        raise error

    with pytest.raises(type(error)) as raised:
        running(60).wait_for(call)
    assert raised.value is error


def test_a_call_is_waited_for_no_longer_than_there_is_time() -> None:
    release = threading.Event()
    begun = time.monotonic()
    with pytest.raises(DeadlineError, match="time is used up"):
        running(0.2).wait_for(lambda: release.wait(60))
    assert 0.1 < time.monotonic() - begun < 30
    release.set()


def test_no_call_is_begun_without_time() -> None:
    called: list[None] = []
    with pytest.raises(DeadlineError):
        running(0).wait_for(lambda: called.append(None))
    assert called == []


def test_an_invocation_does_not_wait_for_what_goes_on() -> None:
    names: list[tuple[str, bool]] = []

    def call() -> None:
        thread = threading.current_thread()
        names.append((thread.name, thread.daemon))

    running(60).wait_for(call)
    assert names == [("aws", True)]
