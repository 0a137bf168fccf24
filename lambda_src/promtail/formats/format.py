"""What all kinds of log have in common: an object's key gives a format and labels, the format gives lines and times."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

NO_TIME = -1
"""In a timer's answer: no time can be read in the line."""

NOT_A_RECORD = -2
"""In a timer's answer: the line is a header or a comment, which is not sent."""


# 2262, where nanoseconds no longer fit into the 64 bits that Loki keeps them in.
_MAX_TIME = 2**63 - 1


def known_time(time: int | None) -> int:
    """Return a time that a line can have, or NO_TIME. Times before 1970 are none: they are those of the epoch."""
    return time if time is not None and 0 <= time <= _MAX_TIME else NO_TIME


class Timer(Protocol):
    """Reads the times of one object's lines. It may remember what came before, such as the columns in a header."""

    def times(self, lines: list[bytes]) -> list[int]:
        """Return each line's time, in nanoseconds since 1970, or NO_TIME or NOT_A_RECORD.

        Calls follow the object's order. No content raises an error.
        """
        ...


class Format(Protocol):
    """A kind of log: how its objects are taken apart."""

    @property
    def name(self) -> str:
        """Its name in reports and settings, such as `alb_access`."""
        ...

    def records(self, blocks: Iterator[bytes]) -> Iterator[list[bytes]]:
        """Return the records of an object's content, in groups, in bounded memory.

        A record is a line without its end, or a JSON value as compact text.

        Raises:
            CorruptObjectError: The content cannot be taken apart. What came before it has been returned.
        """
        ...

    def timer(self) -> Timer:
        """Return a timer for one object."""
        ...


@dataclass(frozen=True, slots=True)
class LogFile:
    """What the key of a log object says.

    Attributes:
        format: The format of its content.
        labels: The labels of lambda-promtail's contract.
        account_id: The account that owns the source, 12 digits; None when the key does not say.
        name: The source's name, such as that of the load balancer; empty when the key does not say.
    """

    format: Format
    labels: dict[str, str]
    account_id: str | None
    name: str


class SkipReason(Enum):
    """Why an object is not read. None is an error: no retry would change it.

    Attributes:
        TEST_OBJECT: An AWS service writes it to see whether it may write logs.
        FOREIGN_KEY: It is where no known log is, or is the empty object that stands for a folder.
        UNKNOWN_LAYOUT: It is where known logs are, but its name, or its encoding (Parquet), is none that is read.
            It may be a log of a kind that AWS added since, and its lines are then missing in Loki.
        CLOUDTRAIL_DIGEST: It holds the hashes of CloudTrail's log files, and no events.
    """

    TEST_OBJECT = "test_object"
    FOREIGN_KEY = "foreign_key"
    UNKNOWN_LAYOUT = "unknown_layout"
    CLOUDTRAIL_DIGEST = "cloudtrail_digest"
