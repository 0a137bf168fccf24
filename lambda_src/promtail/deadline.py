"""How much time an invocation has left."""

from collections.abc import Callable
from dataclasses import dataclass

from .errors import DeadlineError

# Kept for the log line and the error that tell what happened: a function that Lambda kills tells nothing.
MARGIN_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Deadline:
    """The end of an invocation.

    Attributes:
        remaining_millis: Milliseconds until Lambda ends the invocation (`context.get_remaining_time_in_millis`).
    """

    remaining_millis: Callable[[], int]

    def seconds_left(self) -> float:
        """Return the seconds that work may still take; 0 or less when it must stop."""
        return self.remaining_millis() / 1_000 - MARGIN_SECONDS

    def check(self) -> float:
        """Return the seconds left.

        Raises:
            DeadlineError: None are.
        """
        left = self.seconds_left()
        if left <= 0:
            raise DeadlineError(
                "The invocation's time is used up before everything was delivered. Give the function a longer "
                "timeout, or more memory, which also gives it more CPU."
            )
        return left
