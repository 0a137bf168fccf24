from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onboarding.buckets.patterns import intersect, matches

PATTERNS = st.text("ab*?", max_size=4)
TEXTS = ["".join(letters) for length in range(7) for letters in itertools.product("ab", repeat=length)]


@given(PATTERNS, PATTERNS)
def test_patterns_intersect_when_a_text_matches_both(first: str, second: str) -> None:
    assert intersect(first, second) == any(matches(first, text) and matches(second, text) for text in TEXTS)


@pytest.mark.parametrize(
    ("pattern", "text", "result"),
    [("a*", "a/b\n", True), ("a?c", "abc", True), ("a.c", "abc", False), ("*", "", True), ("a?", "a", False)],
)
def test_a_pattern_matches_the_whole_text(pattern: str, text: str, result: bool) -> None:
    assert matches(pattern, text) == result
