"""The logfmt stage: cases of Promtail's logfmt_test.go, and of go-logfmt's decode_test.go."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promtail.content.stages.logfmt_decoder import decode
from promtail.content.stages.pipeline import parse_stage_configs
from promtail.entry import Entry
from promtail.errors import ConfigurationError

FIXTURE = """
\ttime=2012-11-01T22:08:41+00:00
\tapp=loki
\tlevel=WARN
\tnested="child=value"
\tmessage="this is a log line"
"""


def extract(*configs: Any, line: str = FIXTURE, **extracted: Any) -> dict[str, object]:
    entry = Entry(0, line, {}, extracted=dict(extracted))
    assert parse_stage_configs(json.dumps([{"logfmt": config} for config in configs])).process(entry) is None
    return entry.extracted


def test_pairs_are_extracted_under_the_names_of_the_mapping() -> None:
    mapping = {"time": "", "application": "app", "level": None, "nested": "", "message": "", "unknown": ""}
    assert extract({"mapping": mapping}) == {
        "time": "2012-11-01T22:08:41+00:00",
        "application": "loki",
        "level": "WARN",
        "nested": "child=value",
        "message": "this is a log line",
    }


def test_a_second_stage_reads_what_the_first_one_extracted() -> None:
    line = 'time=2012-11-01T22:08:41+00:00 app=loki\tlevel=WARN message="this is a log line" extra="user=foo"'
    stages = ({"mapping": {"extra": ""}}, {"mapping": {"user": ""}, "source": "extra"})
    assert extract(*stages, line=line) == {"extra": "user=foo", "user": "foo"}


@pytest.mark.parametrize("extracted", [{}, {"log": "not logfmt"}, {"log": None}])
def test_a_source_without_the_pair_extracts_nothing(extracted: dict[str, Any]) -> None:
    assert extract({"mapping": {"app": ""}, "source": "log"}, **extracted) == extracted


def test_what_comes_before_a_fault_is_extracted() -> None:
    assert extract({"mapping": {"a": "", "c": ""}}, line='a=1 b=x"y c=2') == {"a": "1"}


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("", []),
        ("\n\n", []),
        ("x= ", [("x", "")]),
        ("y=", [("y", "")]),
        ("y", [("y", "")]),
        ("y=f", [("y", "f")]),
        ('y="\\tf"', [("y", "\tf")]),
        ("y='t\tf'", [("y", "t\tf")]),
        ("a=1\r\n", [("a", "1")]),
        (
            'a=1 b="bar" ƒ=2h3s r="esc\\t" d x=sf   ',
            [("a", "1"), ("b", "bar"), ("ƒ", "2h3s"), ("r", "esc\t"), ("d", ""), ("x", "sf")],
        ),
        ("y=f  \n\x1e y=g", [("y", "f"), ("y", "g")]),
        ("y= d y=g", [("y", ""), ("d", ""), ("y", "g")]),
        ('y="f\\n"y=g', [("y", "f\n"), ("y", "g")]),
        ('y="\\u00e4\\ud83d\\ude00\\ud800"', [("y", "ä😀\ufffd")]),
        ('y="it\\\'s \\"so\\" \\\\"', [("y", 'it\'s "so" \\')]),
        ("a=1\n=bar b=2", [("a", "1")]),
        ('a=1\n"k"=bar', [("a", "1")]),
        ('a=1\nk"ey=bar', [("a", "1")]),
        ('a=1\nk=b"ar', [("a", "1")]),
        ("a=1\nk=b =ar", [("a", "1"), ("k", "b")]),
        ("a==", []),
        ("a=1\nk=b=ar", [("a", "1")]),
        ('a="1', []),
        ('a="1\\', []),
        ('a="\\u1"', []),
        ('a="\\x"', []),
        ('a="\t\\n"', []),
        ("a\ufffd=bar", []),
    ],
)
def test_the_decoder_keeps_the_rules_of_go_logfmt(text: str, pairs: list[tuple[str, str]]) -> None:
    assert list(decode(text)) == pairs


@given(st.text() | st.text(alphabet="a=\"'\\ \n\tu1"))
def test_no_text_makes_the_decoder_fail(text: str) -> None:
    for key, value in decode(text):
        assert key
        value.encode("utf-8", "surrogatepass")


@given(st.dictionaries(st.from_regex(r"[a-zäß.]+", fullmatch=True), st.text(st.characters(codec="utf-8"))))
def test_quoted_values_come_back(pairs: dict[str, str]) -> None:
    text = " ".join(f"{key}={json.dumps(value)}" for key, value in pairs.items())
    assert dict(decode(text)) == pairs


@pytest.mark.parametrize(
    ("config", "message"),
    [
        (None, "mapping is not set"),
        ({"mapping": {}}, r"mapping is \{\}"),
        ({"mapping": {"a": ""}, "source": ""}, "source is ''"),
        ({"mapping": ["a"]}, r"mapping is \['a'\]. It must be a JSON object"),
    ],
)
def test_a_wrong_configuration_is_refused(config: Any, message: str) -> None:
    with pytest.raises(ConfigurationError, match=rf"stage 1 \(logfmt\): {message}"):
        extract(config)
