"""Relabelling: expected values are those of Prometheus' own tests (model/relabel/relabel_test.go)."""

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promtail.content.relabel import parse_relabel_configs, relabel
from promtail.errors import ConfigurationError

Rules = list[dict[str, Any]]
ABC = {"a": "foo", "b": "bar", "c": "baz"}
PORTS = {"__tmp_port": "1234", "__port1": "1234", "__port2": "5678"}


def apply(labels: dict[str, str], rules: Rules) -> dict[str, str] | None:
    return relabel(labels, parse_relabel_configs(json.dumps(rules)))


@pytest.mark.parametrize(
    ("labels", "rules", "changes"),
    [
        (
            ABC,
            [{"source_labels": ["a"], "regex": "f(.*)", "target_label": "d", "replacement": "ch${1}-ch${1}"}],
            {"d": "choo-choo"},
        ),
        (
            ABC,
            [
                {
                    "source_labels": ["a", "b"],
                    "regex": "f(.*);(.*)r",
                    "target_label": "a",
                    "replacement": "b${1}${2}m",
                },
                {
                    "source_labels": ["c", "a"],
                    "regex": "(b).*b(.*)ba(.*)",
                    "target_label": "d",
                    "replacement": "$1$2$2$3",
                },
            ],
            {"a": "boobam", "d": "boooom"},
        ),
        ({"a": "abc"}, [{"source_labels": ["a"], "regex": ".*(b).*", "target_label": "d"}], {"d": "b"}),
        ({"a": "foo"}, [{"source_labels": ["a"], "regex": "no-match", "action": "drop"}], {}),
        ({"a": "foo"}, [{"source_labels": ["a"], "regex": "f|o", "action": "drop"}], {}),
        ({"a": "foo"}, [{"source_labels": ["a"], "regex": "f.*", "action": "keep"}], {}),
        (
            {"a": "boo"},
            [{"source_labels": ["a"], "regex": "f", "target_label": "b", "replacement": "bar"}],
            {},
        ),
        (
            ABC,
            [{"source_labels": ["c"], "target_label": "d", "action": "hashmod", "modulus": 1000}],
            {"d": "976"},
        ),
        (
            {"a": "foo\nbar"},
            [{"source_labels": ["a"], "target_label": "b", "action": "hashmod", "modulus": 1000}],
            {"b": "734"},
        ),
        (
            {"a": "foo", "b1": "bar", "b2": "baz"},
            [{"regex": "(b.*)", "replacement": "bar_${1}", "action": "labelmap"}],
            {"bar_b1": "bar", "bar_b2": "baz"},
        ),
        (
            {"a": "foo", "__meta_my_bar": "aaa", "__meta_my_baz": "bbb", "__meta_other": "ccc"},
            [{"regex": "__meta_(my.*)", "replacement": "${1}", "action": "labelmap"}],
            {"my_bar": "aaa", "my_baz": "bbb"},
        ),
        (
            {"a": "some-name-value"},
            [
                {
                    "source_labels": ["a"],
                    "regex": "some-([^-]+)-([^,]+)",
                    "replacement": "${2}",
                    "target_label": "${1}",
                }
            ],
            {"name": "value"},
        ),
        (
            {"a": "some-name-value"},
            [
                {
                    "source_labels": ["a"],
                    "regex": "some-([^-]+)-([^,]+)",
                    "replacement": "${3}",
                    "target_label": "${1}",
                }
            ],
            {},
        ),
        (
            {"a": "some-name-0"},
            [
                {
                    "source_labels": ["a"],
                    "regex": "some-([^-]+)-([^,]+)",
                    "replacement": "${1}",
                    "target_label": "${3}",
                },
                {
                    "source_labels": ["a"],
                    "regex": "some-([^-]+)(-[^,]+)",
                    "replacement": "${1}",
                    "target_label": "${2}",
                },
            ],
            {},
        ),
        (
            {"tags": "path:/secret,job:some-job,label:foo=bar"},
            [
                {
                    "source_labels": ["tags"],
                    "regex": "(?:.+,|^)path:(/[^,]+).*",
                    "replacement": "${1}",
                    "target_label": "__metrics_path__",
                },
                {
                    "source_labels": ["tags"],
                    "regex": "(?:.+,|^)job:([^,]+).*",
                    "replacement": "${1}",
                    "target_label": "job",
                },
                {
                    "source_labels": ["tags"],
                    "regex": "(?:.+,|^)label:([^=]+)=([^,]+).*",
                    "replacement": "${2}",
                    "target_label": "${1}",
                },
            ],
            {"__metrics_path__": "/secret", "job": "some-job", "foo": "bar"},
        ),
        (
            {"port_name": "foo", "annotation_port": "9091"},
            [
                {"regex": "^port_name$", "action": "labeldrop"},
                {
                    "source_labels": ["annotation_port"],
                    "regex": "(.+)",
                    "replacement": "metrics",
                    "target_label": "port_name",
                },
                {"source_labels": ["port_name"], "regex": "^metrics$", "action": "keep"},
            ],
            {"port_name": "metrics"},
        ),
        (
            {"foo": "bAr123Foo"},
            [
                {"source_labels": ["foo"], "action": "uppercase", "target_label": "up"},
                {"source_labels": ["foo"], "action": "lowercase", "target_label": "low"},
            ],
            {"low": "bar123foo", "up": "BAR123FOO"},
        ),
        (PORTS, [{"source_labels": ["__tmp_port"], "action": "keepequal", "target_label": "__port1"}], {}),
        (PORTS, [{"source_labels": ["__tmp_port"], "action": "dropequal", "target_label": "__port2"}], {}),
    ],
)
def test_rules_change_labels_as_in_prometheus(
    labels: dict[str, str], rules: Rules, changes: dict[str, str]
) -> None:
    assert apply(labels, rules) == labels | changes


