"""Logs of Elastic Load Balancing: from an object's key to kind and labels, from a line to its time.

Keys and fields as the user guides give them:
https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html (and
load-balancer-connection-logs.html, load-balancer-health-check-logs.html),
https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-access-logs.html,
https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/access-log-collection.html.
"""

import re
from dataclasses import dataclass
from enum import Enum

from .timestamp import parse_timestamp


class Kind(Enum):
    """A kind of log, and which field of its lines, counted from 0 and separated by a space, holds the time."""

    ALB_ACCESS = ("alb_access", 1)
    ALB_CONNECTION = ("alb_connection", 0)
    ALB_HEALTH_CHECK = ("alb_health_check", 1)
    NLB = ("nlb", 2)
    CLB = ("clb", 0)

    def __init__(self, label: str, time_field: int) -> None:
        self.label = label
        self._time_field = time_field

    def timestamp(self, line: bytes) -> int | None:
        """Return the time of a line in nanoseconds since 1970, or None if it cannot be read.

        No quoted field stands before the time in any kind, so splitting at spaces finds it.
        """
        fields = line.split(b" ", self._time_field + 1)
        return parse_timestamp(fields[self._time_field]) if len(fields) > self._time_field else None


@dataclass(frozen=True, slots=True)
class LogFile:
    """What the key of a log object says.

    Attributes:
        kind: The kind of its lines.
        load_balancer: The load balancer's name, without its id.
        account_id: The account that owns the load balancer, 12 digits.
    """

    kind: Kind
    load_balancer: str
    account_id: str

    def labels(self) -> dict[str, str]:
        """Return the labels of lambda-promtail's contract for load balancer logs."""
        return {
            "__aws_log_type": "s3_lb",
            "__aws_s3_lb": self.load_balancer,
            "__aws_s3_lb_owner": self.account_id,
        }


class SkipReason(Enum):
    """Why an object is not read. None is an error: no retry would change it.

    Attributes:
        TEST_OBJECT: Elastic Load Balancing writes it to see whether it may write logs.
        FOREIGN_KEY: It is not where load balancer logs are, or is the empty object that stands for a folder.
        UNKNOWN_LAYOUT: It is where load balancer logs are, but its name is none that is known. It may be a log of a
            kind that AWS added since, and its lines are then missing in Loki.
    """

    TEST_OBJECT = "test_object"
    FOREIGN_KEY = "foreign_key"
    UNKNOWN_LAYOUT = "unknown_layout"


# A prefix may come first, and an organization's id before the account.
_ACCOUNT = r"(?:.*/)?AWSLogs/(?:o-[a-z0-9]+/)?(?P<account>\d{12})/"
_TEST_OBJECT = re.compile(_ACCOUNT + r"ELB(?:Access|Connection|HealthCheck)LogTestFile", re.DOTALL | re.ASCII)
_LOGS = _ACCOUNT + "elasticloadbalancing/"
_AMONG_LOGS = re.compile(_LOGS + r".*[^/]", re.DOTALL | re.ASCII)
_FOLDER = _LOGS + r"(?P<region>[a-z0-9-]+)/\d{4}/\d\d/\d\d/"
_OWNER = r"(?P=account)_elasticloadbalancing_(?P=region)_"
_NAME_AND_ID = r"(?P<name>[A-Za-z0-9-]+)\.[A-Za-z0-9]+_"
_END = r"\d{8}T\d{4}Z"
# Whether the content is compressed is for the content to say, so both endings are good for all kinds.
_IP_RAND_ENDING = r"_[0-9A-Fa-f.:]+_[A-Za-z0-9]+\.log(?:\.gz)?"
_RAND_ENDING = r"_[A-Za-z0-9]+\.log(?:\.gz)?"
_LAYOUTS = tuple(
    (kind, re.compile(_FOLDER + file, re.DOTALL | re.ASCII))
    for kind, file in (
        (Kind.ALB_ACCESS, _OWNER + r"app\." + _NAME_AND_ID + _END + _IP_RAND_ENDING),
        (Kind.ALB_CONNECTION, r"conn_log[_.]" + _OWNER + r"app\." + _NAME_AND_ID + _END + _IP_RAND_ENDING),
        (
            Kind.ALB_HEALTH_CHECK,
            r"health_check_log[_.]" + _OWNER + r"app\." + _NAME_AND_ID + _END + _IP_RAND_ENDING,
        ),
        (Kind.NLB, _OWNER + r"net\." + _NAME_AND_ID + _END + _RAND_ENDING),
        # Without a dot after it, `app` or `net` is the start of a Classic Load Balancer's name.
        (Kind.CLB, _OWNER + r"(?P<name>[A-Za-z0-9-]+)_" + _END + _IP_RAND_ENDING),
    )
)


def classify(key: str) -> LogFile | SkipReason:
    """Say which log an object holds, from its key (decoded, not as in an event), or why it is none."""
    for kind, layout in _LAYOUTS:
        if match := layout.fullmatch(key):
            return LogFile(kind, match["name"], match["account"])
    if _TEST_OBJECT.fullmatch(key):
        return SkipReason.TEST_OBJECT
    return SkipReason.UNKNOWN_LAYOUT if _AMONG_LOGS.fullmatch(key) else SkipReason.FOREIGN_KEY
