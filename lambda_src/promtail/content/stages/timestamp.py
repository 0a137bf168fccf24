"""The `timestamp` stage: https://grafana.com/docs/loki/latest/send-data/promtail/stages/timestamp/."""

import re
from collections import OrderedDict
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo

from ...entry import Entry
from .go_time import Layout, parse_in
from .members import Members
from .stage import Stage
from .values import source_text

# Reads a time in nanoseconds since 1970, or raises ValueError.
TimeParser = Callable[[str], int]

_MAX_STREAMS = 10_000  # Promtail's maxLastKnownTimestampsCacheSize.
# https://pkg.go.dev/time#pkg-constants
_LAYOUTS = {
    "ANSIC": "Mon Jan _2 15:04:05 2006",
    "UnixDate": "Mon Jan _2 15:04:05 MST 2006",
    "RubyDate": "Mon Jan 02 15:04:05 -0700 2006",
    "RFC822": "02 Jan 06 15:04 MST",
    "RFC822Z": "02 Jan 06 15:04 -0700",
    "RFC850": "Monday, 02-Jan-06 15:04:05 MST",
    "RFC1123": "Mon, 02 Jan 2006 15:04:05 MST",
    "RFC1123Z": "Mon, 02 Jan 2006 15:04:05 -0700",
    "RFC3339": "2006-01-02T15:04:05Z07:00",
    "RFC3339Nano": "2006-01-02T15:04:05.999999999Z07:00",
}
_UNIX = {"Unix": 10**9, "UnixMs": 10**6, "UnixUs": 10**3, "UnixNs": 1}
# What 64 bits hold: a time outside the years 1678 to 2262 is a misread one.
_TIMES = range(-(2**63), 2**63)
_INTEGER = re.compile(r"[+-]?[0-9]{1,19}")
_SECONDS = re.compile(r"([+-]?[0-9]{1,19})\.([0-9]{1,19})")


class TimestampStage(Stage):
    """Sets the time of an entry from an extracted value.

    If that fails, `fudge` gives the entry the time of the last one of its stream in the same object, and a nanosecond
    more; `skip` leaves the time as it is.
    """

    # Not only of what it fudges: lines that get the same time are kept apart by those before them.
    remembers = True

    def __init__(self, source: str, parsers: Sequence[TimeParser], *, fudge: bool) -> None:
        self._source = source
        self._parsers = parsers
        self._fudge = fudge
        self._last: OrderedDict[frozenset[tuple[str, str]], int] = OrderedDict()

    def begin_object(self) -> None:
        """See `Stage.begin_object`."""
        # A time of another object is not close to this one's, and a retry may find other objects read before it.
        self._last.clear()

    def process(self, entry: Entry) -> str | None:
        """See `Stage.process`."""
        text = source_text(entry, self._source)
        time = None if text is None else self._parse(text)
        if not self._fudge:
            if time is not None:
                entry.timestamp_ns = time
            return None
        stream = frozenset(entry.labels.items())
        if time is None:
            last = self._last.get(stream)
            if last is None:
                return None
            time = last + 1
        entry.timestamp_ns = time
        self._remember(stream, time)
        return None

    def _parse(self, text: str) -> int | None:
        for parser in self._parsers:
            try:
                time = parser(text)
            except (ValueError, OverflowError):
                continue
            if time in _TIMES:
                return time
        return None

    def _remember(self, stream: frozenset[tuple[str, str]], time: int) -> None:
        self._last[stream] = time
        self._last.move_to_end(stream)
        if len(self._last) > _MAX_STREAMS:
            self._last.popitem(last=False)


def time_parser(
    name: str, location: tzinfo = UTC, now: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> TimeParser:
    """Return the reader for a format: one of the names that Promtail knows, or a layout of Go.

    The location holds only for layouts that are not known by name. A layout without a year means the year that puts
    the time close to now.

    Raises:
        ValueError: The layout has nothing that is a part of a time.
    """
    if name in _UNIX:
        return _unix(_UNIX[name], fraction=name == "Unix")
    if name in _LAYOUTS:
        known = Layout(_LAYOUTS[name])
        return lambda text: parse_in(known, text)
    layout = Layout(name)
    if not layout.has_elements:
        raise ValueError(name)
    if "06" in name:
        return lambda text: parse_in(layout, text, location)

    def without_year(text: str) -> int:
        fields = layout.parse(text)
        today = now()
        month = fields.wall_clock(2000).month
        if month == 12 and today.month == 1:
            year = today.year - 1
        elif month == 1 and today.month == 12:
            year = today.year + 1
        else:
            year = today.year
        return fields.nanoseconds(year, location)

    return without_year


def _unix(unit: int, *, fraction: bool) -> TimeParser:
    def parse(text: str) -> int:
        if fraction and (match := _SECONDS.fullmatch(text)):
            time = int(match[1]) * unit + int(match[2][:9].ljust(9, "0"))
        elif _INTEGER.fullmatch(text):
            time = int(text) * unit
        else:
            raise ValueError(text)
        return time

    return parse


def parse_timestamp(value: object, location: str) -> Stage:
    """Make a `timestamp` stage."""
    members = Members(
        value, location, ("source", "format", "fallback_formats", "location", "action_on_failure")
    )
    source = members.required("source", "the name of an extracted value")
    names = [members.required("format", _FORMATS), *members.strings("fallback_formats")]
    zone = _location(members)
    parsers = []
    for index, name in enumerate(names):
        try:
            parsers.append(time_parser(name, zone))
        except ValueError:
            raise members.error("fallback_formats" if index else "format", _FORMATS) from None
    action = members.string("action_on_failure")
    if action not in (None, "fudge", "skip"):
        raise members.error("action_on_failure", "fudge or skip")
    return TimestampStage(source, parsers, fudge=action != "skip")


_FORMATS = f"one of {', '.join((*_UNIX, *_LAYOUTS))}, or a layout of Go such as 2006-01-02 15:04:05"


def _location(members: Members) -> tzinfo:
    name = members.string("location")
    if name in (None, "", "UTC"):
        return UTC
    try:
        return ZoneInfo(name or "")
    except (KeyError, OSError, ValueError):  # Unknown, or not the name of a file at all.
        raise members.error(
            "location", "a name of the IANA time zone database, such as Europe/Berlin"
        ) from None