@pytest.mark.parametrize(
    ("action", "expected"),
    [("labelkeep", {"b1": "bar", "b2": "baz"}), ("labeldrop", {"a": "foo"})],
)
def test_labels_are_kept_and_dropped_by_name(action: str, expected: dict[str, str]) -> None:
    labels = {"a": "foo", "b1": "bar", "b2": "baz"}
    assert apply(labels, [{"regex": "(b.*)", "action": action}]) == expected


@pytest.mark.parametrize(
    ("labels", "rule"),
    [
        ({"a": "foo"}, {"source_labels": ["a"], "regex": ".*o.*", "action": "drop"}),
        ({"a": "foo"}, {"source_labels": ["a"], "regex": "no-match", "action": "keep"}),
        ({"a": "foo\nbar"}, {"source_labels": ["a"], "regex": "foo.bar", "action": "drop"}),
        (PORTS, {"source_labels": ["__tmp_port"], "action": "dropequal", "target_label": "__port1"}),
        (PORTS, {"source_labels": ["__tmp_port"], "action": "keepequal", "target_label": "__port2"}),
        ({}, {"source_labels": ["missing"], "action": "dropequal", "target_label": "also_missing"}),
    ],
)
def test_label_sets_are_dropped(labels: dict[str, str], rule: dict[str, Any]) -> None:
    set_target = {"target_label": "x", "replacement": "y"}
    assert apply(labels, [rule, set_target]) is None


def test_an_empty_replacement_takes_the_target_label_away() -> None:
    assert apply(ABC, [{"target_label": "b", "replacement": ""}]) == {"a": "foo", "c": "baz"}


def test_the_defaults_copy_a_label() -> None:
    assert apply({"a": "x"}, [{"source_labels": ["a"], "target_label": "b"}]) == {"a": "x", "b": "x"}


def test_the_defaults_take_the_target_away_if_the_source_is_not_there() -> None:
    assert apply({"b": "old"}, [{"source_labels": ["a"], "target_label": "b"}]) == {}


