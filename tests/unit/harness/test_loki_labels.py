"""Stream labels and selectors."""

import string

from hypothesis import given
from hypothesis import strategies as st

from tests.harness.loki.labels import format_labels, parse_labels, parse_selector

NAMES = st.builds(
    str.__add__,
    st.sampled_from(string.ascii_letters + "_"),
    st.text(string.ascii_letters + string.digits + "_", max_size=8),
)


def test_escapes_are_those_of_go() -> None:
    assert parse_labels(r'{a="tab\t quote\" back\\ \u00fc \x41 \101", b=`raw \n`}') == {
        "a": 'tab\t quote" back\\ ü A A',
        "b": "raw \\n",
    }


def test_white_space_between_the_parts_does_not_matter() -> None:
    assert parse_labels(' { a = "1" ,b="2" } ') == {"a": "1", "b": "2"}
    assert parse_labels("{ }") == {}


@given(st.dictionaries(NAMES, st.text(max_size=20), max_size=5))
def test_what_is_formatted_parses_back(labels: dict[str, str]) -> None:
    assert parse_labels(format_labels(labels)) == dict(sorted(labels.items()))


def test_a_selector_matches_the_whole_value_and_takes_a_missing_label_for_empty() -> None:
    (matcher,) = parse_selector('{a=~"b|c"}')

    assert matcher.matches({"a": "b"})
    assert not matcher.matches({"a": "bc"})
    assert parse_selector('{a="1", b=""}')[1].matches({"a": "1"})
