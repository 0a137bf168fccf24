"""Logs of the brokers of Amazon MSK clusters.

Delivery: https://docs.aws.amazon.com/msk/latest/developerguide/msk-logging.html. Lines are those of Apache Kafka's
default layout, `[%d] %p %m (%c)%n` (https://github.com/apache/kafka/blob/3.9/config/log4j.properties).
"""

import re

from ..timestamp import parse_timestamp
from .format import NO_TIME, LogFile, SkipReason, known_time
from .keys import ACCOUNT, REGION, compile_key, contract_labels
from .line_format import LineFormat

_LOGS = ACCOUNT + r"KafkaBrokerLogs/"
_LAYOUT = compile_key(
    _LOGS + REGION + r"/(?P<cluster>[A-Za-z0-9-]+)/\d{4}-\d\d-\d\d-\d\d/[^/]+\.log(?:\.gz)?"
)
_AMONG_LOGS = compile_key(_LOGS + r".*[^/]")
_UUID = re.compile(r"-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}-\w+\Z")
_TIME = re.compile(rb"\[(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d),(\d{3})\]")


class MskTimer:
    """Takes the time at a line's start. A line without one, as of a stack trace, has that of the line before it."""

    def __init__(self) -> None:
        self._last = NO_TIME

    def times(self, lines: list[bytes]) -> list[int]:
        """Return each line's time in nanoseconds since 1970; NO_TIME before the first that states one."""
        return [self._time(line) for line in lines]

    def _time(self, line: bytes) -> int:
        if match := _TIME.match(line):
            day, second, millisecond = match.groups()
            time = known_time(parse_timestamp(day + b"T" + second + b"." + millisecond))
            if time != NO_TIME:
                self._last = time
        return self._last


MSK = LineFormat("msk", MskTimer)


def classify(key: str) -> LogFile | SkipReason:
    """Say which cluster's log an object holds, from its key, or why it is none.

    The contract has no source for these logs, so the cluster is the file's name and no label.
    """
    if match := _LAYOUT.fullmatch(key):
        account_id = match["account"]
        cluster = _UUID.sub("", match["cluster"])
        return LogFile(MSK, contract_labels("s3_msk", None, account_id), account_id, cluster)
    return SkipReason.UNKNOWN_LAYOUT if _AMONG_LOGS.fullmatch(key) else SkipReason.FOREIGN_KEY