def test_a_label_with_an_empty_value_is_one_that_is_not_there() -> None:
    assert apply({"a": "", "b": "x"}, []) == {"b": "x"}
    rules: Rules = [{"source_labels": ["a"], "action": "lowercase", "target_label": "b"}]
    assert apply({"a": "", "b": "x"}, rules) == {}


def test_an_empty_separator_is_what_it_says() -> None:
    rule = {"source_labels": ["a", "b"], "separator": "", "target_label": "d"}
    assert apply(ABC, [rule]) == ABC | {"d": "foobar"}


@pytest.mark.parametrize(
    ("replacement", "expected"),
    [
        ("$$", "$"),
        ("$1", "key"),
        ("$1x", None),
        ("${1}x", "keyx"),
        ("$name", "value"),
        ("${name}-${nope}-", "value--"),
        ("$0", "key=value"),
        ("$01", None),
        ("$ 1", "$ 1"),
        ("${", "${"),
        ("${1", "${1"),
        ("100%", "100%"),
    ],
)
def test_replacements_expand_as_in_go(replacement: str, expected: str | None) -> None:
    rule = {
        "source_labels": ["a"],
        "regex": "([a-z]+)=(?P<name>[a-z]+)",
        "target_label": "d",
        "replacement": replacement,
    }
    labels = {"a": "key=value"}
    assert apply(labels, [rule]) == (labels if expected is None else labels | {"d": expected})


def test_labelmap_leaves_out_names_that_are_none() -> None:
    rule = {"action": "labelmap", "regex": "a(.*)", "replacement": "$1"}
    assert apply({"a": "x", "a1": "y", "ab": "z"}, [rule]) == {"a": "x", "a1": "y", "ab": "z", "b": "z"}


def test_of_two_labels_mapped_to_one_name_the_last_by_name_wins() -> None:
    rule = {"action": "labelmap", "regex": "m[ab]", "replacement": "m"}
    assert apply({"mb": "2", "ma": "1"}, [rule]) == {"ma": "1", "mb": "2", "m": "2"}


def test_actions_may_be_written_in_any_case() -> None:
    assert apply({"a": "x"}, [{"source_labels": ["a"], "regex": "x", "action": "Drop"}]) is None


def test_upper_case_works_character_by_character() -> None:
    rule = {"source_labels": ["a"], "action": "uppercase", "target_label": "a"}
    assert apply({"a": "straße"}, [rule]) == {"a": "STRAßE"}


