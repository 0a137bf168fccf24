"""The replace stage: cases of Promtail's replace_test.go, and of its documentation."""

import hashlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promtail.content.stages.go_template import GoTemplate, MissingValueError
from promtail.content.stages.pipeline import parse_stage_configs
from promtail.entry import Entry
from promtail.errors import ConfigurationError

AGENT = "Mozilla/5.0 (Windows; U; Windows NT 5.1; de; rv:1.9.1.7) Gecko/20091221 Firefox/3.5.7 GTB6"
LINE = f'11.11.11.11 - frank [25/Jan/2000:14:00:01 -0500] "GET /1986.js HTTP/1.1" 200 932 "-" "{AGENT}"'
TEMPLATE = (
    '{{ if eq .Value "200" }}{{ Replace .Value "200" "HttpStatusOk" -1 }}'
    "{{ else }}{{ .Value | ToUpper }}{{ end }}"
)
REPLACED = (
    '11.11.11.11 - FRANK [25/JAN/2000:14:00:01 -0500] "GET /1986.JS HTTP/1.1" HttpStatusOk 932 "-" '
    f'"{AGENT.upper()}"'
)
NAMED = (
    r"^(?P<ip>\S+) (?P<identd>\S+) (?P<user>\S+) \[(?P<timestamp>[\w:/]+\s[+\-]\d{4})\] "
    r"\"(?P<action>\S+)\s?(?P<path>\S+)?\s?(?P<protocol>\S+)?\" (?P<status>\d{3}|-) (\d+|-)"
    r"\s?\"?(?P<referer>[^\"]*)\"?\s?\"?(?P<useragent>[^\"]*)?\"?$"
)
NESTED = (
    r"(?P<ip_user>^(?P<ip>\S+) (?P<identd>\S+) (?P<user>\S+)) \[(?P<timestamp>[\w:/]+\s[+\-]\d{4})\] "
    r"\"(?P<action_path>(?P<action>\S+)\s?(?P<path>\S+)?)\s?(?P<protocol>\S+)?\" (?P<status>\d{3}|-) (\d+|-)"
    r"\s?\"?(?P<referer>[^\"]*)\"?\s?\"?(?P<useragent>[^\"]*)?\"?$"
)
VALUES = {
    "ip": "11.11.11.11",
    "identd": "-",
    "user": "FRANK",
    "timestamp": "25/JAN/2000:14:00:01 -0500",
    "action": "GET",
    "path": "/1986.JS",
    "protocol": "HTTP/1.1",
    "status": "HttpStatusOk",
    "referer": "-",
    "useragent": AGENT.upper(),
}


def run(config: Any, line: str = LINE, **extracted: object) -> Entry:
    entry = Entry(0, line, {}, extracted=dict(extracted))
    assert parse_stage_configs(json.dumps([{"replace": config}])).process(entry) is None
    return entry


@pytest.mark.parametrize(
    ("expression", "replace", "line", "extracted"),
    [
        (r"11.11.11.11 - (\S+) .*", "dummy", LINE.replace("frank", "dummy"), {}),
        (NAMED, TEMPLATE, REPLACED, VALUES),
        (
            NESTED,
            TEMPLATE,
            REPLACED,
            VALUES | {"ip_user": "11.11.11.11 - FRANK", "action_path": "GET /1986.JS"},
        ),
        (r"11.11.11.11 - (\S+\s)", "", LINE.replace("frank ", ""), {}),
        (r"(\d{2}.\d{2}.\d{2}.\d{2}) - (\S+)", "*", LINE.replace("11.11.11.11 - frank", "* - *"), {}),
    ],
)
def test_what_groups_capture_is_replaced_in_the_line(
    expression: str, replace: str, line: str, extracted: dict[str, object]
) -> None:
    entry = run({"expression": expression, "replace": replace})
    assert (entry.line, entry.extracted) == (line, extracted)


