"""What became of one source."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from ..push.sender import Sent

# A report is one line of the log, of which CloudWatch reads 256 KB, and takes 100 values of a metric.
_KEPT_PLACES = 10
_KEPT_SECONDS = 100


@dataclass(slots=True)
class Report:
    """What became of one object, or of the lines of one event; the members of its log line.

    Attributes:
        bucket: The bucket's name; None for what is no object.
        key: The object's key, decoded.
        version_id: The object's version, in a bucket with versioning.
        source: The log group, or the Kinesis stream, of lines that the event itself carries.
        kind: The kind of log, such as `alb_access`; None for what is not read.
        outcome: `delivered`; `refused` (delivered but for lines that Loki refused); `skipped`; `continued` (the rest
            is in a new message of the queue); or `failed`.
        reason: Why it was skipped, continued or failed.
        lines_read: Lines that were looked at, without those that an invocation before had delivered.
        lines_sent: Lines that Loki took.
        lines_dropped: Lines that were not sent on purpose, by reason.
        lines_refused: Lines that Loki refused, by reason.
        lines_cut: Lines sent without their end, because they were too long.
        lines_without_timestamp: Lines sent with the time at which the object was written.
        first_refusal: What Loki answered to the first push whose content it refused, and what to do.
        parked_pushes: How many refused pushes were put somewhere.
        parked: Where the first ten of them were put.
        bytes_read: Bytes of the lines that were looked at.
        bytes_sent: Bytes of the pushes that Loki took, compressed.
        pushes: Pushes that Loki took.
        requests: HTTP requests for pushes, whether Loki took them or not.
        retries: How many of them repeated one before.
        resumed_at: How many lines invocations before had dealt with.
        duration_ms: Milliseconds from opening the object to the last answer.
        delay_seconds: From the time of the newest line that Loki took to its delivery.
    """

    bucket: str | None = None
    key: str | None = None
    version_id: str | None = None
    source: str | None = None
    kind: str | None = None
    outcome: str = "failed"
    reason: str | None = None
    lines_read: int = 0
    lines_sent: int = 0
    lines_dropped: Counter[str] = field(default_factory=Counter)
    lines_refused: Counter[str] = field(default_factory=Counter)
    lines_cut: int = 0
    lines_without_timestamp: int = 0
    first_refusal: str | None = None
    parked_pushes: int = 0
    parked: list[str] = field(default_factory=list)
    bytes_read: int = 0
    bytes_sent: int = 0
    pushes: int = 0
    requests: int = 0
    retries: int = 0
    resumed_at: int = 0
    duration_ms: int = 0
    delay_seconds: float | None = None
    push_seconds: list[float] = field(default_factory=list)
    newest_ns: int = 0

    def add(self, sent: Sent) -> None:
        """Count what became of a batch."""
        self.lines_sent += sent.lines
        self.lines_refused.update(sent.refused)
        self.first_refusal = self.first_refusal or sent.first_refusal
        self.parked_pushes += len(sent.parked)
        self.parked += sent.parked[: _KEPT_PLACES - len(self.parked)]
        self.bytes_sent += sent.bytes
        self.pushes += sent.pushes
        self.requests += sent.requests
        self.retries += sent.retries
        self.push_seconds = [*self.push_seconds, *sent.seconds][-_KEPT_SECONDS:]
        self.newest_ns = max(self.newest_ns, sent.newest_ns)

    def members(self) -> dict[str, Any]:
        """Return what is logged."""
        return {
            name: value
            for name in self.__dataclass_fields__
            if name not in ("push_seconds", "newest_ns")
            and ((value := getattr(self, name)) is not None or name in ("key", "reason"))
        }
