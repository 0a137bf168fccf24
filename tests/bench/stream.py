"""What is known of a set of log lines without keeping them: how many, and a sum of hashes that tells them apart."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

_MODULUS = 1 << 128


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A multiset of hashed items, whatever their order.

    A missing, a doubled or a changed item changes it. Fingerprints of parts add up to that of the whole.

    Attributes:
        count: The number of items.
        digest: The sum of their 128-bit hashes, modulo 2^128.
    """

    count: int = 0
    digest: int = 0

    def __add__(self, other: Fingerprint) -> Fingerprint:
        """Return the fingerprint of both together."""
        return Fingerprint(self.count + other.count, (self.digest + other.digest) % _MODULUS)


NOTHING = Fingerprint()


@dataclass(frozen=True, slots=True)
class Expected:
    """What must arrive of some lines.

    Attributes:
        lines: Of the lines with their times in microseconds.
        lines_with_metadata: Of the lines with their times and the eight fields of `METADATA_FIELDS`.
        sharing: How many lines have the same microsecond as another. Only these may get further nanoseconds.
    """

    lines: Fingerprint = NOTHING
    lines_with_metadata: Fingerprint = NOTHING
    sharing: int = 0

    def __add__(self, other: Expected) -> Expected:
        """Return what must arrive of both together."""
        return Expected(
            self.lines + other.lines,
            self.lines_with_metadata + other.lines_with_metadata,
            self.sharing + other.sharing,
        )


METADATA_FIELDS = (
    "elb_status_code",
    "target_status_code",
    "client_ip",
    "target_ip",
    "target_processing_time",
    "method",
    "path",
    "user_agent",
)


def item(microseconds: int, line: str, metadata: Iterable[tuple[str, str]] = ()) -> bytes:
    """Return a line with its time and its structured metadata, in any order, as the bytes that are hashed."""
    fields = "".join(f"{name}={value}\0" for name, value in sorted(metadata))
    return f"{microseconds}\0{fields}{line}".encode()


def fingerprint(items: Iterable[bytes]) -> Fingerprint:
    """Return the fingerprint of items."""
    count = total = 0
    for each in items:
        count += 1
        total += int.from_bytes(hashlib.blake2b(each, digest_size=16).digest(), "big")
    return Fingerprint(count, total % _MODULUS)
