"""Timestamps as integers: nanoseconds since 1970-01-01T00:00:00Z. Floats would lose the microseconds."""

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache

NANOSECONDS = 1_000_000_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_RFC3339 = re.compile(rb"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)?")


def parse_timestamp(text: bytes) -> int | None:
    """Return the nanoseconds of an RFC 3339 time, or None for anything else.

    A time without a zone is UTC: Network Load Balancers write theirs without the `Z`. Digits after the ninth of a
    fraction are cut off.
    """
    match = _RFC3339.fullmatch(text)
    if match is None:
        return None
    second, fraction, zone = match.groups(default=b"")
    seconds = _seconds(second, zone)
    if seconds is None:
        return None
    return seconds * NANOSECONDS + int(fraction[:9].ljust(9, b"0"))


def from_datetime(moment: datetime) -> int:
    """Return the nanoseconds of a datetime that has a zone."""
    return (moment - _EPOCH) // timedelta(microseconds=1) * 1_000


@lru_cache(maxsize=1024)  # The lines of a 5-minute window share 300 seconds.
def _seconds(second: bytes, zone: bytes) -> int | None:
    zone = b"+00:00" if zone in (b"", b"Z") else zone
    try:
        return (datetime.fromisoformat((second + zone).decode("ascii")) - _EPOCH) // timedelta(seconds=1)
    except ValueError:  # No such day or time.
        return None
