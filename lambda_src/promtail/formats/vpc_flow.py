"""Flow logs of VPCs, subnets and network interfaces, and of transit gateways, which have the same keys.

Keys: https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-path.html (plain, hourly, Hive-compatible),
https://docs.aws.amazon.com/vpc/latest/tgw/flow-logs-s3.html.
Fields: https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html. A flow log may have fields of the
user's choice, in any order; the first line of each file names them.
"""

import re

from ..timestamp import NANOSECONDS, parse_unix
from .format import NO_TIME, NOT_A_RECORD, LogFile, SkipReason, known_time
from .keys import ACCOUNT, AWS_LOGS, DAY, NOT_PARQUET, REGION, compile_key, contract_labels
from .line_format import LineFormat

_FILE = NOT_PARQUET + r"\d{12}_vpcflowlogs_[a-z0-9-]+_(?P<source>[A-Za-z0-9-]+)_\d{8}T\d{4}Z?_[^/]*"
_PLAIN = ACCOUNT + r"vpcflowlogs/"
_HIVE = AWS_LOGS + r"aws-account-id=(?P<account>\d{12})/aws-service=vpcflowlogs/"
_LAYOUTS = (
    compile_key(_PLAIN + REGION + r"/" + DAY + r"(?:\d\d/)?" + _FILE),
    compile_key(
        _HIVE + r"aws-region=[a-z0-9-]+/year=\d{4}/month=\d\d/day=\d\d/(?:hour=\d\d/)?" + _FILE,
    ),
)
_AMONG_LOGS = tuple(compile_key(start + r".*[^/]") for start in (_PLAIN, _HIVE))

_DEFAULT_COLUMNS = (
    b"version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action "
    b"log-status"
).split(b" ")
_NAME = re.compile(rb"[a-z][a-z0-9_-]*")


class VpcFlowTimer:
    """Takes a record's `start`, the time of its first packet; `end` where a record has no `start`.

    Records of the status NODATA and SKIPDATA have both times, and `-` for most other fields.
    """

    def __init__(self) -> None:
        self._header: bytes | None = None
        self._columns = _time_columns(_DEFAULT_COLUMNS)
        self._is_first = True

    def times(self, lines: list[bytes]) -> list[int]:
        """Return each record's time, NO_TIME, or NOT_A_RECORD for the line that names the fields."""
        if self._is_first and lines:
            self._is_first = False
            self._read_header(lines[0])
        return [NOT_A_RECORD if line == self._header else self._time(line) for line in lines]

    def _read_header(self, line: bytes) -> None:
        names = line.split()
        if names and all(_NAME.fullmatch(name) for name in names):
            self._header = line
            self._columns = _time_columns(names)

    def _time(self, line: bytes) -> int:
        columns = self._columns
        if columns:
            fields = line.split(b" ", max(columns) + 1)
            for column in columns:
                time = parse_unix(fields[column], NANOSECONDS) if column < len(fields) else None
                if time is not None:
                    return known_time(time)
        return NO_TIME


def _time_columns(names: list[bytes]) -> list[int]:
    return [names.index(name) for name in (b"start", b"end") if name in names]


VPC_FLOW = LineFormat("vpc_flow", VpcFlowTimer)


def classify(key: str) -> LogFile | SkipReason:
    """Say which flow log an object holds, from its key, or why it is none."""
    for layout in _LAYOUTS:
        if match := layout.fullmatch(key):
            source, account_id = match["source"], match["account"]
            return LogFile(VPC_FLOW, contract_labels("s3_vpc_flow", source, account_id), account_id, source)
    if any(pattern.fullmatch(key) for pattern in _AMONG_LOGS):
        return SkipReason.UNKNOWN_LAYOUT
    return SkipReason.FOREIGN_KEY
