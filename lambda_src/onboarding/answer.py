"""The report as JSON, and as lines for people."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from onboarding.report import Entry, Report


def answer(report: Report) -> dict[str, Any]:
    """Return the report as JSON.

    It becomes an output of Terraform: the same run in the same circumstances gives the same answer.
    """
    return {
        "name": report.name,
        "action": str(report.action),
        "dry_run": report.dry_run,
        "load_balancers": [_entry(entry) for entry in report.load_balancers],
        "buckets": [
            {key: value for key, value in _entry(entry).items() if key not in ("arn", "type")}
            for entry in report.buckets
        ],
        "bucket_names": report.bucket_names,
        "failures": list(report.failures),
        "aborted": report.aborted,
        "summary": summary(report),
    }


def summary(report: Report) -> list[str]:
    """Return a line for each load balancer and bucket, and one for a run that has ended early, for people."""
    return [
        *(_line("load balancer", entry) for entry in report.load_balancers),
        *(_line("bucket", entry) for entry in report.buckets),
        *([report.aborted] if report.aborted else []),
    ]


def _entry(entry: Entry) -> dict[str, Any]:
    return {**asdict(entry), "outcome": str(entry.outcome)}


def _line(what: str, entry: Entry) -> str:
    done = "; ".join(entry.done) or ("" if entry.outcome.is_failure else entry.decided)
    line = f"{what} {entry.name}: {entry.outcome}" + (f" ({done})" if done else "")
    return f"{line}. {entry.why}" if entry.why else line
