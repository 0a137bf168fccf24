"""Several batches in flight at once, but no more than a given number."""

from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import Generic, TypeVar

Work = TypeVar("Work")
Result = TypeVar("Result")


class Window(Generic[Work, Result]):
    """Hands work to threads, and results back to the thread that uses it.

    While the next batch is read, encoded and compressed, those before it wait for Loki's answers: so the time that a
    push takes costs no throughput. Their number bounds the memory.

    Args:
        executor: The threads.
        size: How much work may be in flight.
        do: Does the work, in a thread.
    """

    def __init__(self, executor: ThreadPoolExecutor, size: int, do: Callable[[Work], Result]) -> None:
        self._executor = executor
        self._size = size
        self._do = do
        self._flying: set[Future[Result]] = set()

    def room(self) -> Iterator[Result]:
        """Wait until there is room for more work, and return the results of what ended meanwhile."""
        yield from self._ended(0)
        while len(self._flying) >= self._size:
            yield from self._ended(None)

    def submit(self, work: Work) -> None:
        """Start work, for which there must be room."""
        self._flying.add(self._executor.submit(self._do, work))

    def drain(self) -> Iterator[Result]:
        """Wait for all that is in flight, and return its results."""
        while self._flying:
            yield from self._ended(None)

    def _ended(self, timeout: float | None) -> Iterator[Result]:
        if not self._flying:
            return
        done, self._flying = wait(self._flying, timeout=timeout, return_when=FIRST_COMPLETED)
        for future in done:
            yield future.result()
