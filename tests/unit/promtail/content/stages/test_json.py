"""The json stage: cases of Promtail's json_test.go, and of its documentation."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promtail.content.stages.pipeline import parse_stage_configs
from promtail.entry import Entry
from promtail.errors import ConfigurationError

FIXTURE = """
{
    "time":"2012-11-01T22:08:41+00:00",
    "app":"loki",
    "component": ["parser","type"],
    "level" : "WARN",
    "numeric": {"float": 12.34, "integer": 123, "string": "123"},
    "nested" : {"child":"value"},
    "message" : "this is a log line",
    "complex" : {"log" : {"array":[{"test1":"test2"},{"test3":"test4"}],"prop":"value","prop2":"val2"}}
}
"""
FIXTURE_EXPRESSIONS = {
    "time": "",
    "app": None,
    "component": "",
    "level": "",
    "float": "numeric.float",
    "integer": "numeric.integer",
    "string": "numeric.string",
    "nested": "",
    "message": "",
    "complex": "complex.log.array[1].test3",
}
FIXTURE_VALUES = {
    "time": "2012-11-01T22:08:41+00:00",
    "app": "loki",
    "component": '["parser","type"]',
    "level": "WARN",
    "float": 12.34,
    "integer": 123,
    "string": "123",
    "nested": '{"child":"value"}',
    "message": "this is a log line",
    "complex": "test4",
}


def extract(config: Any, line: str, extracted: dict[str, object] | None = None) -> dict[str, object]:
    entry = Entry(0, line, {}, extracted=extracted or {})
    assert parse_stage_configs(json.dumps([{"json": config}])).process(entry) is None
    assert (entry.line, entry.labels) == (line, {})
    return entry.extracted


def test_values_are_extracted_from_the_line() -> None:
    assert extract({"expressions": FIXTURE_EXPRESSIONS}, FIXTURE) == FIXTURE_VALUES


def test_values_are_extracted_from_a_source() -> None:
    config = {"expressions": FIXTURE_EXPRESSIONS, "source": "log"}
    assert extract(config, "{}", {"log": FIXTURE}) == FIXTURE_VALUES | {"log": FIXTURE}


@pytest.mark.parametrize("extracted", [{}, {"log": "not a json"}, {"log": None}])
def test_a_source_that_cannot_be_read_extracts_nothing(extracted: dict[str, object]) -> None:
    assert extract({"expressions": {"app": ""}, "source": "log"}, FIXTURE, dict(extracted)) == extracted


def test_a_value_that_is_not_there_is_null() -> None:
    assert extract({"expressions": {"unknown": ""}}, '{"a": 1}') == {"unknown": None}


MALFORMED = [
    "ts=now log=notjson",
    "",
    "[1]",
    '"text"',
    "5",
    '{"a": NaN}',
    '{"a": ' + "[" * 100_000,
    '{"a": ' + "9" * 5000 + "}",
]


@pytest.mark.parametrize("line", MALFORMED)
def test_a_malformed_line_extracts_nothing(line: str) -> None:
    assert extract({"expressions": {"a": ""}}, line) == {}


@pytest.mark.parametrize("line", MALFORMED)
def test_a_malformed_line_can_be_dropped(line: str) -> None:
    stages = parse_stage_configs('[{"json": {"expressions": {"a": ""}, "drop_malformed": true}}]')
    assert stages.process(Entry(0, line, {})) == "malformed_json"
    assert stages.process(Entry(0, '{"a": 1}', {})) is None


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ('{"a": true}', True),
        ('{"a": null}', None),
        ('{"a": "\\ud800x"}', "\ufffdx"),
        ('{"a": ["\\ud83d\\ude00", "\\ud800"]}', '["😀","\ufffd"]'),
        ('{"a": {"b": "<&>"}}', '{"b":"\\u003c\\u0026\\u003e"}'),
        ('{"a": {"z": 1, "b": [null, true]}}', '{"z":1,"b":[null,true]}'),
        ("null", None),
    ],
)
def test_values_keep_their_types_and_others_become_json(line: str, value: object) -> None:
    assert extract({"expressions": {"x": "a"}}, line) == {"x": value}


def test_an_expression_that_does_not_suit_a_line_extracts_nothing() -> None:
    assert extract({"expressions": {"x": "length(a)", "y": "a"}}, '{"a": 5}') == {"y": 5}


@pytest.mark.parametrize(
    ("config", "message"),
    [
        (None, "expressions is not set. It must be a JSON object"),
        ({"expressions": {}}, r"expressions is \{\}"),
        ({"expressions": {"a": 5}}, "the value of 'a' is 5. It must be a string"),
        (
            {"expressions": {"a": "3##@$#33"}},
            "the expression of 'a' is '3##@.* It must be a JMESPath expression",
        ),
        ({"expressions": {"a": ""}, "source": ""}, "source is ''"),
        ({"expressions": {"a": ""}, "drop_malformed": "perhaps"}, "drop_malformed is 'perhaps'"),
    ],
)
def test_a_wrong_configuration_is_refused(config: Any, message: str) -> None:
    with pytest.raises(ConfigurationError, match=rf"stage 1 \(json\): {message}"):
        extract(config, "{}")


@given(st.text())
def test_no_line_makes_it_fail(line: str) -> None:
    extract({"expressions": {"a": "", "b": "c[0].d"}}, line)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=5))
def test_whatever_is_extracted_can_be_written(value: object) -> None:
    extracted = extract({"expressions": {"a": ""}}, json.dumps({"a": value}))["a"]
    if isinstance(extracted, str):
        extracted.encode()
