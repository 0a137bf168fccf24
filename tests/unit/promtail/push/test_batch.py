"""Batches are bounded by the bytes of their lines, and hold every line once, in its order."""

from itertools import pairwise

import cramjam
import pytest
from hypothesis import given
from hypothesis import strategies as st

from promtail.entry import StreamLines
from promtail.push.batch import Batcher, Push, cut
from promtail.push.wire import encode_metadata
from tests.proto.logproto_pb2 import PushRequest

A, B = '{a="1"}', '{a="2"}'


def stream(*lines: tuple[bytes, int], labels: str = A, tenant: str | None = None) -> StreamLines:
    return StreamLines(labels, tenant, [text for text, _ in lines], [time for _, time in lines])


def decoded(push: Push) -> PushRequest:
    return PushRequest.FromString(bytes(cramjam.snappy.decompress_raw(push.body)))


def texts(push: Push) -> dict[str, list[str]]:
    return {found.labels: [entry.line for entry in found.entries] for found in decoded(push).streams}


def filled(*streams: StreamLines) -> tuple[Push, ...]:
    batcher = Batcher(1_000)
    for number, each in enumerate(streams):
        batcher.add((number, number + 1), 10, [each])
    batch = batcher.take()
    assert batch is not None
    return batch.pushes


# cut


@given(st.lists(st.integers(0, 300), max_size=60), st.integers(1, 500))
def test_parts_cover_every_line_in_order_and_no_part_is_larger_unless_it_is_one_line(
    sizes: list[int], most: int
) -> None:
    parts = cut(sizes, most)
    assert [number for start, end, _ in parts for number in range(start, end)] == list(range(len(sizes)))
    assert all(size == sum(sizes[start:end]) for start, end, size in parts)
    assert all(size <= most or end - start == 1 for start, end, size in parts)


@given(st.lists(st.integers(0, 300), min_size=1, max_size=60), st.integers(1, 500))
def test_parts_are_as_large_as_they_may_be(sizes: list[int], most: int) -> None:
    parts = cut(sizes, most)
    for (start, end, size), (_, next_end, _) in pairwise(parts):
        assert end > start
        assert next_end > end
        assert size + sizes[end] > most


@pytest.mark.parametrize(
    ("sizes", "parts"),
    [
        ([], [(0, 0, 0)]),
        ([0, 0], [(0, 2, 0)]),
        ([100], [(0, 1, 100)]),
        ([101], [(0, 1, 101)]),
        ([50, 50], [(0, 2, 100)]),
        ([50, 51], [(0, 1, 50), (1, 2, 51)]),
        ([1, 500, 1], [(0, 1, 1), (1, 2, 500), (2, 3, 1)]),
        ([500, 500], [(0, 1, 500), (1, 2, 500)]),
        ([60, 40, 60, 40], [(0, 2, 100), (2, 4, 100)]),
    ],
)
def test_cuts(sizes: list[int], parts: list[tuple[int, int, int]]) -> None:
    assert cut(sizes, 100) == parts


# Batcher


def test_nothing_makes_no_batch() -> None:
    assert Batcher(100).take() is None


def test_what_fits_into_a_batch() -> None:
    batcher = Batcher(100)
    assert batcher.fits((0, 1), 1_000)  # What alone is too large has to go somewhere.
    batcher.add((0, 1), 60, [])
    assert batcher.fits((1, 2), 40)
    assert not batcher.fits((1, 2), 41)
    batcher.take()
    assert batcher.fits((1, 2), 41)


def test_lines_that_do_not_come_next_have_a_batch_of_their_own() -> None:
    """Those between them were delivered before, and are not to be taken for refused with the others."""
    batcher = Batcher(100)
    batcher.add((0, 3), 1, [])
    assert not batcher.fits((4, 5), 1)
    assert batcher.fits((3, 5), 1)


