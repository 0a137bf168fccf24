"""Does the same for many load balancers or buckets, some at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import TypeVar

from onboarding.failures import EXPECTED, NOT_REACHED, Failure, failure

Item = TypeVar("Item")
Result = TypeVar("Result")

Progress = Callable[[int, int, str], None]
"""Is told how many of how many are done, and what is being done, as in `Progress(3, 8, "reading")`."""

# A call takes some tens of milliseconds, and the account's rate of calls is a handful a second in the long run.
_THREADS = 8
# What has begun must be able to end: a call with its repetitions, or a bucket's lock.
_RESERVE = 20.0


class Workers:
    """A few threads.

    Args:
        deadline: The seconds that are left; nothing is begun when they are few.
        progress: Is told after each item.
    """

    def __init__(self, deadline: Callable[[], float], progress: Progress) -> None:
        self._deadline = deadline
        self._progress = progress

    def each(
        self, items: Sequence[Item], what: str, work: Callable[[Item], Result]
    ) -> list[tuple[Item, Result | Failure]]:
        """Do `work` for each item; one that fails does not keep the others.

        Args:
            items: Of what.
            what: What is being done, for the progress: `reading`.
            work: What to do, in several threads at once.

        Returns:
            Each item with its result, in the order of `items`.
        """
        done = 0
        lock = Lock()

        def one(item: Item) -> Result | Failure:
            nonlocal done
            try:
                return NOT_REACHED if self._deadline() < _RESERVE else work(item)
            except EXPECTED as error:
                return failure(error)
            finally:
                with lock:
                    done += 1
                    self._progress(done, len(items), what)

        with ThreadPoolExecutor(_THREADS) as pool:
            return list(zip(items, pool.map(one, items), strict=True))
