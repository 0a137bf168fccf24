"""The stages that set and remove labels and structured metadata: cases of Promtail's tests and documentation."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promtail.content.stages.pipeline import parse_stage_configs
from promtail.content.stages.values import as_text
from promtail.entry import Entry
from promtail.errors import ConfigurationError


def run(name: str, config: Any, labels: dict[str, str], extracted: dict[str, object] | None = None) -> Entry:
    entry = Entry(0, "line", dict(labels), extracted=extracted or {})
    assert parse_stage_configs(json.dumps([{name: config}])).process(entry) is None
    assert entry.line == "line"
    return entry


VALUES: dict[str, object] = {
    "level": "WARN",
    "duration": 125,
    "ratio": 0.5,
    "ok": True,
    "nothing": None,
    "empty": "",
}


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        ({"level": ""}, {"level": "WARN"}),
        ({"level": None}, {"level": "WARN"}),
        ({"severity": "level"}, {"severity": "WARN"}),
        (
            {"duration": "", "ratio": "", "ok": ""},
            {"duration": "125", "ratio": "0.5", "ok": "true"},
        ),
        ({"nothing": "", "unknown": "", "x": "not_there"}, {}),
    ],
)
def test_labels_and_structured_metadata_come_from_extracted_values(
    config: dict[str, Any], expected: dict[str, str]
) -> None:
    labelled = run("labels", config, {"job": "x"}, dict(VALUES))
    assert (labelled.labels, labelled.metadata) == ({"job": "x"} | expected, {})
    enriched = run("structured_metadata", config, {"job": "x"}, dict(VALUES))
    assert (enriched.labels, enriched.metadata) == ({"job": "x"}, expected)
    assert enriched.extracted == VALUES | {"job": "x"}


def test_an_empty_value_takes_the_label_away() -> None:
    assert run("labels", {"job": "empty"}, {"job": "x"}, dict(VALUES)).labels == {}


def test_static_labels_are_set_and_those_without_a_value_left_alone() -> None:
    config = {"component": "api", "job": "y", "empty": "", "null": None, "kept": ""}
    assert run("static_labels", config, {"job": "x", "kept": "z"}).labels == {
        "component": "api",
        "job": "y",
        "kept": "z",
    }


def test_labelallow_removes_all_others() -> None:
    labels = {"app": "a", "pod": "b", "node": "c"}
    assert run("labelallow", ["app", "pod", "missing"], labels).labels == {"app": "a", "pod": "b"}


def test_labeldrop_removes_those_named() -> None:
    labels = {"app": "a", "pod": "b", "node": "c"}
    assert run("labeldrop", ["app", "pod", "missing"], labels).labels == {"node": "c"}


@pytest.mark.parametrize("name", ["labels", "structured_metadata", "static_labels"])
@pytest.mark.parametrize(
    ("config", "message"),
    [
        (None, "its configuration is empty"),
        ({}, "its configuration is empty"),
        ({"#*FDDS*": ""}, r"'#\*FDDS\*' is not a label name"),
        ({"1a": ""}, "'1a' is not a label name"),
        ({"a": 5}, "the value of 'a' is 5. It must be a string"),
        (["a"], r"its configuration is \['a'\]. It must be a JSON object"),
    ],
)
def test_a_wrong_label_map_is_refused(name: str, config: Any, message: str) -> None:
    with pytest.raises(ConfigurationError, match=rf"LOKI_STAGE_CONFIGS, stage 1 \({name}\): {message}"):
        run(name, config, {})


@pytest.mark.parametrize("name", ["labelallow", "labeldrop"])
@pytest.mark.parametrize("config", [None, [], "app", {"app": ""}, [5]])
def test_a_wrong_list_of_names_is_refused(name: str, config: Any) -> None:
    with pytest.raises(ConfigurationError, match=rf"stage 1 \({name}\): .*must be a list of label names"):
        run(name, config, {})


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.0, "1"),
        (2.02, "2.02"),
        (1562723913000.0, "1562723913000"),
        (1562723913000, "1562723913000"),
        (12345678901234567890, "12345678901234567890"),
        (1e21, "1000000000000000000000"),
        (1e-7, "0.0000001"),
        (-0.5, "-0.5"),
        (True, "true"),
        (False, "false"),
        ("text", "text"),
        (None, None),
        ([1], None),
        (float("inf"), None),
    ],
)
def test_values_become_text_as_in_promtail(value: object, text: str | None) -> None:
    assert as_text(value) == text


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_keeps_its_value_and_has_no_exponent(value: float) -> None:
    text = as_text(value)
    assert text is not None
    assert "e" not in text.lower()
    assert float(text) == value