@pytest.mark.parametrize(
    ("expression", "line", "replaced"),
    [
        ("(a|b|c)", "abc", "***"),
        ("x(a*)", "xaaxxa", "x*x*x*"),
        ("(ä)ö(ü)?", "äö äöü", "*ö *ö*"),
        ("client=([0-9.]+)", "client=10.0.0.1 a client=10.0.0.2", "client=* a client=*"),
        ("(nothing)", "a line", "a line"),
    ],
)
def test_all_matches_are_replaced(expression: str, line: str, replaced: str) -> None:
    assert run({"expression": expression, "replace": "*"}, line).line == replaced


def test_a_source_is_replaced_and_the_line_stays() -> None:
    config = {"expression": r"\S+ - \"POST (\S+) .*", "source": "msg", "replace": "/loki/api/v1/push/"}
    entry = run(config, "the line", msg='11.11.11.11 - "POST /loki/api/push/ HTTP/1.1" 200 932')
    assert entry.line == "the line"
    assert entry.extracted == {"msg": '11.11.11.11 - "POST /loki/api/v1/push/ HTTP/1.1" 200 932'}


def test_the_template_sees_extracted_values() -> None:
    entry = run(
        {"expression": "user=(\\w+)", "replace": "{{ .role }}#{{ .level }}"},
        "user=bob",
        role="admin",
        level=5,
    )
    assert entry.line == "user=admin#5"


def test_a_name_without_a_value_is_written_as_go_does_but_no_function_takes_it() -> None:
    assert run({"expression": "(a)", "replace": "{{ .nope }}"}, "a").line == "<no value>"
    entry = run({"expression": "(?P<x>a)", "replace": "{{ .nope | ToUpper }}"}, "a")
    assert (entry.line, entry.extracted) == ("a", {})


def test_the_replacement_of_a_secret_is_its_hash_with_the_salt() -> None:
    config = {"expression": "token=(\\w+)", "replace": '{{ .Value | Sha2Hash "salt" }}'}
    digest = hashlib.sha256(b"saltabc").hexdigest()
    assert run(config, "token=abc end").line == f"token={digest} end"


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("", ""),
        ("text", "text"),
        ("{{ .Value }}", "aXbX "),
        ("{{.Value}}", "aXbX "),
        ("<{{- .Value -}}  >", "<aXbX >"),
        ("< {{- /* why */ -}} >", "<>"),
        ('{{ "quoted }} \\" text" }}', 'quoted }} " text'),
        ("{{ `raw\\n` }}", "raw\\n"),
        ("{{ ToUpper .Value }}", "AXBX "),
        ("{{ .Value | ToLower }}", "axbx "),
        ("{{ .Value | ToLower | TrimSpace }}!", "axbx!"),
        ('{{ Replace .Value "X" "-" 1 }}', "a-bX "),
        ('{{ Replace .Value "X" "" -1 }}', "ab "),
        ('{{ Trim .Value "a " }}', "XbX"),
        ('{{ TrimLeft .Value "Xa" }}', "bX "),
        ('{{ TrimRight .Value " X" }}', "aXb"),
        ('{{ TrimPrefix .Value "aX" }}', "bX "),
        ('{{ TrimSuffix .Value "X " }}', "aXb"),
        ('{{ TrimSuffix .Value "nope" }}', "aXbX "),
        ("{{ (ToUpper .Value) | TrimSpace }}", "AXBX"),
        ('{{ Replace (TrimSpace .Value) "X" (ToLower .Value) -1 }}', "aaxbx baxbx "),
        ('{{ .Value | Hash "salt" }}', hashlib.sha3_256(b"saltaXbX ").hexdigest()),
        ('{{ Hash "salt" .Value }}', hashlib.sha3_256(b"saltaXbX ").hexdigest()),
        ("{{ .Value }}-{{ .other }}", "aXbX -42"),
        ("{{ eq .other `42` }}", "true"),
        ("{{ if ne .other `42` }}a{{ end }}b", "b"),
        ("{{ if .missing }}a{{ else if eq .other `42` }}b{{ else }}c{{ end }}", "b"),
        ("{{ if .missing }}a{{ else if eq .other `1` }}b{{ else }}c{{ end }}", "c"),
        ("{{ if .Value }}{{ if .missing }}x{{ else }}y{{ end }}{{ end }}z", "yz"),
        ("{{ .Value }", None),
        ("}} { }", "}} { }"),
    ],
)
def test_templates_are_those_of_go(template: str, expected: str | None) -> None:
    if expected is None:
        with pytest.raises(ValueError, match="is not closed"):
            GoTemplate(template)
    else:
        assert GoTemplate(template).execute({"Value": "aXbX ", "other": "42"}) == expected


