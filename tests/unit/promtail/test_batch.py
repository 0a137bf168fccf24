"""Batches are bounded by the bytes that go over the wire."""

import cramjam
import pytest
from hypothesis import given
from hypothesis import strategies as st

from promtail.batch import Entry, batches
from promtail.encode import encode_push

LABELS = '{a="b"}'


def raw_size(batch: list[Entry]) -> int:
    return len(bytes(cramjam.snappy.decompress_raw(encode_push(LABELS, batch))))


@given(
    st.lists(
        st.builds(
            Entry,
            st.integers(-(2**62), 2**62),
            st.text(st.characters(exclude_categories=["Cs"]), max_size=300),
        ),
        max_size=40,
    ),
    st.integers(1, 2_000),
)
def test_nothing_is_lost_and_no_push_is_larger(entries: list[Entry], limit: int) -> None:
    made = list(batches(entries, LABELS, limit))
    assert [entry for batch in made for entry in batch] == entries
    assert all(made)
    assert all(len(batch) == 1 or raw_size(batch) <= limit for batch in made)


def test_batches_are_filled() -> None:
    entries = [Entry(1_748_858_640_123_456_000, "x" * 700)] * 1_000
    sizes = [raw_size(batch) for batch in batches(entries, LABELS, 131_072)]
    assert min(sizes[:-1]) > 125_000


@pytest.mark.parametrize("character", ["x", "é", "\N{GRINNING FACE}"])
def test_every_batch_counts_its_labels_and_bytes_of_utf8(character: str) -> None:
    labels = '{a="' + character * 500 + '"}'
    entries = [Entry(1_748_858_640_123_456_000, character * 10)] * 500
    for batch in batches(entries, labels, 5_000):
        assert len(bytes(cramjam.snappy.decompress_raw(encode_push(labels, batch)))) <= 5_000


def test_a_line_larger_than_the_limit_goes_alone() -> None:
    small, large = Entry(1, "s"), Entry(2, "l" * 1_000)
    assert list(batches([small, large, small], LABELS, 100)) == [[small], [large], [small]]


@pytest.mark.parametrize("limit", [1, 131_072])
def test_no_entries_make_no_batch(limit: int) -> None:
    assert list(batches([], LABELS, limit)) == []
