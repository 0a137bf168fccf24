"""JSON and logfmt."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promtail.content.load_balancer.fields import LAYOUTS, NUMERIC
from promtail.content.load_balancer.output import Formatter
from tests.unit.promtail.content.load_balancer.lines import ALB_ACCESS, CLB, HOSTILE, KINDS, LINES, VALUES

REPEATED = {"status_class", "host", "path", "query", "request", "client", "target", "backend", "destination"}


def write(kind: str, line: bytes, *, as_json: bool = True) -> bytes:
    (written,) = Formatter(LAYOUTS[kind], as_json=as_json).format([line])
    return written


@pytest.mark.parametrize("kind", KINDS)
def test_json_has_every_value_once_and_numbers_as_numbers(kind: str) -> None:
    expected = {
        name: float(value) if name in NUMERIC else value
        for name, value in VALUES[kind].items()
        if name not in REPEATED | {"target_addr"}
    }
    assert json.loads(write(kind, LINES[kind])) == expected


def test_json_keeps_the_digits_of_numbers() -> None:
    written = write("alb_access", ALB_ACCESS.replace(b" 0.048 ", b" 0.100 "))
    assert b'"target_processing_time":0.100,' in written
    assert b'"sent_bytes":57,' in written


@pytest.mark.parametrize("code", ["007", "1e3", "abc", "+1", "1."])
def test_what_json_does_not_take_as_a_number_is_a_string(code: str) -> None:
    written = write("clb", CLB.replace(b" 200 0 57", f" {code} 0 57".encode()))
    assert json.loads(written)["backend_status_code"] == code


def test_logfmt_quotes_what_needs_it() -> None:
    line = (
        LINES["clb"]
        .replace(b"curl/7.38.0", b'a \\"b\\"')
        .replace(b"DHE-RSA-AES128-SHA", b"a=b")
        .replace(b"/a?b=c", b"/\xc3\xa9")
    )
    assert write("clb", line, as_json=False).decode() == (
        "timestamp=2015-05-13T23:39:43.945958Z elb=my-loadbalancer client_ip=192.168.131.39 client_port=2817 "
        "target_ip=10.0.0.1 target_port=80 request_processing_time=0.000086 backend_processing_time=0.001048 "
        "response_processing_time=0.001337 elb_status_code=503 backend_status_code=200 received_bytes=0 sent_bytes=57 "
        'method=GET url=https://www.example.com:443/é protocol=HTTP/1.1 user_agent="a \\"b\\"" ssl_cipher="a=b" '
        "ssl_protocol=TLSv1.2"
    )


def test_what_cannot_be_divided_is_there_whole() -> None:
    arn = b"arn:aws:lambda:eu-west-1:222222222222:function:shop"
    written = json.loads(
        write("alb_health_check", LINES["alb_health_check"].replace(b"172.31.20.97:80", arn))
    )
    assert written["target_addr"] == arn.decode()
    written = json.loads(
        write("clb", CLB.replace(b"192.168.131.39:2817", b"unknown").replace(b"https://", b""))
    )
    assert written["client"] == "unknown"
    assert written["request"] == "GET www.example.com:443/a?b=c HTTP/1.1"
    assert "method" not in written


def test_fields_that_aws_added_are_not_lost() -> None:
    assert json.loads(write("clb", CLB + b' new "x y"'))["additional_fields"] == 'new "x y"'


@pytest.mark.parametrize("as_json", [True, False])
@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"no log line",
        ALB_ACCESS[:300],
        ALB_ACCESS[: ALB_ACCESS.index(b'" 203.0.113.9')],
        ALB_ACCESS.replace(b"page=2", b'page="2"'),
    ],
)
def test_an_unreadable_line_stays_as_it_is(line: bytes, as_json: bool) -> None:
    assert write("alb_access", line, as_json=as_json) == line


def test_a_long_value_is_written_whole() -> None:
    line = CLB.replace(b"curl/7.38.0", b"x" * 100_000)
    assert len(json.loads(write("clb", line))["user_agent"]) == 100_000


@pytest.mark.parametrize("kind", KINDS)
def test_hostile_lines_take_no_longer_than_their_length_asks_for(kind: str) -> None:
    formatter = Formatter(LAYOUTS[kind], as_json=True)
    for line in HOSTILE:
        start = time.process_time()
        formatter.format([line])
        assert time.process_time() - start < 1, line[:80]


@given(agent=st.binary().map(lambda raw: raw.replace(b"\\", b"").replace(b'"', b'\\"')))
def test_any_bytes_in_a_field_become_valid_json(agent: bytes) -> None:
    line = CLB.replace(b"curl/7.38.0", agent)
    written = json.loads(write("clb", line).decode())
    expected = agent.replace(b'\\"', b'"').decode(errors="replace")
    assert written.get("user_agent", "") == ("" if expected == "-" else expected)
