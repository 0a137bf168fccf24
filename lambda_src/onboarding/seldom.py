"""Does not do again what was done just before."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock

_PAUSE = 1.0


class Seldom:
    """Does something once a second at most, however many threads ask for it.

    Args:
        work: What to do. While it raises, it is done each time.
    """

    def __init__(self, work: Callable[[], None]) -> None:
        self._work = work
        self._lock = Lock()
        self._due = 0.0

    def __call__(self) -> None:
        """Do it, unless it was done within the last second."""
        with self._lock:
            if time.monotonic() >= self._due:
                self._work()
                self._due = time.monotonic() + _PAUSE
