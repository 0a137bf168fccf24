"""From an object's bytes to its lines, in bounded memory.

At any time one chunk of input, one block of at most `BLOCK_BYTES` of decoded bytes, and one unfinished line of at
most `MAX_LINE_BYTES` are held, however large the object is or becomes when it is unpacked.
"""

import zlib
from collections.abc import Iterable, Iterator

from .errors import CorruptObjectError

BLOCK_BYTES = 256 * 1024
# Four times what Loki takes for a line by default, and far more than any load balancer writes. Something longer
# is not a log; without an end to its lines it would fill the memory.
MAX_LINE_BYTES = 1024 * 1024

_GZIP_MAGIC = b"\x1f\x8b"
_GZIP_WINDOW = 16 + zlib.MAX_WBITS


def read_lines(chunks: Iterable[bytes]) -> Iterator[bytes]:
    r"""Split an object into lines, without their `\n` or `\r\n`. A last line needs no line end.

    Whether the object is compressed is seen from its first bytes and not from its name. Gzip may have several
    members, one after the other.

    Raises:
        CorruptObjectError: The gzip is damaged or cut off, or a line is longer than MAX_LINE_BYTES. Lines that came
            before were yielded already: nothing ends quietly.
    """
    return _split(_decode(iter(chunks)))


def _decode(chunks: Iterator[bytes]) -> Iterator[bytes]:
    head = b""
    for chunk in chunks:
        head += chunk
        if len(head) >= len(_GZIP_MAGIC):
            break
    if not head:
        return
    # An object that ends after the first byte of the magic number is gzip as well: cut off.
    if head[: len(_GZIP_MAGIC)] == _GZIP_MAGIC[: len(head)]:
        yield from _gunzip(_chain(head, chunks))
    else:
        yield from _chain(head, chunks)


def _chain(head: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield head
    yield from rest


def _gunzip(chunks: Iterator[bytes]) -> Iterator[bytes]:
    member = zlib.decompressobj(_GZIP_WINDOW)
    for chunk in chunks:
        data = chunk
        while data:
            if member.eof:
                # GNU gzip, too, ignores zeros after a member: the padding of tapes and blocks.
                data = data.lstrip(b"\0")
                if not data:
                    break
                member = zlib.decompressobj(_GZIP_WINDOW)
            try:
                block = member.decompress(data, BLOCK_BYTES)
            except zlib.error as error:
                raise CorruptObjectError(
                    f"The gzip data is damaged ({error}). Lines before it are delivered. Write the object again."
                ) from error
            if block:
                yield block
            data = member.unused_data if member.eof else member.unconsumed_tail
    if not member.eof:
        raise CorruptObjectError(
            "The gzip data ends too early: the object was cut off. Lines before the end are delivered. Write the "
            "object again."
        )


def _split(blocks: Iterable[bytes]) -> Iterator[bytes]:
    rest = b""
    for block in blocks:
        lines = (rest + block).split(b"\n")
        rest = lines.pop()
        for line in lines:
            yield _checked(line)
        _checked(rest)
    if rest:
        yield _checked(rest)


def _checked(line: bytes) -> bytes:
    if len(line) > MAX_LINE_BYTES:
        raise CorruptObjectError(
            f"A line is longer than {MAX_LINE_BYTES} bytes. No load balancer writes such a line: check what this "
            "object is. Lines before it are delivered."
        )
    return line.removesuffix(b"\r")
