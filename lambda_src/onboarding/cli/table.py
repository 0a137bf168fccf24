"""A report for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from onboarding.report import Entry, Outcome, Report

_STYLES = {
    Outcome.CHANGED: "green",
    Outcome.WOULD_CHANGE: "yellow",
    Outcome.REFUSED: "red",
    Outcome.FAILED: "red",
    Outcome.NOT_REACHED: "red",
}


def tables(report: Report) -> Iterator[RenderableType]:
    """Return a table of load balancers, one of buckets, and a last line."""
    yield _table("Load balancer", report.load_balancers, report.dry_run)
    if report.buckets:
        yield _table("Bucket", report.buckets, report.dry_run)
    yield _last_line(report)


def _table(what: str, entries: Sequence[Entry], dry_run: bool) -> Table:
    table = Table(what, "Outcome", "Found", "To be done" if dry_run else "Done", "Why", title_justify="left")
    for entry in entries:
        # Names are the account's own: no markup of rich's may be read in them.
        table.add_row(
            Text(entry.name),
            Text(entry.outcome, style=_STYLES.get(entry.outcome, "")),
            Text("\n".join(entry.found)),
            Text("\n".join(entry.done) or entry.decided),
            Text(entry.why),
        )
    return table


def _last_line(report: Report) -> Text:
    failures = len(report.failures)
    entries = (*report.load_balancers, *report.buckets)
    changed = sum(entry.outcome in (Outcome.CHANGED, Outcome.WOULD_CHANGE) for entry in entries)
    line = f"{len(report.load_balancers)} load balancers, {len(report.buckets)} buckets: "
    line += f"{changed} {'to be changed' if report.dry_run else 'changed'}, {failures} failed or refused."
    return Text(line, style="red" if failures else "")
