"""Delivers the lines that events themselves carry: those of CloudWatch Logs and Kinesis."""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from .content.choose import choose_content
from .content.sendable import sendable
from .content.stream import Content, Streams
from .deadline import Deadline
from .delivery import Chunk, Delivery
from .entry import StreamLines
from .outcome.report import Report
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
    ) -> tuple[Progress, Exception | None]:
        """Deliver the lines of messages, which are acknowledged one by one.

        Returns:
            Which messages are dealt with, by their numbers, and why not all of them are.
        """
        begun = self._clock()
        progress = Progress()
        report.source = next((lines.source for message in messages for lines in message), None)
        report.kind = "event"
        source = Source(report.source or "")
        try:
            deadline.check()
            return progress, self._delivery.run(
                self._chunks(messages, report, deadline),
                lambda batch: self._sender.send(batch, source, deadline),
                progress,
                report,
            )
        except Exception as error:
            return progress, error
        finally:
            report.duration_ms = round((self._clock() - begun) * 1_000)

    def _chunks(
        self, messages: Sequence[Sequence[EventLines]], report: Report, deadline: Deadline
    ) -> Iterator[Chunk]:
        contents: dict[str, Content | None] = {}
        distinct = DistinctTimes()
        for number, message in enumerate(messages):
            size = 0
            streams: list[StreamLines] = []
            dropped: Counter[str] = Counter()
            for lines in message:
                labels = self._labels(lines)
                key = format_labels(labels)
                if key not in contents:
                    contents[key] = choose_content(
                        self._settings, labels, deadline, account_id=lines.account_id
                    )
                content = contents[key]
                texts = [text.encode("utf-8", "replace") for _, text in lines.lines]
                size += sum(map(len, texts))
                report.lines_read += len(texts)
                if content is None:
                    dropped["relabel_configs"] += len(texts)
                    continue
                # A line whose event states no time gets that of its arrival here.
                now = time.time_ns()
                report.lines_without_timestamp += sum(time_ns < 0 for time_ns, _ in lines.lines)
                times = distinct.adjust([time_ns if time_ns >= 0 else now for time_ns, _ in lines.lines])
                sent = sendable(texts, times, self._settings, report)
                if sent.texts:
                    became = content.streams(sent)
                    streams += became.streams
                    dropped.update(became.dropped)
            report.bytes_read += size
            yield Chunk((number, number + 1), size, Streams(streams, dropped))

    def _labels(self, lines: EventLines) -> dict[str, str]:
        if self._settings.keep_stream and lines.stream:
            return {**lines.labels, "__aws_cloudwatch_log_stream": lines.stream}
        return dict(lines.labels)
