"""The demo's tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from rich.table import Table

from tests.harness.loki.entries import Entry

_ACCESS_LINE = re.compile(
    r'^\S+ \S+ \S+ \S+ \S+ \S+ \S+ \S+ (?P<status>\S+) .*?"(?P<method>\S+) (?P<url>\S+)'
)
_ORIGIN = re.compile(r"^\w+://[^/]+")


def lines_table(entries: Sequence[Entry]) -> Table:
    """Make the table of the lines that Loki gave back, with their labels as its caption."""
    labels = {f"{name}={value}" for entry in entries for name, value in entry.labels.items()}
    table = Table(
        "timestamp (UTC)",
        "status",
        "method",
        "path",
        title=f"{len(entries)} lines, as Loki gives them back",
        caption="labels: " + " ".join(sorted(labels)),
        title_justify="left",
        caption_justify="left",
    )
    for entry in entries:
        found = _ACCESS_LINE.match(entry.line)
        status, method, url = found.group("status", "method", "url") if found else ("?", "?", entry.line)
        table.add_row(_time(entry.timestamp), status, method, _ORIGIN.sub("", url))
    return table


def created_table(addresses: Iterable[str]) -> Table:
    """Make the table of what was created: how many of each type, in each module."""
    counted: dict[str, Counter[str]] = {}
    for address in addresses:
        parts = address.split(".")
        if parts[0] == "module" and parts[2] != "data":
            counted.setdefault(parts[1], Counter())[parts[2]] += 1
    table = Table("type", *counted, title="What was created", title_justify="left")
    for column in table.columns[1:]:
        column.justify = "right"
    for kind in sorted({kind for module in counted.values() for kind in module}):
        table.add_row(kind, *(str(module[kind] or "") for module in counted.values()))
    table.add_section()
    table.add_row("all", *(str(module.total()) for module in counted.values()))
    return table


def _time(nanoseconds: int) -> str:
    seconds, rest = divmod(nanoseconds, 1_000_000_000)
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M:%S}.{rest // 1000:06}"
