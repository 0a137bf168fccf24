"""Which lines are sent at all, and how much of them."""

import sys
from typing import TYPE_CHECKING

from ..entry import Lines

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
    if settings.print_log_line:
        sys.stdout.writelines(text.decode() + "\n" for text in texts)
    return Lines(texts, times)


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
