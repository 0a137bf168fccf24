"""Log lines as Loki knows them."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Entry:
    """One line of a stream.

    Attributes:
        labels: the stream's labels.
        timestamp: nanoseconds since the epoch.
        line: the text.
        metadata: structured metadata of the line.
    """

    labels: Mapping[str, str]
    timestamp: int
    line: str
    metadata: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class PushedStream:
    """A stream as it came over the wire: labels are still text, and the entries' `labels` are empty."""

    labels: str
    entries: tuple[Entry, ...]
