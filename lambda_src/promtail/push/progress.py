"""Which lines of a source are dealt with: delivered, or dropped, or parked."""

from collections.abc import Iterable, Sequence

Range = tuple[int, int]
"""Lines by their numbers, counted from 0: from the first one up to, but without, the second one."""


class Progress:
    """A set of line numbers, as ranges in order that do not touch.

    Several pushes are in flight at once, so what is delivered need not be one range from the start.
    """

    def __init__(self, done: Iterable[Sequence[int]] = ()) -> None:
        self._done: list[Range] = []
        for start, end in done:
            self.add(start, end)

    @property
    def done(self) -> list[Range]:
        """The ranges."""
        return list(self._done)

    def add(self, start: int, end: int) -> None:
        """Add a range."""
        if start >= end:
            return
        if self._done and self._done[-1][0] <= start <= self._done[-1][1]:  # Mostly, lines come in order.
            self._done[-1] = (self._done[-1][0], max(self._done[-1][1], end))
            return
        merged: list[Range] = []
        for known_start, known_end in sorted([*self._done, (start, end)]):
            if merged and known_start <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(merged[-1][1], known_end))
            else:
                merged.append((known_start, known_end))
        self._done = merged

    def missing(self, start: int, end: int) -> list[Range]:
        """Return what of a range is not dealt with."""
        gaps: list[Range] = []
        next_missing = start
        for done_start, done_end in self._done:
            if done_start >= end:
                break
            if done_start > next_missing:
                gaps.append((next_missing, done_start))
            next_missing = max(next_missing, done_end)
        if next_missing < end:
            gaps.append((next_missing, end))
        return gaps
