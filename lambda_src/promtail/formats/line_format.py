"""Formats whose records are lines, and times that each line states for itself."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..reading.lines import split_lines
from .format import Timer, known_time


@dataclass(frozen=True, slots=True)
class LineFormat:
    """A format whose records are lines of text.

    Attributes:
        name: The kind of log.
        new_timer: Makes the timer of one object.
    """

    name: str
    new_timer: Callable[[], Timer]

    def records(self, blocks: Iterator[bytes]) -> Iterator[list[bytes]]:
        """Return the lines."""
        return split_lines(blocks)

    def timer(self) -> Timer:
        """Return a timer for one object."""
        return self.new_timer()


@dataclass(frozen=True, slots=True)
class LineTimer:
    """Reads times of lines that do not depend on one another.

    Attributes:
        read: Returns a line's time in nanoseconds since 1970, or None.
    """

    read: Callable[[bytes], int | None]

    def times(self, lines: list[bytes]) -> list[int]:
        """Return each line's time in nanoseconds since 1970, or NO_TIME."""
        read = self.read
        return [known_time(read(line)) for line in lines]
