"""The regex stage: cases of Promtail's regex_test.go, and of its documentation."""

import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promtail.content.stages.go_regexp import Template, compile_regexp, find_all
from promtail.content.stages.pipeline import parse_stage_configs
from promtail.entry import Entry
from promtail.errors import ConfigurationError

ACCESS = (
    r"^(?P<ip>\S+) (?P<identd>\S+) (?P<user>\S+) \[(?P<timestamp>[\w:/]+\s[+\-]\d{4})\] "
    r"\"(?P<action>\S+)\s?(?P<path>\S+)?\s?(?P<protocol>\S+)?\" (?P<status>\d{3}|-) (?P<size>\d+|-)"
    r"\s?\"?(?P<referer>[^\"]*)\"?\s?\"?(?P<useragent>[^\"]*)?\"?$"
)
LINE = (
    '11.11.11.11 - frank [25/Jan/2000:14:00:01 -0500] "GET /1986.js HTTP/1.1" 200 932 "-" '
    '"Mozilla/5.0 (Windows; U; Windows NT 5.1; de; rv:1.9.1.7) Gecko/20091221 Firefox/3.5.7 GTB6"'
)
VALUES = {
    "ip": "11.11.11.11",
    "identd": "-",
    "user": "frank",
    "timestamp": "25/Jan/2000:14:00:01 -0500",
    "action": "GET",
    "path": "/1986.js",
    "protocol": "HTTP/1.1",
    "status": "200",
    "size": "932",
    "referer": "-",
    "useragent": "Mozilla/5.0 (Windows; U; Windows NT 5.1; de; rv:1.9.1.7) Gecko/20091221 Firefox/3.5.7 GTB6",
}


def run(*configs: Any, line: str = LINE, **extracted: object) -> Entry:
    entry = Entry(0, line, {"protocol": "HTTP/2", "job": "x"}, extracted=dict(extracted))
    stages = parse_stage_configs(json.dumps([{"regex": config} for config in configs]))
    assert stages.process(entry) is None
    return entry


def extracted_by(*configs: Any, line: str = LINE, **extracted: Any) -> dict[str, object]:
    entry = Entry(0, line, {}, extracted=dict(extracted))
    parse_stage_configs(json.dumps([{"regex": config} for config in configs])).process(entry)
    return entry.extracted


def test_named_groups_are_extracted() -> None:
    assert extracted_by({"expression": ACCESS}) == VALUES


def test_a_second_stage_reads_what_the_first_one_extracted() -> None:
    version = {"expression": r"^HTTP\/(?P<protocol_version>[0-9\.]+)$", "source": "protocol"}
    assert extracted_by({"expression": ACCESS}, version) == VALUES | {"protocol_version": "1.1"}


def test_groups_become_labels_and_replace_those_of_the_same_name() -> None:
    assert run({"expression": ACCESS, "labels_from_groups": True}).labels == {"job": "x"} | VALUES


def test_a_group_outside_the_match_is_empty_and_takes_its_label_away() -> None:
    config = {"expression": "(?P<a>x)|(?P<job>y)", "labels_from_groups": True}
    entry = run(config, line="x")
    assert (entry.extracted["a"], entry.extracted["job"]) == ("x", "")
    assert entry.labels == {"protocol": "HTTP/2", "a": "x"}


@pytest.mark.parametrize("extracted", [{}, {"time": None}, {"time": "no digits"}])
def test_without_a_match_nothing_is_extracted(extracted: dict[str, Any]) -> None:
    config = {"expression": r"^(?P<year>\d+)", "source": "time"}
    assert extracted_by(config, **extracted) == extracted


def test_a_number_is_matched_as_text() -> None:
    config = {"expression": r"^(?P<class>\d)\d\d$", "source": "status"}
    assert extracted_by(config, status=503)["class"] == "5"


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ({}, "expression is not set. It must be a regular expression"),
        ({"expression": "(?P<ts[0-9]+).*"}, "invalid named capture group"),
        ({"expression": "(?=a)(?P<b>c)"}, r"invalid perl operator: \(\?="),
        ({"expression": r"(?P<b>\C)"}, r"invalid escape sequence: \\C"),
        (
            {"expression": "(a)b"},
            r"expression is '\(a\)b'. It must be a regular expression with named groups",
        ),
        ({"expression": "(?P<a>b)", "source": ""}, "source is ''"),
        ({"expression": "(?P<ä>b)", "labels_from_groups": True}, "'ä' is not a label name"),
    ],
)
def test_a_wrong_configuration_is_refused(config: Any, message: str) -> None:
    with pytest.raises(ConfigurationError, match=rf"stage 1 \(regex\): .*{message}"):
        run(config)


def test_no_line_can_hang_the_function() -> None:
    started = time.monotonic()
    extracted_by({"expression": "^(?P<a>(a*)*)*b$"}, line="a" * 20_000)
    assert time.monotonic() - started < 60  # And not for years.


@pytest.mark.parametrize(
    ("expression", "text", "spans"),
    [
        ("a*", "baaac", [(0, 0), (1, 4), (5, 5)]),
        ("", "äb", [(0, 0), (1, 1), (2, 2)]),
        ("ö", "ööx", [(0, 1), (1, 2)]),
        ("x", "abc", []),
    ],
)
def test_all_matches_are_those_that_go_finds(
    expression: str, text: str, spans: list[tuple[int, int]]
) -> None:
    assert [match.span() for match in find_all(compile_regexp(expression), text)] == spans


@given(st.text(alphabet="$ab{}1", max_size=10))
def test_no_template_makes_expansion_fail(template: str) -> None:
    regexp = compile_regexp("(?P<a>a)(b)?")
    match = regexp.search("a")
    assert match is not None
    assert isinstance(Template(template, regexp).expand(match), str)
