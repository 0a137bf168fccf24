"""Which lines are sent at all, and how much of them."""

import sys
from itertools import compress
from typing import TYPE_CHECKING

from ..entry import Lines, StreamLines
from .stream import Content, PlainContent, Streams

if TYPE_CHECKING:
    from ..outcome.report import Report
    from ..settings import Settings

CUT_MARK = b" [cut by alb-loki]"


def sendable(texts: list[bytes], times: list[int], settings: "Settings", report: "Report") -> Lines:
    """Leave out empty lines and headers (whose time is negative), and cut or leave out what is too long for Loki.

    Everything that does not stay as it is, is counted in the report.
    """
    if not texts:
        return Lines(texts, times)
    if min(times) < 0:
        kept = [(text, time) for text, time in zip(texts, times, strict=True) if time >= 0]
        report.lines_dropped["header"] += len(texts) - len(kept)
        texts, times = [text for text, _ in kept], [time for _, time in kept]
    sizes = list(map(len, texts))
    if not all(sizes):
        report.lines_dropped["empty"] += sizes.count(0)
        times = [time for text, time in zip(texts, times, strict=True) if text]
        texts = [text for text in texts if text]
    if max(sizes, default=0) > settings.max_line_size:
        texts, times = _fitting(texts, times, settings, report)
    return Lines(texts, times)


def finished(streams: Streams, content: Content, settings: "Settings", report: "Report") -> Streams:
    """Cut or leave out what the content made too long for Loki, and print the lines if that is asked for.

    They are printed as they are sent: without what is redacted, and without what is dropped.
    """
    if not isinstance(content, PlainContent):
        streams = Streams(
            [_fitting_stream(stream, settings, report) for stream in streams.streams], streams.dropped
        )
    if settings.print_log_line:
        for stream in streams.streams:
            sys.stdout.writelines(text.decode() + "\n" for text in stream.texts)
    return streams


def _fitting_stream(stream: StreamLines, settings: "Settings", report: "Report") -> StreamLines:
    if max(map(len, stream.texts), default=0) <= settings.max_line_size:
        return stream
    metadata = stream.metadata
    if metadata is not None and settings.long_lines == "drop":
        kept = [len(text) <= settings.max_line_size for text in stream.texts]
        metadata = list(compress(metadata, kept))
    texts, times = _fitting(list(stream.texts), list(stream.times), settings, report)
    return stream._replace(texts=texts, times=times, metadata=metadata)


def cut_line(text: bytes, most: int) -> bytes:
    """Return the start of a line, with a mark behind it, in at most so many bytes of valid UTF-8."""
    # A character that is cut in two goes as a whole.
    return text[: most - len(CUT_MARK)].decode("utf-8", "ignore").encode() + CUT_MARK


def _fitting(
    texts: list[bytes], times: list[int], settings: "Settings", report: "Report"
) -> tuple[list[bytes], list[int]]:
    most = settings.max_line_size
    long = sum(len(text) > most for text in texts)
    if settings.long_lines == "cut":
        report.lines_cut += long
        return [text if len(text) <= most else cut_line(text, most) for text in texts], times
    report.lines_dropped["line_too_long"] += long
    kept = [(text, time) for text, time in zip(texts, times, strict=True) if len(text) <= most]
    return [text for text, _ in kept], [time for _, time in kept]
