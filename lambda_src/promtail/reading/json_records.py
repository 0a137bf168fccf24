"""From the blocks of a document {"Records": [{...}, {...}]} to its records, in bounded memory.

At any time one block and one unfinished record are held, which is at most `MAX_LINE_BYTES`. Records are found by their
strings and brackets rather than by parsing and writing them again, so that a number or an escape stays as it is.
"""

import re
from collections.abc import Iterator

from ..errors import CorruptObjectError
from .lines import MAX_LINE_BYTES

GROUP_BYTES = 256 * 1024
"""How many bytes of records make a group full."""

_REMEDY = (
    'Expected is {"Records": [{...}, ...]}, as CloudTrail writes it. If another program writes such objects, keep them '
    "under a prefix that the bucket's notification leaves out."
)
_START = re.compile(rb'\{\s*"Records"\s*:\s*\[')
_MAX_START = 1024
# Between records; within one, up to the next bracket or white space; within a string, up to its end.
_SEPARATORS = re.compile(rb"[\s,]*+")
_PLAIN = re.compile(rb'(?:[^"{}\[\]\s]++|"(?:[^"\\]++|\\.)*+")*+', re.DOTALL)
_SPACE = re.compile(rb"\s++")
_IN_STRING = re.compile(rb'(?:[^"\\]++|\\.)*+', re.DOTALL)
_SPACE_OR_STRING = re.compile(rb'\s++|("(?:[^"\\]++|\\.)*+")', re.DOTALL)


def split_records(blocks: Iterator[bytes]) -> Iterator[list[bytes]]:
    """Return the records of a document as compact JSON texts of valid UTF-8, in groups, in their order.

    A group holds at most `GROUP_BYTES` and one record. Content of nothing but white space has no records.

    Raises:
        CorruptObjectError: The document is cut off, holds a record of more than `MAX_LINE_BYTES`, or is another one.
            The records before that have been returned.
    """
    splitter = _Splitter()
    for block in blocks:
        group: list[bytes] = []
        size = 0
        for record in splitter.feed(block):
            group.append(record)
            size += len(record)
            if size >= GROUP_BYTES:
                yield group
                group, size = [], 0
        if group:
            yield group
        splitter.check()
    splitter.close()


class _Splitter:
    """Finds records in a document that comes block by block."""

    def __init__(self) -> None:
        self._buffer = b""
        self._position = 0
        self._has_started = False
        self._has_ended = False
        self._depth = 0
        self._is_in_string = False
        self._has_space = False
        self._error: str | None = None

    def feed(self, block: bytes) -> Iterator[bytes]:
        """Return the records that end in this block. What is wrong with it is raised by `check`, after them."""
        self._buffer += block
        if not self._has_started and not self._start():
            return
        start = 0 if self._depth else self._position
        while not self._has_ended and self._error is None:
            if not self._depth:
                if not self._open_record():
                    start = self._position
                    break
                start = self._position - 1
            is_complete = self._close_record()
            if self._position - start > MAX_LINE_BYTES:
                self._error = f"A record has more than {MAX_LINE_BYTES} bytes. {_REMEDY}"
            if self._error is not None or not is_complete:
                break
            yield self._record(start)
            start = self._position
        self._buffer = self._buffer[start:]
        self._position -= start
        if self._has_ended:
            self._buffer = self._buffer.strip()
            if self._buffer not in (b"", b"}"):
                self._error = f"The document goes on after its records. {_REMEDY}"

    def check(self) -> None:
        """Raise what was wrong with the blocks so far."""
        if self._error is not None:
            raise CorruptObjectError(self._error)

    def close(self) -> None:
        """Raise if the document is not complete."""
        if not self._has_started and self._buffer:
            self._error = f"The document does not start as a list of records. {_REMEDY}"
        elif self._has_started and not (self._has_ended and self._buffer):
            self._error = (
                "The document is cut off: its list of records has no end. Reading it again helps if reading failed; "
                "if it is stored that way, only its writer can mend it."
            )
        self.check()

    def _start(self) -> bool:
        self._buffer = self._buffer.lstrip()
        match = _START.match(self._buffer)
        if match is None:
            if len(self._buffer) > _MAX_START:
                self._error = f"The document does not start as a list of records. {_REMEDY}"
            return False
        self._has_started = True
        self._position = match.end()
        return True

    def _open_record(self) -> bool:
        """Step to the start of the next record and into it."""
        buffer = self._buffer
        position = _match_end(_SEPARATORS, buffer, self._position)
        self._position = position
        if position == len(buffer):
            return False
        following = buffer[position]
        if following == ord("]"):
            self._has_ended = True
        elif following != ord("{"):
            self._error = f"A record is no JSON object. {_REMEDY}"
            return False
        self._position = position + 1
        self._depth = 0 if self._has_ended else 1
        self._has_space = False
        return not self._has_ended

    def _close_record(self) -> bool:
        """Step to the end of the record, or as far as the buffer reaches."""
        buffer, position, depth = self._buffer, self._position, self._depth
        end = len(buffer)
        while depth:
            if self._is_in_string:
                position = _match_end(_IN_STRING, buffer, position)
                if position == end or buffer[position] != ord('"'):
                    break  # Within a string, or before a backslash whose character is still to come.
                self._is_in_string = False
                position += 1
            position = _match_end(_PLAIN, buffer, position)
            if position == end:
                break
            following = buffer[position]
            if following == ord('"'):
                self._is_in_string = True
                position += 1
            elif following in b"{[":
                depth += 1
                position += 1
            elif following in b"}]":
                depth -= 1
                position += 1
            else:
                self._has_space = True
                position = _match_end(_SPACE, buffer, position)
        self._position, self._depth = position, depth
        return depth == 0

    def _record(self, start: int) -> bytes:
        record = self._buffer[start : self._position]
        if self._has_space:
            record = _SPACE_OR_STRING.sub(rb"\1", record)
        return record if record.isascii() else record.decode("utf-8", errors="replace").encode()


def _match_end(pattern: re.Pattern[bytes], buffer: bytes, position: int) -> int:
    match = pattern.match(buffer, position)
    return match.end() if match else position
