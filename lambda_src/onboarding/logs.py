"""The function's log: a line of JSON for each load balancer and bucket, and one for the run.

Lambda's log format JSON leaves lines that are JSON as they are, and takes their level and time from `level` and
`timestamp`: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html
"""

from __future__ import annotations

import json
import logging
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from onboarding.report import Entry, Outcome, Report

_LOGGER = logging.getLogger("onboarding")
# The levels as Lambda names them.
_NAMES = {"WARNING": "WARN", "CRITICAL": "FATAL"}
_LEVELS = {
    Outcome.REFUSED: logging.WARNING,
    Outcome.NOT_REACHED: logging.WARNING,
    Outcome.FAILED: logging.ERROR,
}


class JsonFormatter(logging.Formatter):
    """Writes timestamp, level and message, the members of the record's `fields` attribute, and any traceback."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one line of JSON."""
        members = {
            "timestamp": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": _NAMES.get(record.levelname, record.levelname),
            "message": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            members["traceback"] = self.formatException(record.exc_info)
        return json.dumps(members, ensure_ascii=False)


def configure_logging() -> None:
    """Send this package's log to standard output; the root logger, which Lambda sets up, stays as it is."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(JsonFormatter())
    _LOGGER.handlers = [handler]
    _LOGGER.setLevel(logging.INFO)
    _LOGGER.propagate = False


def log_report(report: Report) -> None:
    """Write the report to the log: WARN for what was refused or not reached, ERROR for what failed."""
    for what, entries in (("load_balancer", report.load_balancers), ("bucket", report.buckets)):
        for entry in entries:
            level = _LEVELS.get(entry.outcome, logging.INFO)
            message = f"{what.replace('_', ' ')} {entry.name}: {entry.outcome}"
            _write(level, message, {**_run(report), what: entry.name, **_members(entry)})
    level = max((_LEVELS.get(entry.outcome, logging.INFO) for entry in _all(report)), default=logging.INFO)
    if report.aborted:
        level = logging.ERROR
    counts = {"load_balancers": _counts(report.load_balancers), "buckets": _counts(report.buckets)}
    failures = len(report.failures)
    _write(level, f"run ended with {failures} failures", {**_run(report), **counts, "failures": failures})


def _write(level: int, message: str, fields: dict[str, Any]) -> None:
    _LOGGER.log(level, "%s", message, extra={"fields": fields})


def _run(report: Report) -> dict[str, Any]:
    return {"onboarding": report.name, "action": str(report.action), "dry_run": report.dry_run}


def _members(entry: Entry) -> dict[str, Any]:
    members = {name: getattr(entry, name) for name in ("outcome", "found", "decided", "done", "why")}
    return {**({"arn": entry.arn} if entry.arn else {}), **members}


def _all(report: Report) -> list[Entry]:
    return [*report.load_balancers, *report.buckets]


def _counts(entries: Sequence[Entry]) -> dict[str, int]:
    return dict(sorted(Counter(str(entry.outcome) for entry in entries).items()))
