"""What Loki's push API takes: logproto.PushRequest in protobuf, compressed in snappy's block format.

https://grafana.com/docs/loki/latest/reference/loki-http-api/#ingest-logs

The messages, with the field numbers of Loki's pkg/push/push.proto:

    PushRequest        streams = 1
    StreamAdapter      labels = 1 (string), entries = 2
    EntryAdapter       timestamp = 1 (google.protobuf.Timestamp: seconds = 1, nanos = 2), line = 2 (string),
                       structuredMetadata = 3
    LabelPairAdapter   name = 1 (string), value = 2 (string)

They are written by hand, because objects of a protobuf library for each line would cost more than all the rest of
the function. An entry is a header that depends on nothing but the line's length, the line, and the timestamp (fields
may come in any order). What makes that possible is a fixed length of the timestamp: its numbers are always written in
five bytes, with leading zeros if need be, which the encoding allows for any varint
(https://protobuf.dev/programming-guides/encoding/). The tests decode it with protobuf's own library.
"""

import json
import struct
from collections.abc import Mapping, Sequence
from operator import add

from ..entry import StreamLines
from ..lanes import five_byte_varints, pack, repeat

NANOSECONDS = 1_000_000_000
_TAG_1 = b"\x0a"
_TAG_2 = b"\x12"
_TAG_3 = b"\x1a"
# The field of the timestamp: tag and length, then tag and value of the seconds and of the nanoseconds, each value in
# five bytes.
_TIMESTAMP = b"\x0a\x0c" + b"\x08" + bytes(5) + b"\x10" + bytes(5)
_SECONDS_PLACE = 3
_NANOSECONDS_PLACE = 9
# The last that both 64 bits of nanoseconds and five bytes of seconds hold, in the year 2262. Loki refuses times before
# 1970 as too old and times after that year as too new, whatever they are, so they are sent as the nearest that fits.
_MAX_TIME = (1 << 63) - 1
# How many headers of a kind are kept, about.
_KEPT = 4096


def format_labels(labels: Mapping[str, str]) -> str:
    """Return a label set in Prometheus notation, sorted by name, as Loki parses it.

    Loki reads values as Go strings; each escape that JSON writes is one of Go's as well.
    """
    return (
        "{"
        + ", ".join(f"{name}={json.dumps(labels[name], ensure_ascii=False)}" for name in sorted(labels))
        + "}"
    )


def stream_start(labels: str, entries_size: int) -> bytes:
    """Return what stands before the entries of a stream, which are so many bytes, in a push."""
    field = _field(_TAG_1, labels.encode())
    return _TAG_1 + varint(len(field) + entries_size) + field


def encode_entries(stream: StreamLines) -> bytes:
    """Return a stream's entries as the fields that they are of it.

    Column by column, since looking up a thousand values costs little more than a loop costs for one line.
    """
    sizes = list(map(len, stream.texts))
    if stream.metadata is None:
        _HEADERS.shrink()
        columns: list[Sequence[bytes]] = [list(map(_HEADERS.__getitem__, sizes)), stream.texts]
    else:
        _TEXT_HEADERS.shrink()
        _ENTRY_HEADERS.shrink()
        texts = list(map(_TEXT_HEADERS.__getitem__, sizes))
        lengths = map(add, map(add, sizes, map(len, texts)), map(len, stream.metadata))
        columns = [list(map(_ENTRY_HEADERS.__getitem__, lengths)), texts, stream.texts, stream.metadata]
    columns.append(_timestamps(stream.times))
    parts: list[bytes] = [b""] * (len(sizes) * len(columns))
    for number, column in enumerate(columns):
        parts[number :: len(columns)] = column
    return b"".join(parts)


def encode_metadata(pairs: Mapping[str, str]) -> bytes:
    """Return the structured metadata of one line, encoded."""
    return b"".join(_pair(name, value.encode()) for name, value in pairs.items())


