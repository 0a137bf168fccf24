"""Ranges of lines against a set of their numbers."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from promtail.push.progress import Progress

_RANGE = st.tuples(st.integers(0, 40), st.integers(0, 40))
_RANGES = st.lists(_RANGE, max_size=25)


def numbers(ranges: list[tuple[int, int]]) -> set[int]:
    return {number for start, end in ranges for number in range(start, end)}


@given(_RANGES)
def test_what_is_done_is_the_union_of_what_was_added(added: list[tuple[int, int]]) -> None:
    progress = Progress()
    for start, end in added:
        progress.add(start, end)
    assert numbers(progress.done) == numbers(added)


@given(_RANGES)
def test_ranges_are_in_order_and_do_not_touch(added: list[tuple[int, int]]) -> None:
    done = Progress(added).done
    assert all(start < end for start, end in done)
    assert all(first[1] < second[0] for first, second in pairwise(done))


@given(_RANGES)
def test_the_order_makes_no_difference(added: list[tuple[int, int]]) -> None:
    assert Progress(added).done == Progress(reversed(added)).done == Progress(Progress(added).done).done


@given(_RANGES, _RANGE)
def test_what_is_missing_of_a_range_is_what_was_not_added(
    added: list[tuple[int, int]], wanted: tuple[int, int]
) -> None:
    missing = Progress(added).missing(*wanted)
    assert numbers(missing) == numbers([wanted]) - numbers(added)
    assert all(start < end for start, end in missing)
    assert all(first[1] < second[0] for first, second in pairwise(missing))


def test_lines_in_order_stay_one_range() -> None:
    progress = Progress()
    for number in range(0, 1_000, 10):
        progress.add(number, number + 10)
    assert progress.done == [(0, 1_000)]


def test_what_is_returned_is_a_copy() -> None:
    progress = Progress([(0, 5)])
    progress.done.clear()
    assert progress.done == [(0, 5)]


def test_it_is_read_from_lists_as_json_has_them() -> None:
    assert Progress([[0, 2], [4, 6]]).done == [(0, 2), (4, 6)]
