"""The match stage: cases of Promtail's match_test.go, and of its documentation."""

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promtail.content.stages.logql import parse_selector
from promtail.content.stages.pipeline import parse_stage_configs
from promtail.entry import Entry
from promtail.errors import ConfigurationError

CASES: list[tuple[str, dict[str, str], bool]] = [
    ('{foo="bar"} |= "foo"', {"foo": "bar"}, True),
    ('{foo="bar"} |~ "foo"', {"foo": "bar"}, True),
    ('{foo="bar"} |= "bar"', {"foo": "bar"}, False),
    ('{foo="bar"} |~ "bar"', {"foo": "bar"}, False),
    ('{foo="bar"} != "bar"', {"foo": "bar"}, True),
    ('{foo="bar"} !~ "bar"', {"foo": "bar"}, True),
    ('{foo="bar"} != "foo"', {"foo": "bar"}, False),
    ('{foo="bar"} !~ "fo+"', {"foo": "bar"}, False),
    ('{foo="bar"} |~ "^o"', {"foo": "bar"}, False),
    ('{foo="bar"} |= "f" |= "o" != "x"', {"foo": "bar"}, True),
    ('{foo="bar"} |= "f" |= "x"', {"foo": "bar"}, False),
    ('{foo="bar"}', {"foo": "bar"}, True),
    ("{foo=`bar`}", {"foo": "bar"}, True),
    (' { foo = "bar" } ', {"foo": "bar"}, True),
    ('{foo="bar"}|="foo"', {"foo": "bar"}, True),
    ('{foo=""}', {"foo": "bar"}, False),
    ('{foo=""}', {}, True),
    ('{foo!="bar"}', {"foo": "bar"}, False),
    ('{foo!="bar"}', {}, True),
    ('{foo="bar",bar!="test"}', {"foo": "bar"}, True),
    ('{foo="bar",bar!="test"}', {"foo": "bar", "bar": "test"}, False),
    ('{foo="bar",bar=~"te.*"}', {"foo": "bar", "bar": "test"}, True),
    ('{foo="bar",bar=~"te"}', {"foo": "bar", "bar": "test"}, False),
    ('{foo="bar",bar=~"te|st"}', {"foo": "bar", "bar": "test"}, False),
    ('{foo="bar",bar!~"te.*"}', {"foo": "bar", "bar": "test"}, False),
    ('{foo="b\\"a\\\\r"}', {"foo": 'b"a\\r'}, True),
    ("{foo=~`\\d+`}", {"foo": "42"}, True),
]


@pytest.mark.parametrize(("selector", "labels", "matches"), CASES)
def test_the_stages_run_for_what_the_selector_matches(
    selector: str, labels: dict[str, str], matches: bool
) -> None:
    config = {"selector": selector, "stages": [{"static_labels": {"ran": "yes"}}]}
    entry = Entry(0, "foo", dict(labels))
    assert parse_stage_configs(json.dumps([{"match": config}])).process(entry) is None
    assert entry.labels == labels | ({"ran": "yes"} if matches else {})


@pytest.mark.parametrize(("selector", "labels", "matches"), CASES)
def test_what_the_selector_matches_is_dropped(selector: str, labels: dict[str, str], matches: bool) -> None:
    config = {"selector": selector, "action": "drop"}
    reason = parse_stage_configs(json.dumps([{"match": config}])).process(Entry(0, "foo", labels))
    assert reason == ("match_stage" if matches else None)


@pytest.mark.parametrize(("app", "field"), [("loki", "message"), ("poki", "msg")])
def test_the_stages_that_follow_see_what_the_inner_ones_extracted(app: str, field: str) -> None:
    stages = [
        {"json": {"expressions": {"app": ""}}},
        {"labels": {"app": ""}},
        {"match": {"selector": '{app="loki"}', "stages": [{"json": {"expressions": {"msg": "message"}}}]}},
        {
            "match": {
                "pipeline_name": "app2",
                "selector": '{app="poki"}',
                "stages": [{"json": {"expressions": {"msg": "msg"}}}],
            }
        },
        {"output": {"source": "msg"}},
    ]
    entry = Entry(0, json.dumps({"app": app, field: "the log line"}), {})
    assert parse_stage_configs(json.dumps(stages)).process(entry) is None
    assert entry.line == "the log line"


