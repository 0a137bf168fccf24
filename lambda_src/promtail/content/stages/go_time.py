"""Times in Go's reference layouts (https://pkg.go.dev/time#pkg-constants), read as Go's `time.Parse` reads them.

A layout writes the time Mon Jan 2 15:04:05 MST 2006 as the text to read does.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

_EPOCH = datetime(1970, 1, 1)
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_DAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
_SHORT_MONTHS = tuple(name[:3] for name in _MONTHS)
_SHORT_DAYS = tuple(name[:3] for name in _DAYS)
# In Go's order of precedence (nextStdChunk of time/format.go): the first that fits at a place is taken.
_ELEMENT = re.compile(
    r"(?P<month_name>January)|(?P<month_short>Jan(?![a-z]))"
    r"|(?P<day_name>Monday)|(?P<day_short>Mon(?![a-z]))|(?P<zone_name>MST)"
    r"|(?P<year_day>002)|(?P<month2>01)|(?P<day2>02)|(?P<hour12_2>03)|(?P<minute2>04)|(?P<second2>05)|(?P<year2>06)"
    r"|(?P<hour>15)|(?P<month>1)|(?P<year>2006)|(?P<day>2)"
    r"|(?P<year_after_underscore>_2006)|(?P<year_day_space>__2)|(?P<day_space>_2)"
    r"|(?P<hour12>3)|(?P<minute>4)|(?P<second>5)|(?P<am_pm>PM)|(?P<am_pm_lower>pm)"
    r"|(?P<offset>[-Z](?:070000|07:00:00|0700|07:00|07))"
    r"|(?P<fraction>[.,](?:0+|9+)(?![0-9]))"
)
_FRACTION = re.compile(r"[.,]([0-9]+)")
_ZONE_NAME = re.compile(
    r"UTC|ChST|MeST|GMT(?:[+-][0-9]{1,2}(?![0-9]))?|[+-][0-9]{1,2}(?![0-9])|(?:[A-Z]{4}T|[A-Z]{3}T|WITA|[A-Z]{3})(?![A-Z])"
)
_NUMBERS = {
    # element: (field, least digits, most digits, lowest, highest)
    "month2": ("month", 2, 2, 1, 12),
    "month": ("month", 1, 2, 1, 12),
    "day2": ("day", 2, 2, 0, 99),
    "day": ("day", 1, 2, 0, 99),
    "day_space": ("day", 1, 2, 0, 99),
    "year_day": ("year_day", 3, 3, 1, 366),
    "year_day_space": ("year_day", 1, 3, 1, 366),
    "year": ("year", 4, 4, 0, 9999),
    "year2": ("year", 2, 2, 0, 99),
    "hour": ("hour", 1, 2, 0, 23),
    "hour12_2": ("hour", 2, 2, 0, 12),
    "hour12": ("hour", 1, 2, 0, 12),
    "minute2": ("minute", 2, 2, 0, 59),
    "minute": ("minute", 1, 2, 0, 59),
    "second2": ("second", 2, 2, 0, 59),
    "second": ("second", 1, 2, 0, 59),
}


@dataclass(slots=True)
class Fields:
    """What a text says about a time. None and 0 stand for what it does not say, as in Go.

    Attributes:
        offset: Seconds east of UTC.
        zone: A zone's abbreviation.
    """

    year: int = 0
    month: int | None = None
    day: int | None = None
    year_day: int | None = None
    hour: int = 0
    minute: int = 0
    second: int = 0
    nanosecond: int = 0
    afternoon: bool | None = None
    offset: int | None = None
    zone: str | None = None

    def wall_clock(self, year: int) -> datetime:
        """Return the date and time in a year, without a zone and without the part of a second.

        A 29 February is the 1 March in a year that has none, if the text itself does not name that year.

        Raises:
            ValueError: There is no such day.
        """
        month, day = self.month or 1, 1 if self.day is None else self.day
        hour = self.hour
        if self.afternoon is not None:
            hour = hour % 12 + 12 * self.afternoon
        if self.year_day is not None:
            start = datetime(year, 1, 1)
            date = start + timedelta(days=self.year_day - 1)
            named = (self.month or date.month, date.day if self.day is None else self.day)
            if date.year != year or named != (date.month, date.day):
                raise ValueError(self.year_day)
        elif (month, day) == (2, 29) and self.year == 0:
            date = datetime(year, 2, 28) + timedelta(days=1)
        else:
            date = datetime(year, month, day)
        return date + timedelta(hours=hour, minutes=self.minute, seconds=self.second)

    def nanoseconds(self, year: int, location: tzinfo) -> int:
        """Return the time in nanoseconds since 1970.

        Raises:
            ValueError: There is no such time.
        """
        wall_clock = self.wall_clock(year)
        if self.offset is not None:
            offset = timedelta(seconds=self.offset)
        elif self.zone is not None:
            offset = _offset_of_name(self.zone, wall_clock, location)
        else:
            offset = wall_clock.replace(tzinfo=location).utcoffset() or timedelta()
        return (wall_clock - offset - _EPOCH) // timedelta(seconds=1) * 10**9 + self.nanosecond


def _offset_of_name(name: str, wall_clock: datetime, location: tzinfo) -> timedelta:
    """Return the offset of an abbreviation that the location uses, else none: Go, too, does not know any other."""
    if name == "UTC":
        return timedelta()
    for moment in (
        wall_clock,
        wall_clock.replace(fold=1),
        wall_clock.replace(month=1, day=1),
        wall_clock.replace(month=7, day=1),
    ):
        local = moment.replace(tzinfo=location)
        if local.tzname() == name:
            return local.utcoffset() or timedelta()
    return timedelta()


# Reads an element at the start of a text into the fields, and returns the rest of the text.
_Step = Callable[[str, Fields], str]


class Layout:
    """A layout, compiled once.

    Attributes:
        has_elements: Whether the layout has anything that is a part of a time.
    """

    def __init__(self, layout: str) -> None:
        self._steps: list[_Step] = []
        end = 0
        elements = list(_ELEMENT.finditer(layout))
        self.has_elements = bool(elements)
        for index, element in enumerate(elements):
            kind = element.lastgroup or ""
            literal = layout[end : element.start()]
            if kind == "year_after_underscore":
                literal, kind = literal + "_", "year"
            following = elements[index + 1].lastgroup if index + 1 < len(elements) else None
            self._steps.append(_literal(literal))
            self._steps.append(_step(kind, element[0], fraction_follows=following == "fraction"))
            end = element.end()
        self._steps.append(_literal(layout[end:]))

    def parse(self, text: str) -> Fields:
        """Read a text.

        Raises:
            ValueError: It does not fit the layout.
        """
        fields = Fields()
        for step in self._steps:
            text = step(text, fields)
        if text:
            raise ValueError(text)
        return fields


def _literal(literal: str) -> _Step:
    """Read what stands between elements. A run of spaces fits any run of spaces, also none at the text's end."""
    pieces = re.findall(r" +|[^ ]+", literal)

    def step(text: str, fields: Fields) -> str:  # noqa: ARG001
        for piece in pieces:
            if piece[0] == " ":
                if text and text[0] != " ":
                    raise ValueError(text)
                text = text.lstrip(" ")
            elif text.startswith(piece):
                text = text[len(piece) :]
            else:
                raise ValueError(text)
        return text

    return step


