"""The body of a push, made while its lines come in.

Lines are encoded and compressed group by group, when they are still in the processor's cache, and only what is
compressed is kept. That is possible because snappy's block format is a length followed by parts that do not depend on
each other: parts that were compressed one by one are put behind each other, and the length of the whole before them
(https://github.com/google/snappy/blob/main/format_description.txt).
"""

import cramjam

from ..entry import StreamLines
from .wire import encode_entries, stream_start, varint

# What is compressed at a time, at least. Snappy itself looks for repetitions in parts of 64 KiB.
_PART_BYTES = 64 * 1024


class PushBody:
    """A push for one tenant.

    Attributes:
        lines: How many lines it holds.
        newest_ns: The time of its newest line, in nanoseconds since 1970.
    """

    def __init__(self) -> None:
        self.lines = 0
        self.newest_ns = 0
        self._streams: dict[str, _Stream] = {}

    def add(self, stream: StreamLines) -> None:
        """Add lines of a stream, at least one."""
        self.lines += len(stream.texts)
        self.newest_ns = max(self.newest_ns, max(stream.times))
        self._streams.setdefault(stream.labels, _Stream()).add(encode_entries(stream))

    def finish(self) -> bytes:
        """Return the whole body. The same lines in the same groups give the same bytes."""
        size = 0
        parts: list[bytes] = []
        for labels, stream in self._streams.items():
            stream.compress()
            start = stream_start(labels, stream.size)
            size += len(start) + stream.size
            parts += (_compressed(start), *stream.parts)
        return varint(size) + b"".join(parts)


class _Stream:
    def __init__(self) -> None:
        self.size = 0
        self.parts: list[bytes] = []
        self._waiting: list[bytes] = []
        self._waiting_size = 0

    def add(self, entries: bytes) -> None:
        self.size += len(entries)
        self._waiting.append(entries)
        self._waiting_size += len(entries)
        if self._waiting_size >= _PART_BYTES:
            self.compress()

    def compress(self) -> None:
        if self._waiting:
            self.parts.append(_compressed(b"".join(self._waiting)))
            self._waiting = []
            self._waiting_size = 0


def _compressed(data: bytes) -> bytes:
    """Return data as snappy's elements, without the length before them."""
    block = bytes(cramjam.snappy.compress_raw(data))
    length = 0
    while block[length] & 0x80:
        length += 1
    return block[length + 1 :]
