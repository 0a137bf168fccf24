"""What goes over the wire, read by protobuf's own library, which shares nothing with the code."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from promtail.entry import StreamLines
from promtail.push import wire
from promtail.push.wire import (
    MetadataEncoder,
    encode_entries,
    encode_metadata,
    format_labels,
    stream_start,
    varint,
)
from tests.harness.loki.labels import parse_labels
from tests.proto.logproto_pb2 import EntryAdapter, PushRequest

SECOND = 1_000_000_000
LAST = (1 << 63) - 1
_TEXT = st.text(st.characters(exclude_categories=["Cs"]))
_LINES = _TEXT.map(str.encode)
_TIMES = st.integers(0, LAST)
_NAMES = st.from_regex(r"[a-zA-Z_][a-zA-Z0-9_]*", fullmatch=True)
_PAIRS = st.dictionaries(_NAMES, _TEXT, max_size=4)


def encode_push(streams: list[StreamLines]) -> bytes:
    parts = []
    for stream in streams:
        entries = encode_entries(stream)
        parts += [stream_start(stream.labels, len(entries)), entries]
    return b"".join(parts)


def decoded(streams: list[StreamLines]) -> PushRequest:
    return PushRequest.FromString(encode_push(streams))


def nanoseconds(entry: EntryAdapter) -> int:
    return entry.timestamp.seconds * SECOND + entry.timestamp.nanos


def pairs(entry: EntryAdapter) -> list[tuple[str, str]]:
    return [(pair.name, pair.value) for pair in entry.structuredMetadata]


def test_a_push() -> None:
    streams = [
        StreamLines('{a="b"}', None, ["héllo".encode(), b"two"], [1_748_858_640_123_456_789, 5]),
        StreamLines('{a="c"}', None, [b"x"], [SECOND], [encode_metadata({"n": "v", "m": "w"})]),
    ]
    first, second = decoded(streams).streams
    assert first.labels == '{a="b"}'
    assert [(nanoseconds(entry), entry.line, pairs(entry)) for entry in first.entries] == [
        (1_748_858_640_123_456_789, "héllo", []),
        (5, "two", []),
    ]
    assert second.labels == '{a="c"}'
    assert [(nanoseconds(entry), entry.line, pairs(entry)) for entry in second.entries] == [
        (SECOND, "x", [("n", "v"), ("m", "w")])
    ]


_COLUMNS = st.lists(st.tuples(_LINES, _TIMES, _PAIRS), max_size=12)


@given(st.lists(st.tuples(st.dictionaries(_NAMES, _TEXT, min_size=1, max_size=4), _COLUMNS), max_size=4))
def test_labels_times_texts_and_metadata_survive(
    content: list[tuple[dict[str, str], list[tuple[bytes, int, dict[str, str]]]]],
) -> None:
    streams = [
        StreamLines(
            format_labels(labels),
            None,
            [text for text, _, _ in lines],
            [time for _, time, _ in lines],
            [encode_metadata(metadata) for _, _, metadata in lines],
        )
        for labels, lines in content
    ]
    found = decoded(streams).streams
    assert [parse_labels(stream.labels) for stream in found] == [labels for labels, _ in content]
    assert [
        [(entry.line.encode(), nanoseconds(entry), dict(pairs(entry))) for entry in stream.entries]
        for stream in found
    ] == [lines for _, lines in content]


@given(st.lists(st.tuples(_LINES, _TIMES), max_size=30))
def test_lines_without_metadata_are_those_with_empty_metadata(lines: list[tuple[bytes, int]]) -> None:
    texts, times = [text for text, _ in lines], [time for _, time in lines]
    without = encode_push([StreamLines("{}", None, texts, times)])
    assert without == encode_push([StreamLines("{}", None, texts, times, [b""] * len(texts))])
    (stream,) = PushRequest.FromString(without).streams
    assert [(entry.line.encode(), nanoseconds(entry)) for entry in stream.entries] == lines


@pytest.mark.parametrize("with_metadata", [False, True])
@pytest.mark.parametrize(
    "length",
    [0, 1, 100, 109, 110, 111, 112, 126, 127, 128, 129, 16_360, 16_368, 16_383, 16_384, 16_385, 2_097_152],
)
def test_lengths_around_those_of_their_own_encoding(length: int, with_metadata: bool) -> None:
    metadata = [encode_metadata({"n": "v" * length})] if with_metadata else None
    (stream,) = decoded([StreamLines("{}", None, [b"x" * length], [7], metadata)]).streams
    (entry,) = stream.entries
    assert (entry.line, nanoseconds(entry)) == ("x" * length, 7)
    assert pairs(entry) == ([("n", "v" * length)] if with_metadata else [])


@pytest.mark.parametrize("length", [1, 127, 128, 16_383, 16_384])
def test_long_labels(length: int) -> None:
    labels = '{a="' + "é" * length + '"}'
    (stream,) = decoded([StreamLines(labels, None, [b"x"], [7])]).streams
    assert stream.labels == labels


@pytest.mark.parametrize(
    "nanosecond",
    [0, 1, 127, 128, 16_383, 16_384, 2_097_151, 2_097_152, 268_435_455, 268_435_456, 999_999_999],
)
@pytest.mark.parametrize(
    "second", [0, 1, 127, 128, 1_748_858_640, 2**31 - 1, 2**31, 2**32, LAST // SECOND - 1]
)
def test_times_around_those_of_another_length(second: int, nanosecond: int) -> None:
    time = second * SECOND + nanosecond
    (stream,) = decoded([StreamLines("{}", None, [b"x"], [time])]).streams
    assert nanoseconds(stream.entries[0]) == time


@given(
    st.lists(
        st.integers(-(10**30), 10**30) | st.sampled_from([-1, 0, LAST, LAST + 1]), min_size=1, max_size=8
    )
)
@example([-1])
@example([LAST + 1])
@example([LAST, LAST - 1])
def test_a_time_that_cannot_be_written_becomes_the_nearest_that_can(times: list[int]) -> None:
    (stream,) = decoded([StreamLines("{}", None, [b"x"] * len(times), times)]).streams
    assert [nanoseconds(entry) for entry in stream.entries] == [min(max(time, 0), LAST) for time in times]


@given(st.integers(0, LAST), st.lists(st.integers(-2 * SECOND, 2 * SECOND), min_size=1, max_size=30))
@example(SECOND, [-SECOND, 0])
def test_times_close_together(start: int, steps: list[int]) -> None:
    times = [min(max(start + step, 0), LAST) for step in steps]
    (stream,) = decoded([StreamLines("{}", None, [b"x"] * len(times), times)]).streams
    assert [nanoseconds(entry) for entry in stream.entries] == times
    assert all(0 <= entry.timestamp.nanos < SECOND for entry in stream.entries)


@pytest.mark.parametrize("count", [1, 2, 1_000, 4_097, 50_000])
def test_many_lines(count: int) -> None:
    times = [1_748_858_640_123_456_789 + number * 86_400_000_007 for number in range(count)]
    texts = [b"line %d" % number for number in range(count)]
    (stream,) = decoded([StreamLines("{}", None, texts, times)]).streams
    assert [nanoseconds(entry) for entry in stream.entries] == times
    assert [entry.line.encode() for entry in stream.entries] == texts


@given(st.lists(st.tuples(_LINES, st.integers(-(10**12), 10**20), _PAIRS), max_size=12))
def test_the_same_lines_give_the_same_bytes_whatever_was_encoded_before(
    lines: list[tuple[bytes, int, dict[str, str]]],
) -> None:
    stream = StreamLines(
        '{a="b"}',
        None,
        [text for text, _, _ in lines],
        [time for _, time, _ in lines],
        [encode_metadata(metadata) for _, _, metadata in lines],
    )
    once = encode_push([stream])
    other = StreamLines(
        "{}", None, [b"x" * number for number in range(300)], [number**5 for number in range(300)]
    )
    encode_push([other])
    wire._HEADERS.clear()  # As in a function that has just started.
    assert encode_push([stream]) == once


def test_columns_of_different_lengths_are_a_fault() -> None:
    for stream in (
        StreamLines("{}", None, [b"x"], [1, 2]),
        StreamLines("{}", None, [b"x", b"y"], [1]),
        StreamLines("{}", None, [b"x"], [1], []),
        StreamLines("{}", None, [b"x"], [1], [b"", b""]),
    ):
        with pytest.raises(ValueError):  # noqa: PT011 (the words are Python's own)
            encode_push([stream])


@pytest.mark.parametrize(
    ("value", "encoded"),
    [(0, "00"), (1, "01"), (127, "7f"), (128, "8001"), (300, "ac02"), (16_383, "ff7f"), (16_384, "808001")],
)
def test_varints(value: int, encoded: str) -> None:
    assert varint(value).hex() == encoded


@given(st.integers(0, 2**40))
def test_a_varint_has_seven_bits_a_byte_and_ends_where_a_byte_is_below_128(value: int) -> None:
    encoded = varint(value)
    assert sum((byte & 0x7F) << 7 * place for place, byte in enumerate(encoded)) == value
    assert [byte >= 0x80 for byte in encoded] == [True] * (len(encoded) - 1) + [False]


def test_what_is_kept_of_lengths_does_not_grow_for_ever() -> None:
    encode_push([StreamLines("{}", None, [b"x" * length for length in range(9_000)], [7] * 9_000)])
    encode_push([StreamLines("{}", None, [b"x"], [7])])
    assert len(wire._HEADERS) <= 4_096


# Metadata


_ROWS = st.lists(st.tuples(_LINES, _LINES, _LINES), max_size=20)


@given(_ROWS)
def test_rows_are_encoded_as_pairs_without_empty_values(rows: list[tuple[bytes, bytes, bytes]]) -> None:
    names = ("status", "client_ip", "path")
    encoded = MetadataEncoder(names).encode(rows)
    assert encoded == [
        encode_metadata({name: value.decode() for name, value in zip(names, row, strict=True) if value})
        for row in rows
    ]


def test_a_row_of_another_length_is_a_fault() -> None:
    with pytest.raises(ValueError, match="zip"):
        MetadataEncoder(("a", "b")).encode([(b"x",)])


def test_many_rows_and_what_is_kept_of_them_does_not_grow_for_ever() -> None:
    encoder = MetadataEncoder(("path", "status"))
    for start in range(0, 20_000, 5_000):
        rows = [(b"/" * (number // 2), b"%d" % number) for number in range(start, start + 5_000)]
        encoded = encoder.encode(rows)
        for number in (0, 1, 4_999):
            path, status = rows[number]
            metadata = {"path": path.decode(), "status": status.decode()}
            assert encoded[number] == encode_metadata(
                {name: value for name, value in metadata.items() if value}
            )
    assert encoder.encode([(b"", b"")]) == [b""]
    assert max(map(len, encoder._columns)) <= 4_097


def test_no_rows_and_no_names() -> None:
    assert MetadataEncoder(("a",)).encode([]) == []
    assert MetadataEncoder(()).encode([(), ()]) == [b"", b""]


def test_bytes_of_metadata_that_are_no_text_reach_nobody_as_text() -> None:
    # Loki's Go code would refuse the whole push; whoever makes rows cares for UTF-8.
    with pytest.raises(UnicodeEncodeError):
        encode_metadata({"n": "\ud800"})


# Labels


def test_labels_are_sorted_and_quoted() -> None:
    assert format_labels({"b": 'say "hi"\n\\', "a": "é"}) == '{a="é", b="say \\"hi\\"\\n\\\\"}'


def test_no_labels_are_an_empty_set() -> None:
    assert format_labels({}) == "{}"


@given(st.dictionaries(_NAMES, _TEXT, min_size=1, max_size=5))
def test_labels_survive(labels: dict[str, str]) -> None:
    assert parse_labels(format_labels(labels)) == labels


@given(st.dictionaries(_NAMES, _TEXT, max_size=5))
def test_labels_in_another_order_are_the_same_stream(labels: dict[str, str]) -> None:
    assert format_labels(dict(reversed(labels.items()))) == format_labels(labels)
