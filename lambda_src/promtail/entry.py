"""What passes between the steps: lines with their times, in columns, and single lines where they are looked into."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Lines(NamedTuple):
    """Some lines of a source, in its order, as columns of the same length.

    Attributes:
        texts: The lines, without line ends.
        times: Their times, in nanoseconds since 1970.
    """

    texts: Sequence[bytes]
    times: Sequence[int]


class StreamLines(NamedTuple):
    """Lines of one stream, in columns of the same length.

    Attributes:
        labels: The stream's label set in Prometheus notation (`push.wire.format_labels`).
        tenant: The tenant (X-Scope-OrgID); None sends no such header.
        texts: The lines, without line ends, valid UTF-8.
        times: Their times, in nanoseconds since 1970.
        metadata: Each line's structured metadata, encoded (`push.wire.encode_metadata`); None when no line has any.
    """

    labels: str
    tenant: str | None
    texts: Sequence[bytes]
    times: Sequence[int]
    metadata: Sequence[bytes] | None = None


@dataclass(slots=True)
class Entry:
    """One line on its way through the stages, which change it in place.

    Attributes:
        timestamp_ns: Its time, in nanoseconds since 1970.
        line: Its text.
        labels: The labels of its stream, by name.
        metadata: Its structured metadata, by name.
        tenant: The tenant; None sends no such header.
        extracted: What stages have taken from the line for the stages after them, by name.
    """

    timestamp_ns: int
    line: str
    labels: dict[str, str]
    metadata: dict[str, str] = field(default_factory=dict)
    tenant: str | None = None
    extracted: dict[str, Any] = field(default_factory=dict)
