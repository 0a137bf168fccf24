"""Logs of Elastic Load Balancing: from an object's key to format and labels, from a line to its time.

Keys and fields as the user guides give them:
https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html (and
load-balancer-connection-logs.html, load-balancer-health-check-logs.html),
https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-access-logs.html,
https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/access-log-collection.html.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from ..lanes import pack, read_digits, repeat, unpack
from ..reading.lines import split_lines
from ..timestamp import parse_timestamp
from .format import NO_TIME, LogFile, SkipReason, known_time
from .keys import ACCOUNT, compile_key, contract_labels

# What a time looks like when every digit is a 0, with the space behind it, and where its second ends.
_SHAPE = b"0000-00-00T00:00:00.000000Z "
_SECOND = len("2026-01-02T03:04:05.")
_ZEROS = bytes.maketrans(b"123456789", b"000000000")
# Enough for the seconds of a 5-minute window; a bound for files that are none.
_SECONDS_KEPT = 4096


@dataclass(frozen=True, slots=True)
class ElbFormat:
    """Lines of fields that are separated by a space.

    Attributes:
        name: The kind of log.
        time_field: Which field holds the time, counted from 0. No quoted field stands before it in any kind, so
            splitting at spaces finds it.
    """

    name: str
    time_field: int

    def records(self, blocks: Iterator[bytes]) -> Iterator[list[bytes]]:
        """Return the lines."""
        return split_lines(blocks)

    def timer(self) -> "ElbTimer":
        """Return a timer."""
        return ElbTimer(self.time_field)


class ElbTimer:
    """Reads times such as 2026-01-02T03:04:05.678901Z.

    This is done for every line of every object, so groups of lines that are as they always are take a short way: their
    form is checked for all of them at once, seconds are looked up, microseconds are read as a number.
    """

    def __init__(self, time_field: int) -> None:
        self._time_field = time_field
        self._seconds = _Seconds()

    def times(self, lines: list[bytes]) -> list[int]:
        """Return each line's time in nanoseconds since 1970, or NO_TIME."""
        texts = self._texts(lines)
        together = b"".join(texts)
        count = len(texts)
        if not texts or together.translate(_ZEROS) != _SHAPE * count:
            return [self._one(line) for line in lines]
        microseconds = read_digits(together, _SECOND, 6, len(_SHAPE))
        self._seconds.shrink()
        try:
            start = self._seconds[texts[0][:_SECOND]]
            if together.count(texts[0][:_SECOND]) == count:  # All of one second.
                return unpack(microseconds * 1_000 + repeat(start, count), count)
            seconds = [self._seconds[text[:_SECOND]] for text in texts]
        except ValueError:  # No such day or time in one of them.
            return [self._one(line) for line in lines]
        return unpack(microseconds * 1_000 + pack(seconds), count)

    def _texts(self, lines: list[bytes]) -> list[bytes]:
        """Return what stands where times stand, as far as it is as long as a time."""
        size = len(_SHAPE)
        if self._time_field == 0:
            return [line[:size] for line in lines]
        if self._time_field == 1:
            return [line[(start := line.find(b" ") + 1) : start + size] for line in lines]
        # Without a second space there is no such field, whatever the line begins with.
        starts = [line.find(b" ", line.find(b" ") + 1) + 1 or len(line) for line in lines]
        return [line[start : start + size] for line, start in zip(lines, starts, strict=True)]

    def _one(self, line: bytes) -> int:
        fields = line.split(b" ", self._time_field + 1)
        return known_time(
            parse_timestamp(fields[self._time_field]) if len(fields) > self._time_field else None
        )


class _Seconds(dict[bytes, int]):
    """Nanoseconds since 1970 of the start of a second, by its text with the dot behind it."""

    def __missing__(self, text: bytes) -> int:
        last = known_time(parse_timestamp(text + b"999999999Z"))  # Every time of the second has to be one.
        if last == NO_TIME:
            raise ValueError(text)
        self[text] = time = last - 999_999_999
        return time

    def shrink(self) -> None:
        if len(self) > _SECONDS_KEPT:
            self.clear()


ALB_ACCESS = ElbFormat("alb_access", 1)
ALB_CONNECTION = ElbFormat("alb_connection", 0)
ALB_HEALTH_CHECK = ElbFormat("alb_health_check", 1)
NLB = ElbFormat("nlb", 2)
CLB = ElbFormat("clb", 0)

_TEST_OBJECT = compile_key(ACCOUNT + r"ELB(?:Access|Connection|HealthCheck)LogTestFile")
_LOGS = ACCOUNT + "elasticloadbalancing/"
_AMONG_LOGS = compile_key(_LOGS + r".*[^/]")
_FOLDER = _LOGS + r"(?P<region>[a-z0-9-]+)/\d{4}/\d\d/\d\d/"
_OWNER = r"(?P=account)_elasticloadbalancing_(?P=region)_"
_NAME_AND_ID = r"(?P<name>[A-Za-z0-9-]+)\.[A-Za-z0-9]+_"
_END = r"\d{8}T\d{4}Z"
# Whether the content is compressed is for the content to say, so both endings are good for all kinds.
_IP_RAND_ENDING = r"_[0-9A-Fa-f.:]+_[A-Za-z0-9]+\.log(?:\.gz)?"
_RAND_ENDING = r"_[A-Za-z0-9]+\.log(?:\.gz)?"
_LAYOUTS = tuple(
    (kind, compile_key(_FOLDER + file))
    for kind, file in (
        (ALB_ACCESS, _OWNER + r"app\." + _NAME_AND_ID + _END + _IP_RAND_ENDING),
        (ALB_CONNECTION, r"conn_log[_.]" + _OWNER + r"app\." + _NAME_AND_ID + _END + _IP_RAND_ENDING),
        (
            ALB_HEALTH_CHECK,
            r"health_check_log[_.]" + _OWNER + r"app\." + _NAME_AND_ID + _END + _IP_RAND_ENDING,
        ),
        (NLB, _OWNER + r"net\." + _NAME_AND_ID + _END + _RAND_ENDING),
        # Without a dot after it, `app` or `net` is the start of a Classic Load Balancer's name.
        (CLB, _OWNER + r"(?P<name>[A-Za-z0-9-]+)_" + _END + _IP_RAND_ENDING),
    )
)


def classify(key: str) -> LogFile | SkipReason:
    """Say which log an object holds, from its key (decoded, not as in an event), or why it is none."""
    for kind, layout in _LAYOUTS:
        if match := layout.fullmatch(key):
            name, account_id = match["name"], match["account"]
            return LogFile(kind, contract_labels("s3_lb", name, account_id), account_id, name)
    if _TEST_OBJECT.fullmatch(key):
        return SkipReason.TEST_OBJECT
    return SkipReason.UNKNOWN_LAYOUT if _AMONG_LOGS.fullmatch(key) else SkipReason.FOREIGN_KEY
