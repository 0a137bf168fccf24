"""How much time an invocation has left."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from threading import Thread
from typing import TypeVar

from .errors import DeadlineError

Answer = TypeVar("Answer")

# Kept for what ends an invocation: a message that continues the work, the log line, and the answer. A function that
# Lambda kills tells nothing.
MARGIN_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Deadline:
    """The end of an invocation.

    Attributes:
        remaining_millis: Milliseconds until Lambda ends the invocation (`context.get_remaining_time_in_millis`).
        margin: Seconds before that end at which work must stop.
    """

    remaining_millis: Callable[[], int]
    margin: float = MARGIN_SECONDS

    def seconds_left(self) -> float:
        """Return the seconds that work may still take; 0 or less when it must stop."""
        return self.remaining_millis() / 1_000 - self.margin

    def earlier(self, seconds: float) -> "Deadline":
        """Return a deadline that many seconds before this one."""
        return replace(self, margin=self.margin + seconds)

    def check(self) -> float:
        """Return the seconds left.

        Raises:
            DeadlineError: None are.
        """
        left = self.seconds_left()
        if left <= 0:
            raise _used_up()
        return left

    def wait_for(self, call: Callable[[], Answer]) -> Answer:
        """Return what a call returns, or raise what it raises, but wait for it no longer than the time that is left.

        For calls of AWS, whose timeouts belong to a client and cannot be shortened for one call. A call that is no
        longer waited for goes on in a thread of its own until its own timeout.

        Raises:
            DeadlineError: The time is used up.
        """
        left = self.check()
        future: Future[Answer] = Future()
        Thread(target=_resolve, args=(future, call), name="aws", daemon=True).start()
        try:
            return future.result(left)
        except TimeoutError:
            if future.done():  # Then it is the call's own.
                raise
            raise _used_up() from None


def _resolve(future: "Future[Answer]", call: Callable[[], Answer]) -> None:
    try:
        future.set_result(call())
    except BaseException as error:  # It is raised again where it is waited for.
        future.set_exception(error)


def _used_up() -> DeadlineError:
    return DeadlineError(
        "The invocation's time is used up before everything was delivered. Give the function a longer timeout, or "
        "more memory, which also gives it more CPU."
    )
