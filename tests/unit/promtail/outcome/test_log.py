"""One log line for each source, with its metrics."""

import json
from collections import Counter
from typing import Any

import pytest

from promtail.errors import SourceError
from promtail.formats.format import SkipReason
from promtail.logs import configure_logging
from promtail.outcome.log import ReportLog
from promtail.outcome.report import Report
from promtail.push.batch import Batch
from promtail.push.sender import Sent


def written(
    capsys: pytest.CaptureFixture[str],
    report: Report,
    error: Exception | None = None,
    namespace: str | None = None,
    level: str = "INFO",
) -> dict[str, Any]:
    configure_logging(level)
    ReportLog(namespace).write(report, error)
    (line,) = capsys.readouterr().out.splitlines()
    members: dict[str, Any] = json.loads(line)
    return members


def test_a_delivered_object(capsys: pytest.CaptureFixture[str]) -> None:
    report = Report("logs", "a b", "v1", kind="nlb", outcome="delivered", lines_read=5, lines_sent=5)
    line = written(capsys, report)
    del line["timestamp"]
    assert line == {
        "level": "INFO",
        "message": "Object delivered.",
        "bucket": "logs",
        "key": "a b",
        "version_id": "v1",
        "kind": "nlb",
        "outcome": "delivered",
        "reason": None,
        "lines_read": 5,
        "lines_sent": 5,
        "lines_dropped": {},
        "lines_refused": {},
        "lines_cut": 0,
        "lines_without_timestamp": 0,
        "parked_pushes": 0,
        "parked": [],
        "bytes_read": 0,
        "bytes_sent": 0,
        "pushes": 0,
        "requests": 0,
        "retries": 0,
        "resumed_at": 0,
        "duration_ms": 0,
    }


def test_metrics_are_in_the_same_line(capsys: pytest.CaptureFixture[str]) -> None:
    line = written(capsys, Report("logs", "a", outcome="delivered", lines_sent=5), namespace="AlbLoki")
    assert line["_aws"]["CloudWatchMetrics"][0]["Namespace"] == "AlbLoki"
    assert (line["LinesSent"], line["lines_sent"], line["key"]) == (5, 5, "a")


def test_no_namespace_writes_no_metrics(capsys: pytest.CaptureFixture[str]) -> None:
    assert "_aws" not in written(capsys, Report("logs", "a", outcome="delivered"))


@pytest.mark.parametrize("level", ["DEBUG", "INFO", "WARNING", "ERROR"])
def test_reports_are_written_whatever_the_log_level_is(
    capsys: pytest.CaptureFixture[str], level: str
) -> None:
    assert written(capsys, Report("logs", "a", outcome="delivered"), level=level)["level"] == "INFO"


def test_an_error_on_purpose_has_no_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    report = Report("logs", "a", outcome="failed", reason="S3 is away.")
    line = written(capsys, report, SourceError("S3 is away."))
    assert (line["level"], line["message"], line["reason"]) == ("ERROR", "Object failed.", "S3 is away.")
    assert "traceback" not in line


def test_a_fault_of_the_function_has_a_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    try:
        raise ZeroDivisionError("a fault")
    except ZeroDivisionError as error:
        line = written(capsys, Report("logs", "a", outcome="failed"), error)
    assert (line["level"], line["message"]) == ("ERROR", "Object failed by a fault of this function.")
    assert "in test_a_fault_of_the_function_has_a_traceback" in line["traceback"]
    assert "ZeroDivisionError: a fault" in line["traceback"]


@pytest.mark.parametrize(
    ("parked", "told"),
    [([], "They are not parked: set REFUSED_DESTINATION"), (["place"], "They are parked.")],
)
def test_refused_lines_are_an_error_that_says_whether_they_are_parked(
    capsys: pytest.CaptureFixture[str], parked: list[str], told: str
) -> None:
    report = Report(
        "logs",
        "a",
        outcome="refused",
        lines_refused=Counter(other=2, out_of_order=1),
        parked_pushes=len(parked),
        parked=parked,
    )
    line = written(capsys, report)
    assert line["level"] == "ERROR"
    assert line["message"].startswith(f"Object delivered, but for 3 lines that Loki refused. {told}")
    assert line["lines_refused"] == {"other": 2, "out_of_order": 1}


@pytest.mark.parametrize("reason", SkipReason)
def test_a_skipped_object_is_no_error(capsys: pytest.CaptureFixture[str], reason: SkipReason) -> None:
    line = written(capsys, Report("logs", "a", outcome="skipped", reason=reason.value))
    if reason is SkipReason.UNKNOWN_LAYOUT:
        assert line["level"] == "WARN"
        assert "its lines are missing in Loki: update the function, or report the layout" in line["message"]
    else:
        assert (line["level"], line["message"]) == ("INFO", "Object skipped.")


def test_lines_of_events_are_called_so(capsys: pytest.CaptureFixture[str]) -> None:
    line = written(capsys, Report(source="/aws/lambda/x", outcome="delivered"))
    assert (line["message"], line["source"]) == ("Lines of the event delivered.", "/aws/lambda/x")
    assert "bucket" not in line


# What is counted


def test_batches_add_up() -> None:
    report = Report(lines_sent=1)
    first = Sent(
        Batch((0, 0), ()),
        lines=10,
        bytes=100,
        pushes=2,
        requests=5,
        retries=3,
        seconds=[0.5, 0.25],
        newest_ns=7,
        refused=Counter(other=1),
        parked=["one"],
        first_refusal="first",
    )
    second = Sent(
        Batch((0, 0), ()),
        lines=20,
        requests=1,
        newest_ns=3,
        refused=Counter(other=2, too_new=1),
        first_refusal="second",
    )
    for sent in (first, second):
        report.add(sent)
    assert (report.lines_sent, report.bytes_sent, report.pushes, report.requests, report.retries) == (
        31,
        100,
        2,
        6,
        3,
    )
    assert report.push_seconds == [0.5, 0.25]
    assert report.newest_ns == 7
    assert report.lines_refused == Counter(other=3, too_new=1)
    assert report.parked == ["one"]
    assert report.first_refusal == "first"
    assert "push_seconds" not in report.members()
