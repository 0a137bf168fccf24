"""Lines grouped into pushes of a bounded number of bytes."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

# What protobuf adds to a line, at most: tag and length of the entry (1 + 4) and of its timestamp (1 + 1), tags and
# values of seconds (1 + 10) and nanoseconds (1 + 5), tag and length of the line (1 + 4).
ENTRY_OVERHEAD_BYTES = 29
# The same for the stream: tag and length of the stream (1 + 4) and of its labels (1 + 4).
STREAM_OVERHEAD_BYTES = 10


class Entry(NamedTuple):
    """A log line and its time in nanoseconds since 1970."""

    timestamp_ns: int
    line: str


def batches(entries: Iterable[Entry], labels: str, max_bytes: int) -> Iterator[list[Entry]]:
    """Group the entries of one stream, in order, so that no push is larger than `max_bytes` before compression.

    An entry that alone is larger makes a batch of its own. No batch is empty.
    """
    empty = STREAM_OVERHEAD_BYTES + len(labels.encode())
    batch: list[Entry] = []
    size = empty
    for entry in entries:
        entry_size = ENTRY_OVERHEAD_BYTES + len(entry.line.encode())
        if batch and size + entry_size > max_bytes:
            yield batch
            batch, size = [], empty
        batch.append(entry)
        size += entry_size
    if batch:
        yield batch
