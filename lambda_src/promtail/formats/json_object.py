"""Lines that are JSON objects, and the times in them."""

import json
from typing import Any

from ..timestamp import MILLISECOND, parse_timestamp, parse_unix


def parse_object(line: bytes) -> dict[str, Any]:
    """Return the members of the JSON object that a line is; none if it is no such object."""
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):  # RecursionError: nested too deeply.
        return {}
    return value if isinstance(value, dict) else {}


def timestamp(member: object) -> int | None:
    """Return the nanoseconds since 1970 of an RFC 3339 time, or None for anything else."""
    return parse_timestamp(member.encode("ascii", errors="replace")) if isinstance(member, str) else None


def milliseconds(member: object) -> int | None:
    """Return the nanoseconds since 1970 of milliseconds, a number or its digits, or None for anything else."""
    if not isinstance(member, int | str):
        return None
    return parse_unix(str(member).encode("ascii", errors="replace"), MILLISECOND)
