"""The drop stage: cases of Promtail's drop_test.go, and of its documentation."""

import json
from typing import Any

import pytest

from promtail.content.stages.drop import DropCriteria, DropStage
from promtail.content.stages.go_units import parse_duration, parse_size
from promtail.content.stages.pipeline import parse_stage_configs
from promtail.entry import Entry
from promtail.errors import ConfigurationError

HOUR = 3600 * 10**9


def drops(config: dict[str, Any], line: str = "", **extracted: object) -> bool:
    stages = parse_stage_configs(json.dumps([{"drop": config}]))
    reason = stages.process(Entry(0, line, {}, extracted=dict(extracted)))
    assert reason in (None, "drop_stage")
    return reason is not None


@pytest.mark.parametrize(
    ("config", "line", "extracted", "dropped"),
    [
        ({"longer_than": "10b"}, "12345678901", {}, True),
        ({"longer_than": "10b"}, "1234567890", {}, False),
        ({"longer_than": "10b"}, "123456789", {}, False),
        ({"longer_than": 10}, "12345678901", {}, True),
        ({"longer_than": "10b"}, "äöüäöü", {}, True),
        ({"longer_than": "1kb"}, "x" * 1024, {}, False),
        ({"longer_than": "1KB"}, "x" * 1025, {}, True),
        ({"source": "key"}, "", {"key": ""}, True),
        ({"source": "key"}, "", {"key": None}, True),
        ({"source": "key1"}, "", {"key": "val1"}, False),
        ({"source": "key", "value": "val1"}, "", {"key": "val1"}, True),
        ({"source": "key", "value": "val1"}, "", {"key": "VALRUE1"}, False),
        ({"source": "key", "value": "val"}, "", {"key": "val1"}, False),
        ({"source": "key", "value": 200}, "", {"key": 200}, True),
        ({"source": "key", "value": "200"}, "", {"key": 200.0}, True),
        ({"source": "key", "value": ""}, "", {"key": None}, False),
        ({"source": "key", "expression": ".*val.*"}, "", {"key": "val1"}, True),
        ({"source": "key", "expression": ".*val.*"}, "", {"key": "pal1"}, False),
        ({"source": "key", "expression": ".*val.*"}, "", {"pokey": "pal1"}, False),
        ({"source": "key", "expression": ".*"}, "", {"key": None}, False),
        ({"expression": ".*val.*"}, "this is a line which does not match the regex", {}, False),
        ({"expression": ".*val.*"}, "this is a line with the word value in it", {}, True),
        ({"source": "key", "longer_than": "10b"}, "12345678901", {"key": "pal1"}, True),
        ({"source": "key", "longer_than": "10b"}, "123456789", {"key": "pal1"}, False),
        ({"source": "key", "longer_than": "10b"}, "123456789012", {"other": "pal1"}, False),
        ({"source": ["a", "b"]}, "", {"a": "1", "b": "2"}, True),
        ({"source": ["a", "b"]}, "", {"a": "1"}, False),
        ({"source": ["a", "b"], "value": "1;2"}, "", {"a": "1", "b": "2"}, True),
        ({"source": ["a", "b"], "value": "1#2", "separator": "#"}, "", {"a": "1", "b": "2"}, True),
        ({"source": ["a", "b"], "value": "12", "separator": ""}, "", {"a": "1", "b": "2"}, True),
        ({"source": ["a", "b"], "expression": "^1;2$"}, "", {"a": 1, "b": "2"}, True),
        ({"source": ["a", "b"], "expression": "^1$"}, "", {"a": 1}, True),
        (
            {"source": "key", "expression": ".*val.*", "older_than": "1h", "longer_than": "10b"},
            "12345678901",
            {"key": "must contain value to match"},
            True,
        ),
    ],
)
def test_lines_that_meet_all_criteria_are_dropped(
    config: dict[str, Any], line: str, extracted: dict[str, object], dropped: bool
) -> None:
    assert drops(config, line, **extracted) is dropped


@pytest.mark.parametrize(("age", "dropped"), [(HOUR - 1, False), (HOUR, False), (HOUR + 1, True)])
def test_lines_are_dropped_by_their_age(age: int, dropped: bool) -> None:
    now = 1_748_858_640_000_000_000
    stage = DropStage(DropCriteria(older_than_ns=HOUR), "old", clock_ns=lambda: now)
    assert stage.process(Entry(now - age, "", {})) == ("old" if dropped else None)


def test_a_drop_has_the_reason_of_its_configuration() -> None:
    stages = parse_stage_configs('[{"drop": {"expression": "a", "drop_counter_reason": "line_too_long"}}]')
    assert stages.process(Entry(0, "a", {})) == "line_too_long"


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ({}, "at least one of source, expression, older_than and longer_than must be set"),
        (None, "at least one of"),
        ({"separator": ","}, "at least one of"),
        ({"older_than": "10y"}, r"older_than is '10y'. It must be a duration such as 24h"),
        ({"value": "msg", "expression": ".*blah"}, "value and expression are both set"),
        ({"value": "msg", "longer_than": 1}, "value is set, but source is not"),
        (
            {"expression": "(?P<ts[0-9]+).*"},
            "expression is .* but it is not valid: invalid named capture group",
        ),
        ({"longer_than": "23QB"}, "longer_than is '23QB'. It must be a size such as 8kb"),
        ({"longer_than": True}, "longer_than is True"),
        ({"source": 5}, "source is 5. It must be the name of an extracted value, or a list of names"),
        ({"source": []}, r"source is \[\]"),
        ({"source": "a", "drop_counter_reason": 5}, "drop_counter_reason is 5"),
    ],
)
def test_a_wrong_configuration_is_refused(config: Any, message: str) -> None:
    with pytest.raises(ConfigurationError, match=rf"LOKI_STAGE_CONFIGS, stage 1 \(drop\): .*{message}"):
        drops(config)


@pytest.mark.parametrize(
    ("text", "nanoseconds"),
    [
        ("0", 0),
        ("24h", 24 * HOUR),
        ("1h30m", HOUR * 3 // 2),
        ("1.5h", HOUR * 3 // 2),
        (".5s", 5 * 10**8),
        ("-5m", -300 * 10**9),
        ("+1ms", 10**6),
        ("1us2ns", 1002),
        ("1µs", 1000),
        ("1μs", 1000),
    ],
)
def test_durations_are_those_of_go(text: str, nanoseconds: int) -> None:
    assert parse_duration(text) == nanoseconds


@pytest.mark.parametrize("text", ["", "1", "h", "1d", "1 h", "1h ", ".s", "--1h", "1h-1m", "9999999999h"])
def test_what_go_takes_for_no_duration_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parse_duration(text)


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("10000", 10_000),
        ("10b", 10),
        ("8kb", 8192),
        ("8K", 8192),
        ("1 MB", 2**20),
        ("2gb", 2**31),
        ("1t", 2**40),
    ],
)
def test_sizes_are_those_of_promtail(text: str, size: int) -> None:
    assert parse_size(text) == size


@pytest.mark.parametrize("text", ["", "kb", "1kib", "23QB", "1Kb", "-1", "1.5kb", "99999999999eb"])
def test_what_promtail_takes_for_no_size_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parse_size(text)
