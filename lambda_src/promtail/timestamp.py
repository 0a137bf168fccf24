"""Timestamps as integers: nanoseconds since 1970-01-01T00:00:00Z. Floats would lose the microseconds."""

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache

NANOSECONDS = 1_000_000_000
MILLISECOND = 1_000_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_RFC3339 = re.compile(rb"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)?")
_COMMON_LOG = re.compile(rb"(\d\d)/([A-Z][a-z]{2})/(\d{4}):(\d\d:\d\d:\d\d) ([+-]\d\d)(\d\d)")
_MONTHS = b"Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
# The nanoseconds that 64 bits can hold have 19 digits.
_UNIX = re.compile(rb"\d{1,19}")


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


def parse_common_log_time(text: bytes) -> int | None:
    """Return the nanoseconds of a time such as `06/Feb/2019:00:00:38 +0000`, or None for anything else.

    The form is that of the Common Log Format, which S3's server access logs use.
    """
    match = _COMMON_LOG.fullmatch(text)
    if match is None or match[2] not in _MONTHS:
        return None
    day, month, year, time, zone_hours, zone_minutes = match.groups()
    date = b"%b-%02d-%b" % (year, _MONTHS.index(month) + 1, day)
    seconds = _seconds(date + b"T" + time, zone_hours + b":" + zone_minutes)
    return None if seconds is None else seconds * NANOSECONDS


def parse_unix(text: bytes, unit: int) -> int | None:
    """Return the nanoseconds of a time that is the whole number of units since 1970, or None for anything else.

    Args:
        text: The number's decimal digits.
        unit: Nanoseconds in a unit: `NANOSECONDS` when the number counts seconds, `MILLISECOND` when it counts
            milliseconds.
    """
    return int(text) * unit if _UNIX.fullmatch(text) else None


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
