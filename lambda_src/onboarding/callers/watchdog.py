"""Does something shortly before Lambda ends an invocation, which it does without a word."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def watchdog(seconds: float, bark: Callable[[], None]) -> Iterator[None]:
    """Call `bark` in a thread of its own, unless the block has ended by then.

    Args:
        seconds: From now; it is called at once when this is not positive.
        bark: What to do.
    """
    timer = threading.Timer(max(seconds, 0.0), bark)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
