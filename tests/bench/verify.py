"""Whether what a sink kept is exactly what was sent: lines, times, labels and structured metadata."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from tests.bench.generator import BALANCER
from tests.bench.sink import read_pushes
from tests.bench.stream import NOTHING, Expected, Fingerprint, fingerprint, item
from tests.harness.loki.entries import Entry
from tests.harness.loki.labels import DuplicateLabelError, LabelSyntaxError, parse_labels
from tests.harness.loki.wire import WireError, decode_protobuf

# Those of lambda-promtail for load balancer logs.
LABELS: Mapping[str, str] = {
    "__aws_log_type": "s3_lb",
    "__aws_s3_lb": BALANCER.name,
    "__aws_s3_lb_owner": BALANCER.account_id,
}
_MICROSECOND = 1_000


class VerificationError(Exception):
    """What arrived is not what was sent; the message says in what."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """What a sink got.

    Attributes:
        lines: The lines with their times in microseconds, and their structured metadata, if any.
        extended: Lines with further digits of nanoseconds.
        pushes: Pushes that were taken.
        push_bytes: Bytes of their bodies, compressed.
        labels: The streams' labels, as they came.
    """

    lines: Fingerprint = NOTHING
    extended: int = 0
    pushes: int = 0
    push_bytes: int = 0
    labels: frozenset[str] = frozenset()

    def __add__(self, other: Arrived) -> Arrived:
        """Return what arrived in both together."""
        return Arrived(
            self.lines + other.lines,
            self.extended + other.extended,
            self.pushes + other.pushes,
            self.push_bytes + other.push_bytes,
            self.labels | other.labels,
        )


def read(path: Path, part: int = 0, of: int = 1) -> Arrived:
    """Decode what a sink kept, one push after the other; or only one of so many equal parts of it.

    Raises:
        VerificationError: A body is not a push, or is one that Loki does not take.
    """
    return sum(map(_read_push, islice(read_pushes(path), part, None, of)), Arrived())


def _read_push(body: bytes) -> Arrived:
    arrived = Arrived(pushes=1, push_bytes=len(body))
    for labels, entries in decode(body):
        arrived += Arrived(
            lines=fingerprint(map(entry_item, entries)),
            extended=sum(1 for entry in entries if entry.timestamp % _MICROSECOND),
            labels=frozenset((labels,)),
        )
    return arrived


def decode(body: bytes) -> Iterator[tuple[str, tuple[Entry, ...]]]:
    """Return the streams of a push: their labels and entries.

    Raises:
        VerificationError: It is not a push, or has no streams or a stream without entries.
    """
    try:
        streams = decode_protobuf(body)
    except WireError as error:
        raise VerificationError(f"A push cannot be decoded: {error}.") from error
    if not streams or not all(stream.entries for stream in streams):
        raise VerificationError("A push or a stream of it is empty, which Loki answers with 422.")
    for stream in streams:
        yield stream.labels, stream.entries


def entry_item(entry: Entry) -> bytes:
    """Return an entry as `stream.item` gives it."""
    return item(entry.timestamp // _MICROSECOND, entry.line, entry.metadata.items())


def check(arrived: Arrived, expected: Expected, *, metadata: bool) -> None:
    """Make sure that exactly what was sent arrived.

    Args:
        arrived: What the sink got.
        expected: What was sent.
        metadata: Whether the lines should have the fields `stream.METADATA_FIELDS`.

    Raises:
        VerificationError: It did not.
    """
    for labels in sorted(arrived.labels):
        try:
            found = parse_labels(labels)
        except (LabelSyntaxError, DuplicateLabelError) as error:
            raise VerificationError(f"The labels {labels} cannot be read: {error}.") from error
        if found != LABELS:
            raise VerificationError(f"A stream has the labels {found}, and not {dict(LABELS)}.")
    wanted = expected.lines_with_metadata if metadata else expected.lines
    if arrived.lines.count != wanted.count:
        raise VerificationError(
            f"{arrived.lines.count:,} lines arrived, and not {wanted.count:,}: "
            f"{abs(arrived.lines.count - wanted.count):,} too "
            f"{'many' if arrived.lines.count > wanted.count else 'few'}."
        )
    if arrived.lines != wanted:
        raise VerificationError(
            "As many lines arrived as were sent, but not the same ones: the time, the text or the structured "
            "metadata of some differs."
        )
    if arrived.extended > expected.sharing:
        raise VerificationError(
            f"{arrived.extended:,} lines have further nanoseconds, but only {expected.sharing:,} share their "
            "microsecond with another."
        )
