"""One event: everything that it asks for is delivered, and what is not is told in the way that its trigger repeats."""

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from .deadline import MARGIN_SECONDS, Deadline
from .errors import DeadlineError, DeliveryError, PromtailError
from .event_lines import EventLinesDelivery
from .logs import LOGGER
from .objects import ObjectDelivery
from .outcome import continuation
from .outcome.continuation import Position
from .outcome.log import ReportLog
from .outcome.report import Report
from .triggers import read_event
from .triggers.work import Batch, Direct, EventLines, Message, ObjectReference, Unreadable, Work

if TYPE_CHECKING:
    from .aws import Clients

# How long before Lambda ends the invocation a message that continues an object is no longer waited for.
_SENDING_SECONDS = 0.3


@dataclass(slots=True)
class _Done:
    """What became of one piece of work."""

    work: Work
    report: Report
    error: Exception | None = None
    position: Position | None = None
    known_before: int = 0

    @property
    def progressed(self) -> bool:
        """Whether lines were dealt with that were not before."""
        return self.position is not None and _lines(self.position) > self.known_before


@dataclass(slots=True)
class _Totals:
    outcomes: Counter[str] = field(default_factory=Counter)
    lines_sent: int = 0


class Invocation:
    """Answers events. One serves many invocations.

    Args:
        objects: Delivers objects.
        event_lines: Delivers lines that events carry.
        clients: Makes the client of the queue that continues objects.
        log: Writes what became of each source.
        partial_batch_responses: Whether the event source mappings of queues and streams ask for them.
    """

    def __init__(
        self,
        objects: ObjectDelivery,
        event_lines: EventLinesDelivery,
        clients: "Clients",
        log: ReportLog,
        partial_batch_responses: bool,
    ) -> None:
        self._objects = objects
        self._event_lines = event_lines
        self._clients = clients
        self._log = log
        self._partial = partial_batch_responses

    def run(self, event: object, deadline: Deadline) -> dict[str, Any]:
        """Deliver everything that an event asks for. A failure does not keep the rest from being delivered.

        Returns:
            Sources by outcome, and `lines_sent`; for queues and streams also `batchItemFailures`: the messages that
            Lambda is to deliver again.

        Raises:
            EventError: The event is of no known kind; nothing was done.
            DeliveryError: Something was not delivered, and Lambda is to repeat the whole event. The message names it.
        """
        request = read_event(event)
        if isinstance(request, Direct):
            return self._direct(request, deadline)
        if request.kind == "sqs":
            return self._queue(request, deadline)
        return self._stream(request, deadline)

    def _direct(self, request: Direct, deadline: Deadline) -> dict[str, Any]:
        totals = _Totals()
        failures = []
        for work in request.works:
            done = self._deliver(work, deadline)
            self._end(done, totals)
            if done.error is not None:
                failures.append(done)
        _raise_for(failures, totals)
        return _answer(totals)

    def _queue(self, request: Batch, deadline: Deadline) -> dict[str, Any]:
        totals = _Totals()
        failed: list[str] = []
        failures: list[_Done] = []
        for message in request.messages:
            dones = [self._deliver(work, deadline) for work in message.works]
            open_dones = [done for done in dones if done.error is not None]
            if open_dones and not self._continued(message, dones, open_dones, deadline):
                failed.append(message.id)
                failures += open_dones
            for done in dones:
                self._end(done, totals)
        if failed and (not self._partial or len(failed) == len(request.messages)):
            # An error makes Lambda repeat all of them even where nobody asked for partial batch responses.
            _raise_for(failures, totals)
        return _answer(totals, failed)

    def _continued(
        self, message: Message, dones: Sequence[_Done], failures: Sequence[_Done], deadline: Deadline
    ) -> bool:
        """Put what is left of a message into a new one, if it is less than it was. Return whether that was done.

        So nothing that Loki took is sent twice. What makes no progress stays with its message instead, whose
        receives SQS counts, until it goes to the dead-letter queue.
        """
        if message.queue_arn is None or not self._partial:
            # Without partial responses one failure repeats the whole batch, this message included.
            return False
        if len(failures) == len(dones) and not any(done.progressed for done in failures):
            return False
        records = [record for done in failures if (record := _record(done)) is not None]
        if len(records) < len(failures):
            return False
        in_time = all(isinstance(done.error, DeadlineError) for done in failures)
        try:
            # The margin of the deadline is kept for this.
            deadline.earlier(_SENDING_SECONDS - MARGIN_SECONDS).wait_for(
                partial(
                    continuation.send,
                    self._clients,
                    message.queue_arn,
                    records,
                    0 if in_time else continuation.FAILURE_DELAY_SECONDS,
                )
            )
        except Exception as error:
            LOGGER.error(
                "The message that continues an object could not be put into %s: %s The former message is delivered "
                "again instead, and lines that Loki took with it. Check that the function's role allows "
                "sqs:SendMessage and sqs:GetQueueUrl on this queue, and that its network reaches SQS.",
                message.queue_arn,
                error,
            )
            return False
        for done in failures:
            done.report.outcome = "continued"
            done.report.reason = _reason(done)
            done.error = None
        return True

    def _stream(self, request: Batch, deadline: Deadline) -> dict[str, Any]:
        totals = _Totals()
        report = Report()
        lines = [
            [work for work in message.works if isinstance(work, EventLines)] for message in request.messages
        ]
        failed, error = self._event_lines.deliver(lines, report, deadline)
        done = _Done(EventLines({}, [], report.source or "stream"), report, error)
        self._end(done, totals)
        failures = [done] if error else []
        for message in request.messages:
            for work in message.works:
                if isinstance(work, Unreadable):
                    # It stays so however often it is delivered, and would stop its shard: it is told and counted.
                    self._end(self._deliver(work, deadline), totals)
        if failed and not self._partial:
            _raise_for(failures, totals)
        # Lambda repeats a stream's batch from the lowest sequence number that is named.
        return _answer(totals, [request.messages[failed[0]].id] if failed else [])

    def _deliver(self, work: Work, deadline: Deadline) -> _Done:
        report = Report()
        if isinstance(work, Unreadable):
            return _Done(work, report, work.error)
        if isinstance(work, EventLines):
            _, error = self._event_lines.deliver([[work]], report, deadline)
            return _Done(work, report, error)
        position, error = self._objects.deliver(work, report, deadline)
        return _Done(work, report, error, position, report.resumed_at)

    def _end(self, done: _Done, totals: _Totals) -> None:
        report = done.report
        if done.error is not None:
            report.outcome, report.reason = "failed", _reason(done)
        elif report.outcome == "failed":
            report.outcome = "refused" if report.lines_refused else "delivered"
        if report.newest_ns:
            report.delay_seconds = round(time.time() - report.newest_ns / 1e9, 1)
        self._log.write(report, done.error)
        totals.outcomes[report.outcome] += 1
        totals.lines_sent += report.lines_sent


