"""Standard logs of CloudFront, of the older and the newer (v2) kind.

Keys: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging-legacy-s3.html,
https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging.html. Fields:
https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logs-reference.html.

The owner is the key's prefix, as in lambda-promtail. Partitions by date, which v2 can add to it, are left out: a label
with a date in it would be another stream each hour.
"""

import re
from collections.abc import Callable

from ..timestamp import parse_timestamp
from .format import NOT_A_RECORD, LogFile, SkipReason, known_time
from .json_object import milliseconds, parse_object, timestamp
from .keys import ACCOUNT, NOT_PARQUET, compile_key, contract_labels
from .line_format import LineFormat

_LAYOUT = compile_key(
    NOT_PARQUET + r"(?:(?P<prefix>.*)/)?(?P<source>[A-Z0-9]+)\.\d{4}-\d\d-\d\d-\d\d\.[A-Za-z0-9]+(?:\.\w+)*"
)
_FOLDER = ACCOUNT + r"CloudFront/"
_IN_FOLDER = compile_key(_FOLDER + r".*")
_AMONG_LOGS = compile_key(_FOLDER + r".*[^/]")
_DATE_PARTITIONS = re.compile(r"(?:/?(?:year=)?\d{4}(?:/(?:(?:month|day|hour)=)?\d\d){1,3})$", re.ASCII)
_DATE_FIRST = re.compile(rb"(\d{4}-\d\d-\d\d)[^\d](\d\d:\d\d:\d\d)(?!\d)")


class CloudFrontTimer:
    """Takes the date and time of a line from the columns that `#Fields` names, or the members of a JSON object."""

    def __init__(self) -> None:
        self._read: Callable[[bytes], int | None] = _date_first

    def times(self, lines: list[bytes]) -> list[int]:
        """Return each line's time in nanoseconds since 1970, NO_TIME, or NOT_A_RECORD for `#Version` and `#Fields`."""
        return [self._time(line) for line in lines]

    def _time(self, line: bytes) -> int:
        if line.startswith(b"#"):
            if line.startswith(b"#Fields:"):
                self._read = _reader(line.removeprefix(b"#Fields:").split())
            return NOT_A_RECORD
        return known_time(_json_time(line) if line.startswith(b"{") else self._read(line))


def _reader(columns: list[bytes]) -> Callable[[bytes], int | None]:
    if columns[:2] == [b"date", b"time"]:
        return _date_first  # Whatever character separates the columns, which v2 leaves to the user.
    if b"date" in columns and b"time" in columns:
        return _TabSeparated(columns.index(b"date"), columns.index(b"time"))
    return _no_time


class _TabSeparated:
    def __init__(self, date: int, time: int) -> None:
        self._date, self._time = date, time

    def __call__(self, line: bytes) -> int | None:
        fields = line.split(b"\t", max(self._date, self._time) + 1)
        if len(fields) <= max(self._date, self._time):
            return None
        return parse_timestamp(fields[self._date] + b"T" + fields[self._time])


def _date_first(line: bytes) -> int | None:
    match = _DATE_FIRST.match(line)
    return parse_timestamp(match[1] + b"T" + match[2]) if match else None


def _no_time(_: bytes) -> None:
    return None


def _json_time(line: bytes) -> int | None:
    members = parse_object(line)
    date, time = members.get("date"), members.get("time")
    if isinstance(date, str) and isinstance(time, str):
        return timestamp(f"{date}T{time}")
    return milliseconds(members.get("timestamp(ms)"))


CLOUDFRONT = LineFormat("cloudfront", CloudFrontTimer)


def classify(key: str) -> LogFile | SkipReason:
    """Say which distribution's log an object holds, from its key, or why it is none."""
    if match := _LAYOUT.fullmatch(key):
        source = match["source"]
        in_folder = _IN_FOLDER.fullmatch(key)
        owner = _DATE_PARTITIONS.sub("", match["prefix"] or "")
        labels = contract_labels("s3_cloudfront", source, owner)
        return LogFile(CLOUDFRONT, labels, in_folder["account"] if in_folder else None, source)
    return SkipReason.UNKNOWN_LAYOUT if _AMONG_LOGS.fullmatch(key) else SkipReason.FOREIGN_KEY
