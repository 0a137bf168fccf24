"""A push that is made while its lines come in, read by the libraries of snappy and protobuf."""

import cramjam
import pytest
from hypothesis import given
from hypothesis import strategies as st

from promtail.entry import StreamLines
from promtail.push.body import PushBody
from promtail.push.wire import encode_metadata
from tests.proto.logproto_pb2 import PushRequest

SECOND = 1_000_000_000


def made(streams: list[StreamLines]) -> PushBody:
    body = PushBody()
    for stream in streams:
        body.add(stream)
    return body


def decoded(body: bytes) -> dict[str, list[tuple[str, int]]]:
    request = PushRequest.FromString(bytes(cramjam.snappy.decompress_raw(body)))
    labels = [stream.labels for stream in request.streams]
    assert len(set(labels)) == len(labels)
    return {
        stream.labels: [
            (entry.line, entry.timestamp.seconds * SECOND + entry.timestamp.nanos) for entry in stream.entries
        ]
        for stream in request.streams
    }


def test_an_empty_push() -> None:
    body = PushBody()
    assert (body.lines, body.newest_ns) == (0, 0)
    assert decoded(body.finish()) == {}


def test_lines_and_the_newest_time_are_counted() -> None:
    body = made([StreamLines("{}", None, [b"a", b"b"], [5, 9]), StreamLines('{a="b"}', None, [b"c"], [7])])
    assert (body.lines, body.newest_ns) == (3, 9)
    assert decoded(body.finish()) == {"{}": [("a", 5), ("b", 9)], '{a="b"}': [("c", 7)]}


_STREAMS = st.lists(
    st.builds(
        lambda labels, lines: StreamLines(
            labels, None, [text.encode() for text, _ in lines], [time for _, time in lines]
        ),
        st.sampled_from(['{a="1"}', '{a="2"}', '{a="é"}']),
        st.lists(
            st.tuples(st.text(st.characters(exclude_categories=["Cs"])), st.integers(0, 2**62)),
            min_size=1,
            max_size=10,
        ),
    ),
    max_size=12,
)


@given(_STREAMS)
def test_streams_keep_their_lines_in_their_order(streams: list[StreamLines]) -> None:
    expected: dict[str, list[tuple[str, int]]] = {}
    for stream in streams:
        pairs = zip(stream.texts, stream.times, strict=True)
        expected.setdefault(stream.labels, []).extend((text.decode(), time) for text, time in pairs)
    assert decoded(made(streams).finish()) == expected


@given(_STREAMS)
def test_the_same_lines_give_the_same_bytes(streams: list[StreamLines]) -> None:
    assert made(streams).finish() == made(streams).finish()


@pytest.mark.parametrize("group", [1, 7, 1_000, 20_000])
@pytest.mark.parametrize("size", [0, 1, 100, 5_000])
def test_parts_that_are_compressed_by_themselves_are_one_block(group: int, size: int) -> None:
    count = 3_000
    lines = [b"%d " % number + b"word " * (size // 5) for number in range(count)]
    streams = [
        StreamLines(
            f'{{a="{start // group % 3}"}}',
            None,
            lines[start : start + group],
            [SECOND + number for number in range(start, min(start + group, count))],
        )
        for start in range(0, count, group)
    ]
    found = decoded(made(streams).finish())
    assert sorted((time, line.encode()) for pairs in found.values() for line, time in pairs) == [
        (SECOND + number, line) for number, line in enumerate(lines)
    ]


def test_what_is_alike_is_compressed() -> None:
    lines = [b"GET /products/4711 HTTP/1.1 200 %d" % number for number in range(20_000)]
    streams = [
        StreamLines("{}", None, lines[start : start + 500], [SECOND] * 500) for start in range(0, 20_000, 500)
    ]
    assert len(made(streams).finish()) < sum(map(len, lines)) / 2


@pytest.mark.parametrize("size", [0, 1, 65_535, 65_536, 65_537, 1_000_000])
def test_lines_that_cannot_be_compressed(size: int) -> None:
    noise = "".join(chr(33 + number * number % 8_191 % 90) for number in range(size))
    body = made([StreamLines("{}", None, [noise.encode()], [SECOND])] * 3)
    assert decoded(body.finish()) == {"{}": [(noise, SECOND)] * 3}


@pytest.mark.parametrize("first_has", [True, False])
def test_lines_with_and_without_metadata_share_a_stream(first_has: bool) -> None:
    def one(has: bool, text: bytes) -> StreamLines:
        metadata = [encode_metadata({"n": text.decode()})] if has else None
        return StreamLines("{}", None, [text], [7], metadata)

    body = made([one(first_has, b"a"), one(not first_has, b"b"), one(first_has, b"c")]).finish()
    (found,) = PushRequest.FromString(bytes(cramjam.snappy.decompress_raw(body))).streams
    assert [
        (entry.line, [(pair.name, pair.value) for pair in entry.structuredMetadata])
        for entry in found.entries
    ] == [
        ("a", [("n", "a")] if first_has else []),
        ("b", [] if first_has else [("n", "b")]),
        ("c", [("n", "c")] if first_has else []),
    ]
