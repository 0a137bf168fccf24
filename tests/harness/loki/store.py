"""Checks pushed streams as Loki's distributor does, and keeps what is valid."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from tests.harness.loki.entries import Entry, PushedStream
from tests.harness.loki.labels import (
    DuplicateLabelError,
    LabelSyntaxError,
    Matcher,
    format_labels,
    parse_labels,
)
from tests.harness.loki.limits import Limits


@dataclass(frozen=True)
class Refusal:
    """Why a push, or a part of it, was not taken; `status` is the HTTP status, `text` Loki's message."""

    status: int
    text: str


class Store:
    """The lines of one tenant.

    An entry that is already there (same stream, time and line) is kept once, as Loki does: this is what makes a
    retry harmless.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._entries: dict[str, dict[tuple[int, str], Entry]] = {}

    def push(self, streams: Sequence[PushedStream], now: int, at_most: int | None = None) -> Refusal | None:
        """Keep every valid entry; returns the refusal of the others, or None if there are none.

        Args:
            streams: what was pushed.
            now: nanoseconds since the epoch.
            at_most: keep no more than so many entries, to play a push that was taken in part.
        """
        if not streams:
            return Refusal(422, "error at least one valid stream is required for ingestion")
        parsed: list[tuple[PushedStream, dict[str, str] | None]] = []
        for stream in streams:
            try:
                parsed.append((stream, parse_labels(stream.labels)))
            except LabelSyntaxError as error:
                # Loki parses all labels before it takes anything.
                return Refusal(400, f"couldn't parse labels: error parsing labels '{stream.labels}': {error}")
            except DuplicateLabelError:
                parsed.append((stream, None))
        errors: list[str] = []
        kept = 0
        for stream, labels in parsed:
            if not stream.entries:
                continue
            refusal = self._label_error(stream.labels, labels)
            if refusal is not None or labels is None:
                errors.append(refusal or "")
                continue
            name = format_labels(labels)
            for entry in stream.entries:
                refusal = self._entry_error(name, entry, now)
                if refusal is not None:
                    errors.append(refusal)
                elif at_most is None or kept < at_most:
                    kept += 1
                    found = self._entries.setdefault(name, {})
                    found.setdefault((entry.timestamp, entry.line), replace(entry, labels=labels))
        return Refusal(400, "\n".join(errors)) if errors else None

    def streams(self) -> list[dict[str, str]]:
        """The labels of every stream, in the order of their text."""
        return [dict(next(iter(entries.values())).labels) for _name, entries in sorted(self._entries.items())]

    def entries(self, matchers: Iterable[Matcher] = ()) -> list[Entry]:
        """All entries of the streams that meet every condition, in the order of time."""
        conditions = list(matchers)
        found = [
            entry
            for entries in self._entries.values()
            for entry in entries.values()
            if all(condition.matches(entry.labels) for condition in conditions)
        ]
        return sorted(found, key=lambda entry: entry.timestamp)

    def _label_error(self, text: str, labels: dict[str, str] | None) -> str | None:
        limits = self._limits
        if labels is None:
            return f"stream '{text}' has duplicate label name: '{_duplicate(text)}'"
        if not labels:
            return "error at least one label pair is required per stream"
        if len(labels) > limits.max_label_names_per_series:
            return (
                f"entry for stream '{text}' has {len(labels)} label names; "
                f"limit {limits.max_label_names_per_series}"
            )
        for name, value in labels.items():
            if len(name.encode()) > limits.max_label_name_length:
                return f"stream '{text}' has label name too long: '{name}'"
            if len(value.encode()) > limits.max_label_value_length:
                return f"stream '{text}' has label value too long: '{value}'"
        return None

    def _entry_error(self, stream: str, entry: Entry, now: int) -> str | None:
        limits = self._limits
        oldest = now - limits.reject_old_samples_max_age
        if limits.reject_old_samples and entry.timestamp < oldest:
            return (
                f"entry for stream '{stream}' has timestamp too old: {_time(entry.timestamp)}, "
                f"oldest acceptable timestamp is: {_time(oldest)}"
            )
        if entry.timestamp > now + limits.creation_grace_period:
            return f"entry for stream '{stream}' has timestamp too new: {_time(entry.timestamp)}"
        size = len(entry.line.encode())
        if size > limits.max_line_size:
            return (
                f"Max entry size '{limits.max_line_size}' bytes exceeded for stream '{stream}' while adding an "
                f"entry with length '{size}' bytes"
            )
        metadata = sum(len(name.encode()) + len(value.encode()) for name, value in entry.metadata.items())
        if metadata > limits.max_structured_metadata_size:
            return (
                f"stream '{stream}' has structured metadata too large: '{metadata}' bytes, limit: "
                f"'{limits.max_structured_metadata_size}' bytes."
            )
        if len(entry.metadata) > limits.max_structured_metadata_entries_count:
            return (
                f"stream '{stream}' has too many structured metadata labels: '{len(entry.metadata)}', limit: "
                f"'{limits.max_structured_metadata_entries_count}'."
            )
        return None


def _duplicate(text: str) -> str:
    try:
        parse_labels(text)
    except DuplicateLabelError as error:
        return str(error)
    return ""


def _time(nanoseconds: int) -> str:
    return datetime.fromtimestamp(nanoseconds // 1_000_000_000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
