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


def gunzip(data: bytes, most: int = MAX_BYTES) -> bytes:
    """Return the content of gzip data, of all its members.

    Args:
        data: The data.
        most: The bytes that it may expand to.

    Raises:
        EventError: The data is broken, cut off, or expands to more than is allowed.
    """
    content = bytearray()
    rest = data
    while rest:
        decompressor = zlib.decompressobj(_GZIP)
        try:
            # One byte more than is allowed tells whether there is more; 0 would be no limit.
            content += decompressor.decompress(rest, most - len(content) + 1)
        except zlib.error as error:
            raise EventError(f"Data of {len(data)} bytes is no gzip, or is damaged ({error}).") from error
        if len(content) > most:
            raise EventError(f"Data of {len(data)} bytes expands to more than {most} bytes.")
        if not decompressor.eof:
            raise EventError(f"Data of {len(data)} bytes is gzip that was cut off.")
        # Zeros behind a member are padding, as in `reading.decode`.
        rest = decompressor.unused_data.lstrip(b"\0")
    return bytes(content)