def _reason(done: _Done) -> str:
    # Not its repr, which for some errors holds all of what they were about.
    return (
        str(done.error)
        if isinstance(done.error, PromtailError)
        else f"{type(done.error).__name__}: {done.error}"
    )


def _record(done: _Done) -> Mapping[str, Any] | None:
    """Return the record of an S3 event that asks for what is left of this work; None if there is none."""
    match done.work:
        case ObjectReference():
            return continuation.record(done.work, done.position or Position())
        case Unreadable(record=record):
            return record
    return None


def _lines(position: Position) -> int:
    return sum(end - start for start, end in position.progress.done)


def _raise_for(failures: Sequence[_Done], totals: _Totals) -> None:
    if failures:
        raise DeliveryError(
            f"{len(failures)} of {totals.outcomes.total()} sources were not delivered completely. "
            + " | ".join(f"{_name(done)}: {_reason(done)}" for done in failures)
        ) from failures[0].error


def _name(done: _Done) -> str:
    match done.work:
        case ObjectReference():
            return str(done.work)
        case EventLines(source=source):
            return source
    return "a record of the event"


def _answer(totals: _Totals, failed: Sequence[str] | None = None) -> dict[str, Any]:
    answer: dict[str, Any] = {**totals.outcomes, "lines_sent": totals.lines_sent}
    if failed is not None:
        answer["batchItemFailures"] = [{"itemIdentifier": identifier} for identifier in failed]
    return answer
