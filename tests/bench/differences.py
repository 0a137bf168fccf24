"""Shows some of the lines by which what arrived differs from what was sent.

Only the seconds that differ are kept, and only the first ones of them, so that it works for any number of lines.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.bench import generator
from tests.bench.sink import read_pushes
from tests.bench.stream import Fingerprint, fingerprint, item
from tests.bench.verify import VerificationError, decode, entry_item

_SECONDS_LOOKED_AT = 2
_SHOWN = 2


def describe(bodies: Path, counts: Sequence[int], *, metadata: bool) -> str:
    """Return the first lines that are missing or were not expected.

    Args:
        bodies: What a sink kept.
        counts: The objects that were sent, by their numbers of lines.
        metadata: Whether their lines should have structured metadata.
    """
    try:
        sent = _by_second(_sent(counts, metadata=metadata))
        got = _by_second(_got(bodies))
        differing = sorted(second for second in sent.keys() | got.keys() if sent[second] != got[second])
        seconds = set(differing[:_SECONDS_LOOKED_AT])
        wanted = Counter(each for second, each in _sent(counts, metadata=metadata) if second in seconds)
        found = Counter(each for second, each in _got(bodies) if second in seconds)
    except VerificationError as error:
        return str(error)
    return "\n".join([*_show("missing", wanted - found), *_show("not expected", found - wanted)])


def _sent(counts: Sequence[int], *, metadata: bool) -> Iterator[tuple[int, bytes]]:
    for count in counts:
        for portion in generator.records(count):
            for record in portion:
                fields = record.metadata if metadata else ()
                yield record.microseconds // 1_000_000, item(record.microseconds, record.line, fields)


def _got(bodies: Path) -> Iterator[tuple[int, bytes]]:
    for body in read_pushes(bodies):
        for _labels, entries in decode(body):
            for entry in entries:
                yield entry.timestamp // 1_000_000_000, entry_item(entry)


def _by_second(items: Iterator[tuple[int, bytes]]) -> defaultdict[int, Fingerprint]:
    found: defaultdict[int, Fingerprint] = defaultdict(Fingerprint)
    for second, each in items:
        found[second] += fingerprint((each,))
    return found


def _show(what: str, items: Counter[bytes]) -> Iterator[str]:
    for each in sorted(items)[:_SHOWN]:
        microseconds, *fields, line = each.decode().split("\0")
        yield f"{what}: {microseconds} µs, metadata {fields}, {line!r}"
