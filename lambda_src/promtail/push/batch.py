"""Lines grouped into pushes."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate

from ..entry import StreamLines
from .body import PushBody
from .progress import Range


@dataclass(frozen=True, slots=True)
class Push:
    """The body of one push, compressed.

    Attributes:
        tenant: Whom it is for (X-Scope-OrgID); None for no such header.
        body: What is sent.
        lines: How many lines it holds.
        newest_ns: The time of its newest line, in nanoseconds since 1970.
    """

    tenant: str | None
    body: bytes
    lines: int
    newest_ns: int


@dataclass(frozen=True, slots=True)
class Batch:
    """Lines of a source that are acknowledged together.

    Attributes:
        lines: Which lines of the source they are.
        pushes: One for each tenant; none when every one of the lines was dropped.
    """

    lines: Range
    pushes: tuple[Push, ...]


class Batcher:
    """Collects lines until they fill a batch.

    Args:
        size: Bytes of lines in a batch. Loki's own limits are on lines as well.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._clear()

    def _clear(self) -> None:
        self._lines: Range | None = None
        self._bytes = 0
        self._bodies: dict[str | None, PushBody] = {}

    def fits(self, lines: Range, size: int) -> bool:
        """Return whether lines of so many bytes go into the batch: when it is empty, or has room and they come next."""
        return self._lines is None or (self._lines[1] == lines[0] and self._bytes + size <= self._size)

    def add(self, lines: Range, size: int, streams: Iterable[StreamLines]) -> None:
        """Add lines of the source, of so many bytes, as the streams that they became. They must fit."""
        self._lines = (lines[0] if self._lines is None else self._lines[0], lines[1])
        self._bytes += size
        for stream in streams:
            if stream.texts:
                self._bodies.setdefault(stream.tenant, PushBody()).add(stream)

    def take(self) -> Batch | None:
        """Return what was collected, and begin again; None if nothing was."""
        if self._lines is None:
            return None
        batch = Batch(
            self._lines,
            tuple(
                Push(tenant, body.finish(), body.lines, body.newest_ns)
                for tenant, body in self._bodies.items()
            ),
        )
        self._clear()
        return batch


def cut(sizes: list[int], most: int) -> list[tuple[int, int, int]]:
    """Divide lines of these sizes into parts of at most so many bytes: start, end and bytes of each.

    A line that alone is larger makes a part of its own.
    """
    total = sum(sizes)
    if total <= most:
        return [(0, len(sizes), total)]
    parts = []
    start = before = end = last = 0
    for end, last in enumerate(accumulate(sizes)):  # Up to `end`, without it, there are `last` less its size.
        upto = last - sizes[end]
        if last - before > most and end > start:
            parts.append((start, end, upto - before))
            start, before = end, upto
    parts.append((start, len(sizes), last - before))
    return parts
