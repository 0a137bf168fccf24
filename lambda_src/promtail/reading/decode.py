"""From the bytes that are stored to the bytes that were written: gzip is unpacked, anything else is taken as it is.

At any time one chunk of input and one block of at most `BLOCK_BYTES` of output are held, however large an object
becomes when it is unpacked.

Gzip is unpacked by isal, which takes half the time of zlib. Zstandard is refused by name: no service of AWS delivers
logs in it, and the libraries at hand unpack it in one piece only, however large it becomes.
"""

from collections.abc import Iterator

from isal import isal_zlib

from ..errors import CorruptObjectError

BLOCK_BYTES = 256 * 1024

_GZIP_MAGIC = b"\x1f\x8b"
# RFC 8878, section 3.1.1.
_ZSTANDARD_MAGIC = b"\x28\xb5\x2f\xfd"
_GZIP_WINDOW = 16 + isal_zlib.MAX_WBITS


def decode(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Return an object's content in blocks.

    Whether it is compressed is seen from its first bytes and not from its name. Gzip may have several members, one
    after the other.

    Raises:
        CorruptObjectError: The gzip is damaged or cut off, or the object is compressed in another way. What came
            before was yielded already: nothing ends quietly.
    """
    head = b""
    for chunk in chunks:
        head += chunk
        if len(head) >= len(_ZSTANDARD_MAGIC):
            break
    if not head:
        return
    if head.startswith(_ZSTANDARD_MAGIC):
        raise CorruptObjectError(
            "The object is compressed by Zstandard, which is not unpacked here. Write it as gzip or plain text."
        )
    # An object that ends after the first byte of the magic number is gzip as well: cut off.
    if head[: len(_GZIP_MAGIC)] == _GZIP_MAGIC[: len(head)]:
        yield from _gunzip(_chain(head, chunks))
    else:
        yield from _plain(_chain(head, chunks))


def _chain(head: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield head
    yield from rest


def _plain(chunks: Iterator[bytes]) -> Iterator[bytes]:
    for chunk in chunks:
        for start in range(0, len(chunk), BLOCK_BYTES):
            yield chunk[start : start + BLOCK_BYTES]


def _gunzip(chunks: Iterator[bytes]) -> Iterator[bytes]:
    member = isal_zlib.decompressobj(_GZIP_WINDOW)
    for chunk in chunks:
        data = chunk
        while data:
            if member.eof:
                # GNU gzip, too, ignores zeros after a member: the padding of tapes and blocks.
                data = data.lstrip(b"\0")
                if not data:
                    break
                member = isal_zlib.decompressobj(_GZIP_WINDOW)
            try:
                block = member.decompress(data, BLOCK_BYTES)
            except isal_zlib.error as error:  # type: ignore[misc]  # The stub has an instance for the class.
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
