"""One event from S3 to Loki: every object that it names is read, parsed, grouped and pushed."""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Protocol

from .batch import Entry, batches
from .deadline import Deadline
from .elb import Kind, SkipReason, classify
from .encode import encode_push, format_labels
from .errors import ContentRefusedError, DeliveryError, PromtailError
from .event import ObjectReference, object_reference, records
from .logs import LOGGER
from .reader import read_lines
from .source import OpenObject


class Source(Protocol):
    """Where objects come from: see `source.S3Source`."""

    def open(self, reference: ObjectReference) -> OpenObject:
        """Start to read an object."""


class Pusher(Protocol):
    """Where encoded pushes go: see `push.LokiClient`."""

    def push(self, body: bytes, deadline: Deadline) -> int:
        """Send one push and return the number of requests it took."""


@dataclass(slots=True)
class ObjectReport:
    """What became of one object; the members of its log line.

    Attributes:
        bucket: The bucket's name; None if the event's record could not be understood.
        key: The object's key, decoded.
        version_id: The object's version, in a bucket with versioning.
        kind: The kind of log, such as `alb_access`; None for an object that is not read.
        outcome: `delivered`, `skipped` or `failed`.
        reason: Why it was skipped or failed.
        lines_read: Lines in what was read of the object, empty ones included.
        lines_sent: Lines of the pushes that Loki took.
        lines_refused: Lines of the pushes whose content Loki refused. It may have taken some of them.
        lines_empty: Empty lines, which are not sent.
        lines_without_timestamp: Lines sent with the time at which the object was written.
        first_refusal: What Loki answered to the first push whose content it refused, and what to do.
        bytes_sent: Bytes of the pushes that Loki took, compressed.
        pushes: Pushes that Loki took.
        requests: HTTP requests that they needed; more than pushes where some were tried again.
        duration_ms: Milliseconds from opening the object to the last answer.
    """

    bucket: str | None = None
    key: str | None = None
    version_id: str | None = None
    kind: str | None = None
    outcome: str = "failed"
    reason: str | None = None
    lines_read: int = 0
    lines_sent: int = 0
    lines_refused: int = 0
    lines_empty: int = 0
    lines_without_timestamp: int = 0
    first_refusal: str | None = None
    bytes_sent: int = 0
    pushes: int = 0
    requests: int = 0
    duration_ms: int = 0


@dataclass(frozen=True, slots=True)
class Summary:
    """What became of an event without failures: objects by outcome, and the lines that Loki took."""

    delivered: int
    skipped: int
    lines_sent: int