def test_an_inner_stage_can_drop_the_line() -> None:
    inner = {"drop": {"expression": "noise", "drop_counter_reason": "noise"}}
    config = {"selector": '{app="x"}', "stages": [inner], "action": "keep"}
    stages = parse_stage_configs(json.dumps([{"match": config}]))
    assert stages.process(Entry(0, "some noise", {"app": "x"})) == "noise"
    assert stages.process(Entry(0, "some noise", {"app": "y"})) is None


def test_the_inner_stages_find_the_labels_of_that_moment_among_the_extracted_values() -> None:
    stages = [
        {"static_labels": {"app": "new"}},
        {"match": {"selector": '{app="new"}', "stages": [{"output": {"source": "app"}}]}},
    ]
    entry = Entry(0, "", {"app": "old"})
    parse_stage_configs(json.dumps(stages)).process(entry)
    assert entry.line == "new"


def test_a_drop_has_the_reason_of_its_configuration() -> None:
    config = {"selector": '{a="b"}', "action": "drop", "drop_counter_reason": "health_checks"}
    stages = parse_stage_configs(json.dumps([{"match": config}]))
    assert stages.process(Entry(0, "", {"a": "b"})) == "health_checks"


INNER = [{"output": {"source": "a"}}]


@pytest.mark.parametrize(
    ("config", "message"),
    [
        (None, "selector is not set. It must be a stream selector"),
        ({"selector": "", "stages": INNER}, "selector is ''"),
        ({"selector": '{a="b"}'}, "stages is not set. It must be a list of stages, with at least one"),
        ({"selector": '{a="b"}', "stages": []}, "stages is []"),
        ({"selector": '{a="b"}', "stages": INNER, "action": "drop"}, "stages are set, but action is drop"),
        (
            {"selector": '{a="b"}', "stages": INNER, "action": "nope"},
            "action is 'nope'. It must be keep or drop",
        ),
    ],
)
def test_a_wrong_configuration_is_refused(config: Any, message: str) -> None:
    with pytest.raises(ConfigurationError, match=re.escape(f"stage 1 (match): {message}")):
        parse_stage_configs(json.dumps([{"match": config}]))


@pytest.mark.parametrize(
    ("selector", "message"),
    [
        ("foo", "'foo' is where one of { must be"),
        ("{}", "'}' is where a label name must be"),
        ("{", "it ends too early"),
        ('{app="foo}', "'\"' is where a string in quotes must be"),
        ('{app="foo",}', "'}' is where a label name must be"),
        ('{app="foo" bar="x"}', "'bar' is where one of , } must be"),
        ("{app=foo}", "'foo' is where a string in quotes must be"),
        ('{app>"foo"}', "'>' is where one of = != =~ !~ must be"),
        ('{1a="foo"}', "'1a' is where a label name must be"),
        ('{app="foo"} | json', "'|' is where one of |= != |~ !~ must be"),
        ('{app="foo"} |= ', "it ends too early"),
        ('{foo="bar"} !~ "[]"', "missing ]"),
        ('{foo=~"("}', "missing )"),
        ('{foo="\\x41"}', "an escape that is not supported"),
        ('{foo="\\ud800"}', "an escape that is not supported"),
    ],
)
def test_a_selector_that_is_not_valid_is_refused(selector: str, message: str) -> None:
    with pytest.raises(ConfigurationError, match=re.escape(message)):
        parse_stage_configs(json.dumps([{"match": {"selector": selector, "action": "drop"}}]))


@given(st.text(alphabet='{}=!~|", ab`\\'))
def test_a_selector_is_read_or_refused(text: str) -> None:
    try:
        selector = parse_selector(text)
    except ValueError:
        return
    assert selector.matchers