def _step(kind: str, element: str, *, fraction_follows: bool) -> _Step:
    if kind in _NUMBERS:
        return _number(kind, fraction_follows=fraction_follows)
    if kind == "offset":
        return _offset(element)
    if kind == "fraction":
        return _fraction(element)
    return _NAMED[kind]


def _number(kind: str, *, fraction_follows: bool) -> _Step:
    name, least, most, lowest, highest = _NUMBERS[kind]
    digits = re.compile(rf"[0-9]{{{least},{most}}}")
    spaces = {"day_space": 1, "year_day_space": 2}.get(kind, 0)
    takes_fraction = name == "second" and not fraction_follows

    def step(text: str, fields: Fields) -> str:
        padding = min(spaces, len(text) - len(text.lstrip(" ")))
        match = digits.match(text, padding)
        if match is None or not lowest <= (number := int(match[0])) <= highest:
            raise ValueError(text)
        if kind == "year2":
            number += 1900 if number >= 69 else 2000
        setattr(fields, name, number)
        text = text[match.end() :]
        # Go reads a fraction after the seconds even if the layout has none.
        if takes_fraction and (fraction := _FRACTION.match(text)):
            fields.nanosecond = _nanoseconds(fraction[1])
            text = text[fraction.end() :]
        return text

    return step