class Pipeline:
    """Delivers the objects of events. One pipeline serves many invocations.

    Args:
        source: Opens objects.
        pusher: Takes encoded pushes.
        extra_labels: Labels added to those of the object.
        batch_size: Bytes of one push before compression.
        clock: Seconds, for durations only.
    """

    def __init__(
        self,
        source: Source,
        pusher: Pusher,
        extra_labels: Mapping[str, str],
        batch_size: int,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._source = source
        self._pusher = pusher
        self._extra_labels = extra_labels
        self._batch_size = batch_size
        self._clock = clock

    def run(self, event: object, deadline: Deadline) -> Summary:
        """Deliver every object of an S3 event. A failure does not keep the other objects from being delivered.

        Raises:
            EventError: The event is not one of S3; nothing was done.
            DeliveryError: At least one object was not delivered completely. The message names each of them.
        """
        outcomes: Counter[str] = Counter()
        lines_sent = 0
        failures: list[tuple[str, Exception]] = []
        for record in records(event):
            report = ObjectReport()
            error: Exception | None = None
            try:
                self._deliver(record, report, deadline)
            except Exception as caught:  # A fault of ours in one object must not cost the others either.
                error = caught
                report.reason = _why_failed(error, report)
                name = f"s3://{report.bucket}/{report.key}: " if report.bucket else ""
                failures.append((name + report.reason, error))
            _log(report, error)
            outcomes[report.outcome] += 1
            lines_sent += report.lines_sent
        if failures:
            raise DeliveryError(
                f"{len(failures)} of {outcomes.total()} objects were not delivered completely. "
                + " | ".join(message for message, _ in failures)
            ) from failures[0][1]
        return Summary(outcomes["delivered"], outcomes["skipped"], lines_sent)

    def _deliver(self, record: object, report: ObjectReport, deadline: Deadline) -> None:
        reference = object_reference(record)
        report.bucket, report.key, report.version_id = reference.bucket, reference.key, reference.version_id
        log_file = classify(reference.key)
        if isinstance(log_file, SkipReason):
            report.outcome, report.reason = "skipped", log_file.value
            return
        report.kind = log_file.kind.label
        labels = format_labels({**log_file.labels(), **self._extra_labels})
        start = self._clock()
        try:
            deadline.check()
            opened = self._source.open(reference)
            self._push_all(_entries(opened, log_file.kind, report, deadline), labels, report, deadline)
            if report.lines_refused:
                raise DeliveryError("The object was read to its end, but Loki did not take all of it.")
            report.outcome = "delivered"
        finally:
            report.duration_ms = round((self._clock() - start) * 1_000)

    def _push_all(
        self, entries: Iterable[Entry], labels: str, report: ObjectReport, deadline: Deadline
    ) -> None:
        for batch in batches(entries, labels, self._batch_size):
            body = encode_push(labels, batch)
            try:
                requests = self._pusher.push(body, deadline)
            except ContentRefusedError as error:
                # One line that Loki does not want must not cost those after it.
                report.first_refusal = report.first_refusal or str(error)
                report.lines_refused += len(batch)
                continue
            report.requests += requests
            report.pushes += 1
            report.bytes_sent += len(body)
            report.lines_sent += len(batch)


def _entries(opened: OpenObject, kind: Kind, report: ObjectReport, deadline: Deadline) -> Iterator[Entry]:
    for line in read_lines(_chunks_in_time(opened, deadline)):
        report.lines_read += 1
        if not line:
            report.lines_empty += 1
            continue
        timestamp = kind.timestamp(line)
        if timestamp is None:
            report.lines_without_timestamp += 1
            timestamp = opened.last_modified_ns
        # Loki takes UTF-8 only; a byte that is none becomes U+FFFD rather than costing the line.
        yield Entry(timestamp, line.decode("utf-8", "replace"))


def _chunks_in_time(opened: OpenObject, deadline: Deadline) -> Iterator[bytes]:
    """Yield the object's bytes for as long as the invocation has time; a wait for more of them ends with it."""
    chunks = iter(opened.chunks)
    while True:
        opened.limit_silence(deadline.check())
        try:
            chunk = next(chunks)
        except StopIteration:
            return
        yield chunk


def _why_failed(error: Exception, report: ObjectReport) -> str:
    reason = str(error) if isinstance(error, PromtailError) else repr(error)
    if report.first_refusal is None:
        return reason
    return (
        f"{reason} {report.lines_refused} lines were in pushes that Loki refused, and may have taken in part; "
        f"{report.lines_sent} lines were delivered. The first refusal: {report.first_refusal}"
    )


def _log(report: ObjectReport, error: Exception | None) -> None:
    fields = {"fields": asdict(report)}
    if report.reason == SkipReason.UNKNOWN_LAYOUT.value:
        LOGGER.warning(
            "Object skipped: it lies among the logs of load balancers, but its key has a layout that this version "
            "does not know. If it is a log, its lines are missing in Loki: update the function, or report the layout "
            "to its maintainers. If it is none, keep it somewhere else.",
            extra=fields,
        )
    elif error is None:
        LOGGER.info("Object %s.", report.outcome, extra=fields)
    elif isinstance(error, PromtailError):
        LOGGER.error("Object %s.", report.outcome, extra=fields)
    else:
        LOGGER.error("Object %s by a fault of this function.", report.outcome, extra=fields, exc_info=error)