def test_nulls_count_as_not_there() -> None:
    rule = dict.fromkeys(("separator", "regex", "modulus", "replacement", "action"))
    assert apply({"a": "x"}, [{**rule, "source_labels": ["a"], "target_label": "b"}]) == {"a": "x", "b": "x"}


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ({}, "rule 2: target_label is not set. The action replace needs one"),
        ({"action": "lowercase"}, "target_label is not set. The action lowercase"),
        ({"action": "hashmod", "target_label": "a"}, "modulus is not set"),
        ({"action": "hashmod", "target_label": "a-b", "modulus": 2}, "target_label is 'a-b'"),
        ({"action": "lowercase", "target_label": "${3}"}, r"target_label is '${3}'"),
        ({"target_label": "0${3}"}, r"target_label is '0${3}'"),
        ({"target_label": "-${3}"}, r"target_label is '-${3}'"),
        ({"target_label": "foo${"}, "target_label is 'foo${'"),
        ({"target_label": "${}"}, "target_label is '${}'"),
        ({"target_label": "-label"}, "target_label is '-label'"),
        ({"action": "labelmap", "replacement": "-${1}"}, "replacement is '-${1}'. For the action labelmap"),
        ({"action": "labeldrop", "source_labels": ["a"]}, "labeldrop takes no source_labels"),
        ({"action": "labelkeep", "target_label": "a"}, "labelkeep takes no target_label"),
        ({"action": "labeldrop", "modulus": 4}, "labeldrop takes no modulus"),
        ({"action": "labeldrop", "separator": ""}, "labeldrop takes no separator"),
        ({"action": "labeldrop", "replacement": ""}, "labeldrop takes no replacement"),
        ({"action": "keepequal", "target_label": "a", "regex": "x"}, "keepequal takes no regex"),
        ({"action": "dropequal", "target_label": "a", "separator": ","}, "dropequal takes no separator"),
        ({"action": "uppercase", "target_label": "a", "replacement": "x"}, "uppercase takes no replacement"),
        ({"action": "explode"}, "action is 'explode'. It must be one of replace, keep, drop, hashmod"),
        ({"source_label": ["a"]}, "the key 'source_label' is unknown. Allowed are source_labels"),
        ({"source_labels": "a", "target_label": "b"}, "source_labels is 'a'. It must be a list"),
        ({"source_labels": ["a-b"], "target_label": "b"}, "source_labels has 'a-b'"),
        ({"source_labels": [1], "target_label": "b"}, "source_labels has 1"),
        ({"target_label": "b", "regex": "("}, "regex is '(', which is no regular expression"),
        ({"target_label": "b", "regex": "(?=a)"}, "which is no regular expression"),
        ({"target_label": "b", "regex": 5}, "regex is 5. It must be a string"),
        ({"action": "hashmod", "target_label": "a", "modulus": 1.5}, "modulus is 1.5"),
        ({"action": "hashmod", "target_label": "a", "modulus": -1}, "modulus is -1"),
        ({"action": "hashmod", "target_label": "a", "modulus": True}, "modulus is True"),
        ({"action": "hashmod", "target_label": "a", "modulus": "8"}, "modulus is '8'"),
        ("keep", "it is 'keep'. It must be a JSON object"),
    ],
)
def test_a_wrong_rule_is_refused_with_its_number_key_and_value(rule: Any, message: str) -> None:
    good = {"source_labels": ["a"], "target_label": "b"}
    with pytest.raises(ConfigurationError, match=re.escape(message)) as error:
        parse_relabel_configs(json.dumps([good, rule]))
    assert str(error.value).startswith("RELABEL_CONFIGS, rule 2: ")


@pytest.mark.parametrize(
    "target", ["label", "label${1}", "${1}label", "$1", "asd$2asd", "_${1}_", "foo${bar}foo"]
)
def test_target_labels_may_have_references(target: str) -> None:
    assert parse_relabel_configs(json.dumps([{"target_label": target}]))[0].target_label == target


@pytest.mark.parametrize(
    "value", ["", "{", "{}", '"a"', "null", "[" * 100_000, r'[{"replacement": "\ud800"}]']
)
def test_a_value_that_is_no_list_is_refused(value: str) -> None:
    with pytest.raises(ConfigurationError, match=r"RELABEL_CONFIGS is .*JSON list of rules"):
        parse_relabel_configs(value)


@given(
    st.dictionaries(st.from_regex(r"[a-z_]{1,4}", fullmatch=True), st.text(max_size=8)),
    st.integers(1, 2**64 - 1),
)
def test_a_hash_is_below_its_modulus_and_the_same_each_time(labels: dict[str, str], modulus: int) -> None:
    rule = {"source_labels": sorted(labels), "action": "hashmod", "target_label": "shard", "modulus": modulus}
    first = apply(labels, [rule])
    assert first is not None
    assert 0 <= int(first["shard"]) < modulus
    assert apply(labels, [rule]) == first


@given(st.dictionaries(st.from_regex(r"[a-z_]{1,4}", fullmatch=True), st.text(max_size=8)))
def test_the_labels_given_are_not_changed(labels: dict[str, str]) -> None:
    before = dict(labels)
    apply(labels, [{"regex": ".*", "action": "labeldrop"}])
    assert labels == before
