"""Delivers one object of S3."""

import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from .content.choose import choose_content
from .content.sendable import finished, sendable
from .content.stream import Content
from .deadline import Deadline
from .delivery import Chunk, Delivery
from .formats import classify
from .formats.format import NO_TIME, LogFile, SkipReason
from .outcome.continuation import Position, read_position
from .outcome.report import Report
from .push.batch import cut
from .push.distinct import DistinctTimes
from .push.sender import Sender, Source
from .reading.decode import decode
from .reading.s3 import OpenObject, S3Source
from .triggers.work import ObjectReference

if TYPE_CHECKING:
    from .settings import Settings

# Reading stops this much before the invocation ends, so that what is in flight gets its answers.
_DRAIN_SECONDS = 5.0
_DRAIN_SHARE = 0.2


class ObjectDelivery:
    """Delivers objects.

    Args:
        settings: The settings.
        source: Opens objects.
        sender: Sends batches.
        delivery: Keeps batches in flight.
        clock: Seconds, for durations only.
    """

    def __init__(
        self,
        settings: "Settings",
        source: S3Source,
        sender: Sender,
        delivery: Delivery,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._settings = settings
        self._source = source
        self._sender = sender
        self._delivery = delivery
        self._clock = clock

    def deliver(
        self, reference: ObjectReference, report: Report, deadline: Deadline
    ) -> tuple[Position, Exception | None]:
        """Deliver an object, or what is left of it. The report is filled in, but for an outcome that is no skip.

        Returns:
            How far the object has come, and why it has not come to its end; None if it has, or was skipped.
        """
        position = Position()
        begun = self._clock()
        report.bucket, report.key, report.version_id = reference.bucket, reference.key, reference.version_id
        try:
            position = read_position(reference.progress)
            report.resumed_at = sum(end - start for start, end in position.progress.done)
            return position, self._deliver(reference, position, report, deadline)
        except Exception as error:
            return position, error
        finally:
            report.duration_ms = round((self._clock() - begun) * 1_000)

    def _deliver(
        self, reference: ObjectReference, position: Position, report: Report, deadline: Deadline
    ) -> Exception | None:
        log_file = classify(reference.key, reference.bucket)
        if isinstance(log_file, SkipReason):
            report.outcome, report.reason = "skipped", log_file.value
            return None
        report.kind = log_file.format.name
        left = deadline.check()
        reading = deadline.earlier(min(_DRAIN_SECONDS, left * _DRAIN_SHARE))
        content = choose_content(
            self._settings,
            log_file.labels,
            reading,
            log_file.format.name,
            log_file.account_id,
            reference.bucket,
            reference.key,
        )
        if content is None:
            report.outcome, report.reason = "skipped", "dropped_by_relabel_configs"
            return None
        opened = self._source.open(reference, reading, position.etag)
        position.etag = opened.etag
        source = Source(str(reference), reference.bucket, reference.key, reference.version_id)
        return self._delivery.run(
            self._chunks(opened, log_file, content, position, report, reading),
            lambda batch: self._sender.send(batch, source, deadline),
            position.progress,
            report,
        )

    def _chunks(
        self,
        opened: OpenObject,
        log_file: LogFile,
        content: Content,
        position: Position,
        report: Report,
        deadline: Deadline,
    ) -> Iterator[Chunk]:
        """Yield what is not yet delivered, in chunks of at most a batch."""
        timer = log_file.format.timer()
        distinct = DistinctTimes()
        number = 0
        for texts in log_file.format.records(decode(opened.chunks)):
            deadline.check()  # Little that is stored may be much when it is unpacked.
            if not texts:
                continue
            times = timer.times(texts)
            untimed = frozenset[int]()
            if min(times) < 0:
                untimed = frozenset(index for index, time in enumerate(times) if time == NO_TIME)
                times = [opened.last_modified_ns if time == NO_TIME else time for time in times]
                times = _distinct(distinct, times)
            else:
                times = distinct.adjust(times)
            first, number = number, number + len(texts)
            wanted = min(number, position.only[1]) if position.only else number
            before = first
            for start, end in position.progress.missing(first, wanted):
                if content.remembers:
                    self._replay(
                        content, texts[before - first : start - first], times[before - first : start - first]
                    )
                report.lines_without_timestamp += sum(
                    start <= first + index < end and bool(texts[index]) for index in untimed
                )
                yield from self._cut(
                    start,
                    texts[start - first : end - first],
                    times[start - first : end - first],
                    content,
                    report,
                )
                before = end
            if wanted < number:
                return
            if content.remembers:
                self._replay(content, texts[before - first :], times[before - first :])

    def _replay(self, content: Content, texts: list[bytes], times: list[int]) -> None:
        """Show the content lines that an invocation before delivered."""
        if texts:
            content.replay(sendable(texts, times, self._settings, Report()))

    def _cut(
        self, first: int, texts: list[bytes], times: list[int], content: Content, report: Report
    ) -> Iterator[Chunk]:
        sizes = list(map(len, texts))
        report.lines_read += len(texts)
        for start, end, size in cut(sizes, self._settings.batch_size):
            report.bytes_read += size + end - start
            lines = sendable(texts[start:end], times[start:end], self._settings, report)
            streams = finished(content.streams(lines), content, self._settings, report)
            yield Chunk((first + start, first + end), size, streams)


def _distinct(distinct: DistinctTimes, times: list[int]) -> list[int]:
    """Make the times of records distinct, among headers, which have none."""
    adjusted = iter(distinct.adjust([time for time in times if time >= 0]))
    return [next(adjusted) if time >= 0 else time for time in times]
