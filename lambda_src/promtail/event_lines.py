"""Delivers the lines that events themselves carry: those of CloudWatch Logs and Kinesis."""

import time
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from .content.choose import choose_content
from .content.sendable import finished, sendable
from .content.stream import Content, Streams
from .deadline import Deadline
from .delivery import Chunk, Delivery
from .outcome.report import Report
from .push.batch import cut
from .push.distinct import DistinctTimes
from .push.progress import Progress
from .push.sender import Sender, Source
from .push.wire import format_labels
from .triggers.work import EventLines

if TYPE_CHECKING:
    from .settings import Settings


class EventLinesDelivery:
    """Delivers the lines of events.

    Args:
        settings: The settings.
        sender: Sends batches.
        delivery: Keeps batches in flight.
        clock: Seconds, for durations only.
    """

    def __init__(
        self,
        settings: "Settings",
        sender: Sender,
        delivery: Delivery,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._settings = settings
        self._sender = sender
        self._delivery = delivery
        self._clock = clock

    def deliver(
        self, messages: Sequence[Sequence[EventLines]], report: Report, deadline: Deadline
    ) -> tuple[list[int], Exception | None]:
        """Deliver the lines of messages, which are acknowledged one by one.

        Returns:
            The numbers of the messages that are not delivered completely, and why not; None if all are.
        """
        begun = self._clock()
        progress = Progress()
        report.source = next((lines.source for message in messages for lines in message), None)
        report.kind = "event"
        source = Source(report.source or "")
        try:
            deadline.check()
            error = self._delivery.run(
                self._chunks(messages, report, deadline),
                lambda batch: self._sender.send(batch, source, deadline),
                progress,
                report,
            )
        except Exception as caught:
            error = caught
        report.duration_ms = round((self._clock() - begun) * 1_000)
        return ([] if error is None else _unfinished(messages, progress)), error

    def _chunks(
        self, messages: Sequence[Sequence[EventLines]], report: Report, deadline: Deadline
    ) -> Iterator[Chunk]:
        """Yield the lines in chunks of at most a batch, numbered over all messages."""
        contents: dict[str, Content | None] = {}
        distinct = DistinctTimes()
        number = 0
        for lines in (lines for message in messages for lines in message):
            labels = self._labels(lines)
            key = format_labels(labels)
            if key not in contents:
                contents[key] = choose_content(self._settings, labels, deadline, account_id=lines.account_id)
            content = contents[key]
            texts = [text.encode("utf-8", "replace") for _, text in lines.lines]
            # A line whose event states no time gets that of its arrival here.
            now = time.time_ns()
            report.lines_without_timestamp += sum(time_ns < 0 for time_ns, _ in lines.lines)
            times = distinct.adjust([time_ns if time_ns >= 0 else now for time_ns, _ in lines.lines])
            for start, end, size in cut(list(map(len, texts)), self._settings.batch_size):
                deadline.check()
                report.lines_read += end - start
                report.bytes_read += size
                streams = self._streams(content, texts[start:end], times[start:end], report)
                yield Chunk((number + start, number + end), size, streams)
            number += len(texts)

    def _streams(
        self, content: Content | None, texts: list[bytes], times: list[int], report: Report
    ) -> Streams:
        if content is None:
            return Streams((), {"relabel_configs": len(texts)})
        lines = sendable(texts, times, self._settings, report)
        return finished(content.streams(lines), content, self._settings, report)

    def _labels(self, lines: EventLines) -> dict[str, str]:
        if self._settings.keep_stream and lines.stream:
            return {**lines.labels, "__aws_cloudwatch_log_stream": lines.stream}
        return dict(lines.labels)


def _unfinished(messages: Sequence[Sequence[EventLines]], progress: Progress) -> list[int]:
    """Return the numbers of the messages of which a line is missing."""
    ends = list(accumulate(sum(len(lines.lines) for lines in message) for message in messages))
    return [
        number
        for number, (start, end) in enumerate(pairwise([0, *ends]))
        if start < end and progress.missing(start, end)
    ]