def _nanoseconds(digits: str) -> int:
    return int(digits[:9].ljust(9, "0"))


def _fraction(element: str) -> _Step:
    exact = len(element) - 1 if element[1] == "0" else None

    def step(text: str, fields: Fields) -> str:
        fraction = _FRACTION.match(text)
        if exact is None:
            if fraction is None:  # `.999` stands for a fraction that may be left out.
                return text
            length = len(fraction[1])
        elif fraction is None or len(fraction[1]) < exact:
            raise ValueError(text)
        else:
            length = exact
        fields.nanosecond = _nanoseconds(text[1 : length + 1])
        return text[length + 1 :]

    return step


def _offset(element: str) -> _Step:
    colon = ":" if ":" in element else ""
    parts = len(element.replace(":", "")) // 2  # Hours, minutes, seconds.
    pattern = re.compile(rf"([+-])([0-9]{{2}}){rf'{colon}([0-9]{{2}})' * (parts - 1)}")

    def step(text: str, fields: Fields) -> str:
        if element[0] == "Z" and text.startswith("Z"):
            fields.offset = 0
            return text[1:]
        match = pattern.match(text)
        if match is None:
            raise ValueError(text)
        numbers = [int(number) for number in match.groups()[1:]]
        if numbers[0] > 24 or any(number > 60 for number in numbers[1:]):
            raise ValueError(text)
        seconds = sum(number * unit for number, unit in zip(numbers, (3600, 60, 1), strict=False))
        fields.offset = -seconds if match[1] == "-" else seconds
        return text[match.end() :]

    return step


def _name(names: Sequence[str], field: str | None) -> _Step:
    """Read a name in any case. The name of a weekday says nothing that the date does not."""

    def step(text: str, fields: Fields) -> str:
        for index, name in enumerate(names):
            if text[: len(name)].lower() == name.lower():
                if field:
                    setattr(fields, field, index + 1)
                return text[len(name) :]
        raise ValueError(text)

    return step


def _am_pm(morning: str, afternoon: str) -> _Step:
    def step(text: str, fields: Fields) -> str:
        if text[:2] not in (morning, afternoon):
            raise ValueError(text)
        fields.afternoon = text[:2] == afternoon
        return text[2:]

    return step


def _zone_name(text: str, fields: Fields) -> str:
    match = _ZONE_NAME.match(text)
    if match is None:
        raise ValueError(text)
    fields.zone = match[0]
    return text[match.end() :]


_NAMED: dict[str, _Step] = {
    "month_name": _name(_MONTHS, "month"),
    "month_short": _name(_SHORT_MONTHS, "month"),
    "day_name": _name(_DAYS, None),
    "day_short": _name(_SHORT_DAYS, None),
    "am_pm": _am_pm("AM", "PM"),
    "am_pm_lower": _am_pm("am", "pm"),
    "zone_name": _zone_name,
}


def parse_in(layout: Layout, text: str, location: tzinfo = UTC) -> int:
    """Read a time that names its year, in nanoseconds since 1970.

    Args:
        layout: How it is written.
        text: The time.
        location: Its zone if it names none.

    Raises:
        ValueError: It does not fit the layout, or there is no such time.
    """
    fields = layout.parse(text)
    return fields.nanoseconds(fields.year, location)
