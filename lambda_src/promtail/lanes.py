"""Arithmetic on many numbers at once.

A number for each line is added, multiplied or taken apart in one step for a whole group of lines: they stand side by
side, 64 bits each, in one long integer. Python's loop over the lines would cost more than the work itself. It is the
technique known as SWAR (Hacker's Delight, chapter 2; for digits, Daniel Lemire's "Quickly parsing eight digits").

Lane 0 is the lowest; within a lane, bytes are little-endian, as on both of Lambda's architectures.
"""

from array import array
from collections.abc import Iterable
from functools import lru_cache

_BYTES = 8


@lru_cache(maxsize=256)
def repeat(value: int, count: int) -> int:
    """Return so many lanes that all hold this value (0 to 2^64 - 1)."""
    return int.from_bytes(value.to_bytes(_BYTES, "little") * count, "little")


def pack(numbers: Iterable[int]) -> int:
    """Return lanes of these numbers.

    Raises:
        OverflowError: One is negative, or needs more than 64 bits.
    """
    return int.from_bytes(array("Q", numbers).tobytes(), "little")


def unpack(lanes: int, count: int) -> list[int]:
    """Return the numbers of so many lanes."""
    numbers = array("Q")
    numbers.frombytes(lanes.to_bytes(_BYTES * count, "little"))
    return numbers.tolist()


def read_digits(text: bytes, start: int, digits: int, step: int) -> int:
    """Return lanes of the decimal numbers of at most 8 digits that begin at `start` and every `step` bytes after it.

    The bytes must be digits: this is not checked.
    """
    count = len(text) // step
    columns = bytearray(_BYTES * count)
    for digit in range(digits):
        columns[_BYTES - digits + digit :: _BYTES] = text[start + digit :: step]
    lanes = int.from_bytes(columns, "little") & repeat(0x0F0F0F0F0F0F0F0F, count)
    # Neighbours are joined: digits to numbers below 100, these to numbers below 10,000, these to one.
    lanes = (lanes * 10 + (lanes >> 8)) & repeat(0x00FF00FF00FF00FF, count)
    lanes = (lanes * 100 + (lanes >> 16)) & repeat(0x0000FFFF0000FFFF, count)
    return (lanes * 10_000 + (lanes >> 32)) & repeat(0x00000000FFFFFFFF, count)


def five_byte_varints(lanes: int, count: int) -> bytes:
    """Return numbers below 2^35 as protobuf's varints of five bytes, each with three bytes of zeros behind it."""
    encoded = repeat(0x80808080, count)
    for group in range(5):
        encoded |= (lanes & repeat(0x7F << 7 * group, count)) << group
    return encoded.to_bytes(_BYTES * count, "little")
