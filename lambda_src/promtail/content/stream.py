"""From the lines of a source to the streams that they become."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

from ..entry import Entry, Lines, StreamLines
from ..push.distinct import DistinctTimes
from ..push.wire import MetadataEncoder, encode_metadata, format_labels

if TYPE_CHECKING:
    from .load_balancer import Group, KindContent
    from .stages import Pipeline


class Streams(NamedTuple):
    """What lines became.

    Attributes:
        streams: The streams.
        dropped: How many lines were dropped, by reason.
    """

    streams: Sequence[StreamLines]
    dropped: Mapping[str, int]


class Content(Protocol):
    """Makes streams of the lines of one source.

    Attributes:
        remembers: Whether what lines become depends on lines before them, so that it has to see those as well which
            were delivered by an invocation before.
    """

    remembers: bool

    def streams(self, lines: Lines) -> Streams:
        """Return the streams of these lines. Equal lines become equal streams, on every retry."""
        ...

    def replay(self, lines: Lines) -> None:
        """See lines that an invocation before delivered. Only content that remembers is shown them."""
        ...


class PlainContent:
    """Lines as they are, all in one stream."""

    remembers = False

    def __init__(self, labels: Mapping[str, str], tenant: str | None) -> None:
        self._labels = format_labels(labels)
        self._tenant = tenant

    def replay(self, lines: Lines) -> None:
        """Remember nothing."""

    def streams(self, lines: Lines) -> Streams:
        """Return one stream."""
        return Streams((StreamLines(self._labels, self._tenant, lines.texts, lines.times),), {})


class TypedContent:
    """Load balancer lines whose fields are looked into."""

    remembers = False

    def __init__(self, labels: Mapping[str, str], tenant: str | None, kind: "KindContent") -> None:
        self._labels = dict(labels)
        self._tenant = tenant
        self._kind = kind
        self._encoder = MetadataEncoder(kind.names)

    def replay(self, lines: Lines) -> None:
        """Remember nothing."""

    def streams(self, lines: Lines) -> Streams:
        """Return a stream for each set of labels."""
        groups, dropped = self._kind.apply(list(lines.texts), list(lines.times))
        return Streams([self._stream(group) for group in groups], dropped)

    def _stream(self, group: "Group") -> StreamLines:
        return StreamLines(
            format_labels({**self._labels, **group.labels}),
            self._tenant,
            group.texts,
            group.times,
            None if group.rows is None else self._encoder.encode(group.rows),
        )


class StagedContent:
    """Lines that go through stages one by one, after their fields were looked into, if that is wanted.

    A stage may set a line's time, to one that another line has.

    Args:
        labels: The labels of the source.
        tenant: The tenant of the source.
        kind: Looks into the fields; None for lines that have none.
        stages: The stages.
        check: Is called before each line, and raises when the time is used up: stages take time, and one of them waits.
    """

    def __init__(
        self,
        labels: Mapping[str, str],
        tenant: str | None,
        kind: "KindContent | None",
        stages: "Pipeline",
        check: Callable[[], object],
    ) -> None:
        stages.begin_object()
        self.remembers = stages.remembers
        self._check = check
        self._labels = dict(labels)
        self._tenant = tenant
        self._kind = kind
        self._stages = stages
        self._times = DistinctTimes()

    def streams(self, lines: Lines) -> Streams:
        """Return a stream for each tenant and set of labels."""
        dropped: Counter[str] = Counter()
        grouped: dict[tuple[str | None, str], list[Entry]] = {}
        for entry in self._kept(lines, self._stages.process, dropped):
            labels = format_labels({name: value for name, value in entry.labels.items() if value})
            grouped.setdefault((entry.tenant, labels), []).append(entry)
        streams = [
            StreamLines(
                labels,
                tenant,
                # A stage may cut a character in two, or decode one that UTF-8 has none for.
                [entry.line.encode("utf-8", "replace") for entry in group],
                [entry.timestamp_ns for entry in group],
                [encode_metadata(entry.metadata) for entry in group],
            )
            for (tenant, labels), group in grouped.items()
        ]
        return Streams(streams, dropped)

    def replay(self, lines: Lines) -> None:
        """Let the stages see these lines, and the times that they have."""
        self._kept(lines, self._stages.replay, Counter())

    def _kept(
        self, lines: Lines, process: Callable[[Entry], str | None], dropped: Counter[str]
    ) -> list[Entry]:
        """Return what the stages leave of the lines, with distinct times, and count what they do not leave."""
        kept = []
        for entry in self._entries(lines, dropped):
            self._check()
            reason = process(entry)
            if reason is None and not entry.line:
                reason = "empty"
            if reason is None:
                kept.append(entry)
            else:
                dropped[reason] += 1
        if self.remembers:  # Else no stage sets times, and those of the source are distinct.
            times = self._times.adjust([entry.timestamp_ns for entry in kept])
            for entry, time in zip(kept, times, strict=True):
                entry.timestamp_ns = time
        return kept

    def _entries(self, lines: Lines, dropped: Counter[str]) -> list[Entry]:
        if self._kind is None:
            return [
                Entry(time, text.decode(), dict(self._labels), {}, self._tenant)
                for text, time in zip(lines.texts, lines.times, strict=True)
            ]
        groups, filtered = self._kind.apply(list(lines.texts), list(lines.times))
        dropped.update(filtered)
        return [entry for group in groups for entry in self._group_entries(group)]

    def _group_entries(self, group: "Group") -> list[Entry]:
        names = self._kind.names if self._kind else ()
        labels = {**self._labels, **group.labels}
        rows = group.rows or [()] * len(group.texts)
        return [
            Entry(
                time,
                text.decode(),
                dict(labels),
                {name: value.decode() for name, value in zip(names, row, strict=False) if value},
                self._tenant,
            )
            for text, time, row in zip(group.texts, group.times, rows, strict=True)
        ]
