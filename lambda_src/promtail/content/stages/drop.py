"""The `drop` stage: https://grafana.com/docs/loki/latest/send-data/promtail/stages/drop/."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ...entry import Entry
from .go_regexp import Regexp
from .go_units import parse_duration, parse_size
from .members import Members
from .stage import Stage
from .values import as_text


@dataclass(frozen=True, slots=True)
class DropCriteria:
    """What a line must meet to be dropped: everything that is set.

    Attributes:
        sources: Names of extracted values. Without `value` and `expression` all of them must be there.
        separator: It joins the texts of several sources.
        value: What the sources' text must be.
        expression: What must match in the sources' text, or in the line if there are no sources.
        older_than_ns: Lines of this age in nanoseconds, or younger, stay.
        longer_than: Lines of so many bytes, or fewer, stay.
    """

    sources: Sequence[str] = ()
    separator: str = ";"
    value: str | None = None
    expression: Regexp | None = None
    older_than_ns: int | None = None
    longer_than: int | None = None


class DropStage(Stage):
    """Drops the lines that meet the criteria."""

    def __init__(
        self, criteria: DropCriteria, reason: str, clock_ns: Callable[[], int] = time.time_ns
    ) -> None:
        self._criteria = criteria
        self._reason = reason
        self._clock_ns = clock_ns

    def process(self, entry: Entry) -> str | None:
        """See `Stage.process`."""
        return self._reason if self._drops(entry) else None

    def _drops(self, entry: Entry) -> bool:
        criteria = self._criteria
        if criteria.longer_than is not None and len(entry.line.encode()) <= criteria.longer_than:
            return False
        if (
            criteria.older_than_ns is not None
            and entry.timestamp_ns >= self._clock_ns() - criteria.older_than_ns
        ):
            return False
        return self._content_drops(entry)

    def _content_drops(self, entry: Entry) -> bool:
        criteria = self._criteria
        if not criteria.sources:
            return criteria.expression is None or criteria.expression.search(entry.line) is not None
        found = [entry.extracted[source] for source in criteria.sources if source in entry.extracted]
        if criteria.value is None and criteria.expression is None:
            return len(found) == len(criteria.sources)
        texts = [text for value in found if (text := as_text(value)) is not None]
        if len(texts) < len(found):  # A null has no text to compare.
            return False
        joined = criteria.separator.join(texts)
        if criteria.expression is not None:
            return criteria.expression.search(joined) is not None
        return joined == criteria.value


def parse_drop(value: object, location: str) -> Stage:
    """Make a `drop` stage."""
    members = Members(
        value,
        location,
        (
            "source",
            "separator",
            "value",
            "expression",
            "older_than",
            "longer_than",
            "drop_counter_reason",
        ),
    )
    if not any(name in members for name in ("source", "expression", "older_than", "longer_than")):
        raise members.problem("at least one of source, expression, older_than and longer_than must be set.")
    if "value" in members and "expression" in members:
        raise members.problem("value and expression are both set. Set one of them.")
    if "value" in members and "source" not in members:
        raise members.problem(
            "value is set, but source is not. Set source to the name of an extracted value."
        )
    separator = members.string("separator")
    return DropStage(
        DropCriteria(
            sources=_sources(members),
            separator=";" if separator is None else separator,
            value=members.scalar("value"),
            expression=members.regexp("expression") if "expression" in members else None,
            older_than_ns=_older_than(members),
            longer_than=_longer_than(members),
        ),
        members.drop_reason("drop_stage"),
    )


def _sources(members: Members) -> Sequence[str]:
    source = members.value("source")
    if source is None:
        return ()
    names = [source] if isinstance(source, str) else source
    if not isinstance(names, list) or not names or not all(isinstance(name, str) and name for name in names):
        raise members.error("source", "the name of an extracted value, or a list of names")
    return tuple(names)


def _older_than(members: Members) -> int | None:
    text = members.scalar("older_than")
    if text is None:
        return None
    try:
        return parse_duration(text)
    except ValueError:
        raise members.error("older_than", "a duration such as 24h, 1h30m or 90s") from None


def _longer_than(members: Members) -> int | None:
    text = members.scalar("longer_than")
    if text is None:
        return None
    try:
        return parse_size(text)
    except ValueError:
        raise members.error("longer_than", "a size such as 8kb, 1MB or 10000 (bytes)") from None