def test_a_batch_is_taken_once() -> None:
    batcher = Batcher(100)
    batcher.add((0, 2), 10, [stream((b"one", 1), (b"two", 2))])
    batch = batcher.take()
    assert batch is not None
    assert batch.lines == (0, 2)
    (push,) = batch.pushes
    assert (push.tenant, push.lines, push.newest_ns, texts(push)) == (None, 2, 2, {A: ["one", "two"]})
    assert batcher.take() is None
    batcher.add((2, 3), 10, [stream((b"three", 3))])
    batch = batcher.take()
    assert batch is not None
    assert batch.lines == (2, 3)
    assert texts(batch.pushes[0]) == {A: ["three"]}


def test_lines_that_were_all_dropped_make_a_batch_without_a_push() -> None:
    for streams in ([], [stream()]):
        batcher = Batcher(100)
        batcher.add((0, 5), 50, streams)
        batch = batcher.take()
        assert batch is not None
        assert (batch.lines, batch.pushes) == ((0, 5), ())


def test_lines_of_equal_labels_become_one_stream_in_their_order() -> None:
    (push,) = filled(
        stream((b"1", 1)), stream((b"2", 2), labels=B), stream((b"3", 3)), stream((b"4", 0), labels=B)
    )
    assert texts(push) == {A: ["1", "3"], B: ["2", "4"]}
    assert (push.lines, push.newest_ns) == (4, 3)


def test_each_tenant_has_a_push_of_its_own() -> None:
    pushes = filled(
        stream((b"1", 1), tenant="x"),
        stream((b"2", 2)),
        stream((b"3", 3), tenant="x"),
        stream((b"4", 9), tenant="y"),
    )
    assert [(push.tenant, push.lines, push.newest_ns) for push in pushes] == [
        ("x", 2, 3),
        (None, 1, 2),
        ("y", 1, 9),
    ]
    assert [texts(push) for push in pushes] == [{A: ["1", "3"]}, {A: ["2"]}, {A: ["4"]}]


@pytest.mark.parametrize("first_has", [True, False])
def test_lines_with_and_without_metadata_share_a_stream(first_has: bool) -> None:
    def one(has: bool, text: bytes) -> StreamLines:
        metadata = [encode_metadata({"n": text.decode()})] if has else None
        return StreamLines(A, None, [text], [7], metadata)

    (push,) = filled(one(first_has, b"a"), one(not first_has, b"b"), one(first_has, b"c"))
    (found,) = decoded(push).streams
    assert [
        (entry.line, [(pair.name, pair.value) for pair in entry.structuredMetadata])
        for entry in found.entries
    ] == [
        ("a", [("n", "a")] if first_has else []),
        ("b", [] if first_has else [("n", "b")]),
        ("c", [("n", "c")] if first_has else []),
    ]


@given(
    st.lists(
        st.tuples(st.lists(st.binary(max_size=40).map(bytes.hex), max_size=6), st.sampled_from([A, B])),
        max_size=30,
    ),
    st.integers(1, 300),
)
def test_nothing_is_lost_and_no_batch_is_larger_unless_it_is_one_chunk(
    chunks: list[tuple[list[str], str]], limit: int
) -> None:
    batcher = Batcher(limit)
    batches = []
    sizes = {}

    def take() -> None:
        batch = batcher.take()
        if batch is not None:
            batches.append(batch)

    for number, (lines, labels) in enumerate(chunks):
        size = sum(map(len, lines))
        sizes[number] = size
        if not batcher.fits((number, number + 1), size):
            take()
        each = stream(*((line.encode(), 7) for line in lines), labels=labels)
        batcher.add((number, number + 1), size, [each])
    take()
    assert [number for batch in batches for number in range(*batch.lines)] == list(range(len(chunks)))
    for labels in (A, B):
        sent = [line for batch in batches for push in batch.pushes for line in texts(push).get(labels, [])]
        assert sent == [line for lines, own in chunks if own == labels for line in lines]
    for batch in batches:
        held = [sizes[number] for number in range(*batch.lines)]
        assert sum(held) <= limit or sum(size > 0 for size in held) == 1
