"""Writes what became of each source, with its metrics, as one line of the function's own log."""

from ..errors import PromtailError
from ..formats.format import SkipReason
from ..logs import write
from .metrics import embedded_metrics
from .report import Report

_UNKNOWN_LAYOUT = (
    "Object skipped: it lies among known logs, but its key has a layout that this version does not know. If it is a "
    "log, its lines are missing in Loki: update the function, or report the layout to its maintainers. If it is none, "
    "keep it somewhere else."
)


class ReportLog:
    """Writes reports, whatever the log level is: they carry the metrics.

    Args:
        namespace: The CloudWatch namespace of the metrics; None writes none.
    """

    def __init__(self, namespace: str | None) -> None:
        self._namespace = namespace

    def write(self, report: Report, error: Exception | None) -> None:
        """Write a report, with the error because of which the source is not delivered, if there is one."""
        level, message = _level_and_message(report, error)
        members = report.members()
        if self._namespace is not None:
            members |= embedded_metrics(self._namespace, report)
        unexpected = error if error is not None and not isinstance(error, PromtailError) else None
        write(level, message, members, unexpected)


def _level_and_message(report: Report, error: Exception | None) -> tuple[str, str]:
    noun = "Object" if report.source is None else "Lines of the event"
    if error is not None:
        fault = "" if isinstance(error, PromtailError) else " by a fault of this function"
        return "ERROR", f"{noun} {report.outcome}{fault}."
    if report.outcome == "refused":
        return "ERROR", (
            f"{noun} delivered, but for {report.lines_refused.total()} lines that Loki refused. They are "
            + (
                "parked."
                if report.parked_pushes
                else "not parked: set REFUSED_DESTINATION to keep such lines."
            )
        )
    if report.reason == SkipReason.UNKNOWN_LAYOUT.value:
        return "WARNING", _UNKNOWN_LAYOUT
    return "INFO", f"{noun} {report.outcome}."