@pytest.mark.parametrize(
    ("template", "message"),
    [
        (
            "{{ range .items }}{{ end }}",
            "'range' is not supported. Supported are ToUpper, .* if, else and end",
        ),
        ("{{ with .a }}{{ end }}", "'with' is not supported"),
        ('{{ define "x" }}{{ end }}', "'define' is not supported"),
        ("{{ printf .a }}", "'printf' is not supported"),
        ("{{ .a | regexReplaceAll }}", "'regexReplaceAll' is not supported"),
        ("{{ $x := .a }}", r"'\$x' is not supported"),
        ("{{ . }}", r"'\.' is not supported"),
        ("{{ .a.b }}", r"'\.a\.b' is not supported"),
        ("{{ ToUpper }}", "ToUpper takes a string, but is given nothing"),
        ("{{ ToUpper 5 }}", "ToUpper takes a string, but is given a whole number"),
        ('{{ .a | Replace "a" "b" -1 }}', "Replace takes .* but is given"),
        ("{{ eq .a 5 }}", "eq takes a string, a string, but is given a string, a whole number"),
        ("{{ }}", "is empty"),
        ("{{ .a | }}", "is empty"),
        ("{{ .a | .b }}", "only a function can stand after"),
        ("{{ .a .b }}", r"unexpected 'b'"),
        ("{{ (.a }}", "a parenthesis is not closed"),
        ("{{ ToUpper ToLower .a }}", "'ToLower' is not supported here"),
        ("{{ if .a }}x", "has no {{ end }}"),
        ("{{ end }}", "has no {{ if }} before it"),
        ("{{ else }}", "has no {{ if }} before it"),
        ("{{ if .a }}{{ else x }}{{ end }}", "'x' cannot stand after else"),
        ('{{ "\\x41" }}', "an escape that is not supported"),
        ('{{ "\\ud800" }}', "an escape that is not supported"),
    ],
)
def test_what_templates_cannot_do_here_is_refused_by_name(template: str, message: str) -> None:
    with pytest.raises(
        ConfigurationError, match=rf"stage 1 \(replace\): replace is not a template .*{message}"
    ):
        run({"expression": "(a)", "replace": template})


def test_no_message_shows_the_salt_of_a_hash() -> None:
    with pytest.raises(ConfigurationError) as error:
        run({"expression": "(a)", "replace": '{{ .Value | Hash "s4lt" | printf }}'})
    assert "s4lt" not in str(error.value)


@pytest.mark.parametrize(
    ("config", "message"),
    [
        (None, "expression is not set"),
        ({"expression": "(?P<ts[0-9]+).*", "replace": "test"}, "invalid named capture group"),
        ({"expression": "(a)", "source": ""}, "source is ''"),
        (
            {"expression": "a+", "replace": "x"},
            r"expression is 'a\+'. It must be a regular expression with a group",
        ),
        ({"expression": "(a)", "replace": 5}, "replace is 5. It must be a string"),
    ],
)
def test_a_wrong_configuration_is_refused(config: Any, message: str) -> None:
    with pytest.raises(ConfigurationError, match=rf"stage 1 \(replace\): .*{message}"):
        run(config)


@given(st.text(alphabet='{}|()-. "`aVToUper\\$'))
def test_a_template_is_read_or_refused(template: str) -> None:
    try:
        parsed = GoTemplate(template)
    except ValueError:
        return
    try:
        parsed.execute({"Value": "x"})
    except MissingValueError:
        return


@given(st.text())
def test_replacing_nothing_but_digits_leaves_the_rest(line: str) -> None:
    replaced = run({"expression": "([0-9])", "replace": "#"}, line).line
    assert replaced == "".join("#" if character in "0123456789" else character for character in line)
