"""Decompression of what an event carries."""

import zlib

from ..errors import EventError

MAX_BYTES = 32 * 1024 * 1024
"""The most that the gzip data of one record may expand to.

CloudWatch Logs and Kinesis keep a record to a few megabytes; what expands further is made to fill the memory.
"""

_MAGIC = b"\x1f\x8b"
_GZIP = 16 + zlib.MAX_WBITS


def is_gzip(data: bytes) -> bool:
    """Say if data starts as gzip does (RFC 1952)."""
    return data.startswith(_MAGIC)


def gunzip(data: bytes) -> bytes:
    """Return the content of gzip data with one member.

    Raises:
        EventError: The data is broken, cut off, or expands to more than MAX_BYTES.
    """
    decompressor = zlib.decompressobj(_GZIP)
    try:
        content = decompressor.decompress(data, MAX_BYTES)
    except zlib.error as error:
        raise EventError(f"Data of {len(data)} bytes is no gzip, or is damaged ({error}).") from error
    if decompressor.eof:
        return content
    if decompressor.unconsumed_tail:
        raise EventError(f"Data of {len(data)} bytes expands to more than {MAX_BYTES} bytes.")
    raise EventError(f"Data of {len(data)} bytes is gzip that was cut off.")