class MetadataEncoder:
    """Encodes the structured metadata of many lines that have the same names."""

    def __init__(self, names: Sequence[str]) -> None:
        self._columns = [_PairHeaders(name) for name in names]

    def encode(self, rows: Sequence[tuple[bytes, ...]]) -> list[bytes]:
        """Return the encoded metadata of each row of values, in the order of the names; an empty value is left out."""
        if not rows or not self._columns:
            return [b""] * len(rows)
        pairs = []
        for headers, values in zip(self._columns, zip(*rows, strict=True), strict=True):
            headers.shrink()
            pairs.append(map(add, map(headers.__getitem__, map(len, values)), values))
        return list(map(b"".join, zip(*pairs, strict=True)))


def _timestamps(times: Sequence[int]) -> Sequence[bytes]:
    """Return times as the fields of entries that they are."""
    count = len(times)
    if not count:
        return []
    if min(times) < 0 or max(times) > _MAX_TIME:
        times = [min(max(time, 0), _MAX_TIME) for time in times]
    start = min(times) // NANOSECONDS * NANOSECONDS
    if max(times) < start + NANOSECONDS:  # All of one second.
        seconds = repeat(start // NANOSECONDS, count)
        nanoseconds = pack(times) - repeat(start, count)
    else:
        seconds = pack([time // NANOSECONDS for time in times])
        nanoseconds = pack([time % NANOSECONDS for time in times])
    size = len(_TIMESTAMP)
    fields = bytearray(_TIMESTAMP * count)
    for lanes, place in ((seconds, _SECONDS_PLACE), (nanoseconds, _NANOSECONDS_PLACE)):
        encoded = five_byte_varints(lanes, count)
        for byte in range(5):
            fields[place + byte :: size] = encoded[byte::8]
    return struct.unpack(f"{size}s" * count, fields)


def _pair(name: str, value: bytes) -> bytes:
    """Return a name and a value as the field of an entry that they are."""
    pair = _field(_TAG_1, name.encode()) + _field(_TAG_2, value)
    return _field(_TAG_3, pair)


def _field(tag: bytes, content: bytes) -> bytes:
    return tag + varint(len(content)) + content


def varint(value: int) -> bytes:
    """Return a number as protobuf's varint, which snappy uses as well."""
    encoded = bytearray()
    while value > 0x7F:
        encoded.append(value & 0x7F | 0x80)
        value >>= 7
    encoded.append(value)
    return bytes(encoded)


class _Kept(dict[int, bytes]):
    """What is written before something of a given length, kept by that length."""

    def shrink(self) -> None:
        """Forget all of it when it is much: lengths of a file that is no log."""
        if len(self) > _KEPT:
            self.clear()


class _TextHeaders(_Kept):
    """What stands before a text, by the text's length."""

    def __missing__(self, size: int) -> bytes:
        self[size] = header = _TAG_2 + varint(size)
        return header


class _EntryHeaders(_Kept):
    """What stands before an entry, by the length of all that is in it but the timestamp."""

    def __missing__(self, size: int) -> bytes:
        self[size] = header = _TAG_2 + varint(size + len(_TIMESTAMP))
        return header


class _Headers(_Kept):
    """What stands before the text of an entry without metadata, both headers, by the text's length."""

    def __missing__(self, size: int) -> bytes:
        text = _TAG_2 + varint(size)
        self[size] = header = _TAG_2 + varint(len(text) + size + len(_TIMESTAMP)) + text
        return header


class _PairHeaders(_Kept):
    """What stands before a value of structured metadata, its name included, by the value's length."""

    def __init__(self, name: str) -> None:
        super().__init__({0: b""})
        self._name = _field(_TAG_1, name.encode())

    def __missing__(self, size: int) -> bytes:
        value = _TAG_2 + varint(size)
        self[size] = header = _TAG_3 + varint(len(self._name) + len(value) + size) + self._name + value
        return header

    def shrink(self) -> None:
        super().shrink()
        self[0] = b""


_HEADERS = _Headers()
_TEXT_HEADERS = _TextHeaders()
_ENTRY_HEADERS = _EntryHeaders()
