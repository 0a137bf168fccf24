"""Equal times are told apart, in the same way on every retry."""

from collections.abc import Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from promtail.push import distinct
from promtail.push.distinct import DistinctTimes

GENERATION = distinct._GENERATION


def grouped(times: Sequence[int], sizes: Sequence[int]) -> list[int]:
    """What becomes of times that come in groups of these sizes, again and again."""
    adjuster = DistinctTimes()
    adjusted: list[int] = []
    start = number = 0
    while start < len(times):
        size = sizes[number % len(sizes)]
        adjusted += adjuster.adjust(list(times[start : start + size]))
        start, number = start + size, number + 1
    return adjusted


def test_distinct_times_stay() -> None:
    assert DistinctTimes().adjust([5, 3, 4, 1]) == [5, 3, 4, 1]


def test_nothing_becomes_nothing() -> None:
    assert DistinctTimes().adjust([]) == []


def test_the_first_keeps_its_time_and_each_after_it_gets_the_next_nanosecond() -> None:
    assert DistinctTimes().adjust([1_000, 1_000, 2_000, 1_000, 2_000]) == [1_000, 1_001, 2_000, 1_002, 2_001]


def test_a_nanosecond_that_is_taken_is_passed_over() -> None:
    assert DistinctTimes().adjust([10, 11, 10, 10, 11]) == [10, 11, 12, 13, 14]


def test_a_time_that_was_given_to_another_line_is_taken() -> None:
    assert DistinctTimes().adjust([10, 10, 11]) == [10, 11, 12]


def test_two_thousand_equal_lines_become_two_thousand_times_in_their_order() -> None:
    time = 1_748_858_640_123_456_000
    assert grouped([time] * 2_000, [300]) == list(range(time, time + 2_000))


def test_two_hundred_thousand_equal_times_are_all_distinct() -> None:
    assert grouped([7_000] * 200_000, [4_096]) == list(range(7_000, 207_000))


def test_equal_times_are_seen_within_a_generation_of_lines() -> None:
    between = [10**6 + 1_000 * number for number in range(GENERATION)]
    adjusted = grouped([5, *between[:-1], 5], [1_000])
    assert adjusted[-1] == 6


def test_equal_times_are_seen_in_the_generation_after() -> None:
    between = [10**6 + 1_000 * number for number in range(GENERATION + GENERATION // 2)]
    # The first time stands at the end of its generation.
    times = [*between[: GENERATION - 1], 5, *between[GENERATION - 1 :], 5]
    assert grouped(times, [1_000])[-1] == 6


def test_memory_is_bounded_by_the_window() -> None:
    adjuster = DistinctTimes()
    for start in range(0, 40 * GENERATION, 1_000):
        adjuster.adjust(list(range(start, start + 1_000)))
        assert len(adjuster._current) + len(adjuster._previous) <= 2 * GENERATION


def test_memory_of_repeated_times_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(distinct, "_REPEATED", 100)
    adjuster = DistinctTimes()
    for start in range(0, 300_000, 3_000):
        adjuster.adjust([start, start, start + 1_000, start + 1_000])
    assert len(adjuster._last) == 100
    assert adjuster.adjust([297_000]) == [297_002]  # The latest are those that are kept.


_TIMES = st.lists(st.integers(0, 30), max_size=120)
_SIZES = st.lists(st.integers(1, 40), min_size=1, max_size=6)


@given(_TIMES, _SIZES)
@example([5, 5], [1])
def test_times_do_not_depend_on_how_lines_are_grouped(times: list[int], sizes: list[int]) -> None:
    assert grouped(times, sizes) == grouped(times, [max(len(times), 1)])


@given(_TIMES, _SIZES)
def test_times_become_distinct_and_never_earlier(times: list[int], sizes: list[int]) -> None:
    adjusted = grouped(times, sizes)
    assert len(set(adjusted)) == len(times)
    assert all(new >= old for old, new in zip(times, adjusted, strict=True))
    first_seen = {time: index for index, time in reversed(list(enumerate(times)))}
    taken: set[int] = set()
    for index, (old, new) in enumerate(zip(times, adjusted, strict=True)):
        if first_seen[old] == index and old not in taken:
            assert new == old
        taken.add(new)


@given(_TIMES)
def test_equal_times_keep_their_order(times: list[int]) -> None:
    adjusted = DistinctTimes().adjust(times)
    for time in set(times):
        own = [new for old, new in zip(times, adjusted, strict=True) if old == time]
        assert own == sorted(own)


@given(_TIMES, _SIZES, st.integers(1, 20), st.integers(1, 5))
def test_grouping_makes_no_difference_when_times_are_forgotten_either(
    times: list[int], sizes: list[int], generation: int, repeated: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(distinct, "_GENERATION", generation)
        patch.setattr(distinct, "_REPEATED", repeated)
        one_by_one = grouped(times, [1])
        assert grouped(times, sizes) == one_by_one
        assert grouped(times, [max(len(times), 1)]) == one_by_one


def test_grouping_makes_no_difference_over_several_generations() -> None:
    times = [number // 3 * 1_000 for number in range(5 * GENERATION + 17)]
    assert (
        grouped(times, [1_009])
        == grouped(times, [len(times)])
        == [number // 3 * 1_000 + number % 3 for number in range(len(times))]
    )
