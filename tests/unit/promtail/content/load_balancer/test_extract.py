"""Values from lines."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promtail.content.load_balancer.extract import MAX_ROW_BYTES, Extractor
from promtail.content.load_balancer.fields import FIELDS, LAYOUTS, Field, Shape
from tests.unit.promtail.content.load_balancer.lines import (
    ALB_ACCESS,
    CLB,
    HOSTILE,
    KINDS,
    LINES,
    NLB,
    VALUES,
)


def read(kind: str, line: bytes, *names: str) -> dict[str, str]:
    """Return the values that a line has."""
    extractor = Extractor(LAYOUTS[kind], names or FIELDS[kind])
    (row,) = extractor.rows([line])
    return {name: value.decode() for name, value in zip(extractor.names, row, strict=True) if value}


def replaced(line: bytes, index: int, field: bytes) -> bytes:
    """Replace a field before the first quoted one."""
    fields = line.split(b" ")
    return b" ".join([*fields[:index], field, *fields[index + 1 :]])


@pytest.mark.parametrize("kind", KINDS)
def test_a_line_has_all_values_of_its_kind(kind: str) -> None:
    assert read(kind, LINES[kind]) == VALUES[kind]


@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind in KINDS for name in FIELDS[kind]])
def test_a_value_is_the_same_when_it_is_the_only_one_chosen(kind: str, name: str) -> None:
    value = VALUES[kind].get(name)
    assert read(kind, LINES[kind], name) == ({name: value} if value else {})


def test_names_come_in_the_order_of_the_line_without_those_of_other_kinds() -> None:
    extractor = Extractor(LAYOUTS["clb"], ["path", "conn_trace_id", "elb", "method"])
    assert extractor.names == ("elb", "method", "path")
    assert extractor.rows([CLB]) == [(b"my-loadbalancer", b"GET", b"/a")]


@pytest.mark.parametrize(
    ("kind", "count"),
    [("alb_access", 29), ("alb_connection", 12), ("alb_health_check", 8), ("nlb", 18), ("clb", 12)],
)
def test_lines_from_before_aws_added_fields_are_read(kind: str, count: int) -> None:
    fields = LAYOUTS[kind].fields[:count]
    shapes = {Shape.QUOTED: '"v w"', Shape.REQUEST: '"GET http://h/p HTTP/1.1"'}
    line = " ".join(shapes.get(field.shape, "5") for field in fields).encode()
    extractor = Extractor(LAYOUTS[kind], FIELDS[kind], complete=True)
    (row,) = extractor.rows([line])
    values = dict(zip(extractor.names, row, strict=True))
    assert values[fields[-1].names[0]] != b""
    assert values[LAYOUTS[kind].fields[count].names[0]] == b""
    assert extractor.rows([line.rsplit(b" ", 1)[0] if b'"' not in line[-9:] else line[:-6]]) == [
        (b"",) * len(row)
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_fields_that_aws_adds_are_kept_as_they_are(kind: str) -> None:
    values = read(kind, LINES[kind] + b' new "quoted \\" text" -')
    assert values == VALUES[kind] | {"additional_fields": 'new "quoted \\" text" -'}


@pytest.mark.parametrize("absent", [b"-", b"-1"])
def test_a_number_can_be_absent_in_two_ways(absent: bytes) -> None:
    line = replaced(replaced(ALB_ACCESS, 6, absent), 8, absent)
    values = read("alb_access", line)
    assert not {"target_processing_time", "elb_status_code", "status_class"} & values.keys()
    assert values["response_processing_time"] == "0.037"


def test_text_that_begins_like_an_absent_value_is_text() -> None:
    line = ALB_ACCESS.replace(b'"www.example.com"', b'"-1"').replace(b" TLSv1.2 ", b" -x ")
    assert read("alb_access", line, "domain_name", "ssl_protocol") == {
        "domain_name": "-1",
        "ssl_protocol": "-x",
    }


def test_minus_one_is_a_value_of_the_rule_priority() -> None:
    line = ALB_ACCESS.replace(b" 1 2018", b" -1 2018")
    assert read("alb_access", line, "matched_rule_priority") == {"matched_rule_priority": "-1"}


@pytest.mark.parametrize(
    ("endpoint", "ip", "port"),
    [
        (b"203.0.113.7:65535", "203.0.113.7", "65535"),
        (b"2001:db8::1:443", "2001:db8::1", "443"),
        (b"[2001:db8:1:2:3:4:5:6]:443", "2001:db8:1:2:3:4:5:6", "443"),
        (b"::ffff:203.0.113.7:1", "::ffff:203.0.113.7", "1"),
    ],
)
def test_endpoints_are_divided_at_the_last_colon(endpoint: bytes, ip: str, port: str) -> None:
    values = read("alb_access", replaced(ALB_ACCESS, 3, endpoint))
    assert (values["client_ip"], values["client_port"]) == (ip, port)
    assert values["client"] == endpoint.decode()


def test_a_lambda_target_has_no_address() -> None:
    arn = "arn:aws:lambda:eu-west-1:222222222222:function:shop"
    line = replaced(LINES["alb_health_check"], 3, arn.encode())
    names = ("target_addr", "target_ip", "target_port")
    assert read("alb_health_check", line, *names) == {"target_addr": arn}


def test_a_grpc_status_has_no_class() -> None:
    line = replaced(LINES["alb_health_check"], 6, b"12")
    assert read("alb_health_check", line, "status_code", "status_class") == {"status_code": "12"}


@pytest.mark.parametrize(
    ("request_line", "values"),
    [
        (b"- - - ", {}),
        (b"-", {}),
        (
            b"- http://www.example.com:80- -",
            {"url": "http://www.example.com:80-", "host": "www.example.com"},
        ),
        (
            b"GET https://[2001:db8::1]:443/?x HTTP/2.0",
            {"method": "GET", "host": "[2001:db8::1]", "path": "/", "query": "x", "protocol": "HTTP/2.0"},
        ),
        (b"GET http://h/a?b?c=/d HTTP/1.1", {"path": "/a", "query": "b?c=/d"}),
        (b"GET http://h HTTP/1.1", {"host": "h", "url": "http://h"}),
        (b"GET http://h/a b HTTP/1.1", {"request": "GET http://h/a b HTTP/1.1"}),
        (b'GET http://h/\\" - \\"x\\" HTTP/1.1', {"request": 'GET http://h/" - "x" HTTP/1.1'}),
        (
            b'GET http://h/\\"a\\"?\\"b\\" HTTP/1.1',
            {"path": '/"a"', "query": '"b"', "url": 'http://h/"a"?"b"'},
        ),
    ],
)
def test_requests_are_divided(request_line: bytes, values: dict[str, str]) -> None:
    start, rest = CLB.split(b' "', 1)
    line = start + b' "' + request_line + b'" ' + rest.split(b'" ', 1)[1]
    found = read("clb", line)
    assert {name: found[name] for name in values} == values
    if not values:
        assert not {"request", "method", "url", "host", "path", "query", "protocol"} & found.keys()
    assert found["user_agent"] == "curl/7.38.0"


def test_a_backslash_at_the_end_of_a_quoted_field_is_escaped_itself() -> None:
    line = ALB_ACCESS.replace(b'"Robot \\"Spider\\" 2.1"', b'"C:\\\\"')
    assert read("alb_access", line, "user_agent", "trace_id") == {
        "user_agent": "C:\\\\",
        "trace_id": VALUES["alb_access"]["trace_id"],
    }


def test_a_line_that_breaks_off_has_the_values_before() -> None:
    line = ALB_ACCESS[: ALB_ACCESS.index(b"Spider")]
    assert read("alb_access", line, "elb_status_code", "path", "user_agent", "trace_id") == {
        "elb_status_code": "200",
        "path": "/shop/a%20b",
    }


def test_long_values_are_cut_at_the_end_of_a_character() -> None:
    agent = "é" * 3000
    line = ALB_ACCESS.replace(b'Robot \\"Spider\\" 2.1', b"x" + agent.encode())
    extractor = Extractor(LAYOUTS["alb_access"], ["user_agent", "path"])
    (row,) = extractor.limited_rows([line])
    assert row == (b"/shop/a%20b", b"x" + "é".encode() * 2047)
    assert extractor.rows([line])[0][1] == b"x" + agent.encode()


def test_a_row_of_all_values_is_short_enough_for_loki() -> None:
    long = b"x" * 20_000
    line = b" ".join(
        b'"GET http://h/' + long + b' HTTP/1.1"'
        if field.shape is Shape.REQUEST
        else b'"' + long + b'"'
        if field.shape is Shape.QUOTED
        else long
        for field in LAYOUTS["alb_access"].fields
    )
    (row,) = Extractor(LAYOUTS["alb_access"], FIELDS["alb_access"]).limited_rows([line])
    assert 30_000 < sum(map(len, row)) <= MAX_ROW_BYTES


@pytest.mark.parametrize("kind", KINDS)
def test_hostile_lines_take_no_longer_than_their_length_asks_for(kind: str) -> None:
    extractor = Extractor(LAYOUTS[kind], FIELDS[kind])
    for line in HOSTILE:
        start = time.process_time()
        extractor.limited_rows([line])
        assert time.process_time() - start < 1, line[:80]


_TOKENS = st.text(st.characters(codec="utf-8", exclude_characters=' "\\\n'), min_size=1).filter(
    lambda text: text not in ("-", "-1")
)
_TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\\\n"), min_size=1).filter(
    lambda text: text != "-"
)
_NUMBERS = st.from_regex(r"[0-9]{1,9}(\.[0-9]{1,6})?", fullmatch=True)
_PARTS = st.from_regex(r"[a-zA-Z0-9%._~-]{1,12}", fullmatch=True).filter(lambda text: text[0] != "-")
_ADDRESSES = st.ip_addresses().map(str)


@st.composite
def _field_and_values(draw: st.DrawFn, field: Field) -> tuple[str, dict[str, str]]:
    if field.shape is Shape.ENDPOINT:
        ip, port = draw(_ADDRESSES), str(draw(st.integers(0, 65535)))
        return f"{ip}:{port}", dict(zip(field.names, (f"{ip}:{port}", ip, port), strict=True))
    if field.shape is Shape.REQUEST:
        method, host, path, query = (draw(_PARTS) for _ in range(4))
        url = f"https://{host}:443/{path}?{query}"
        request_line = f"{method} {url} HTTP/1.1"
        parts = (request_line, method, url, host, f"/{path}", query, "HTTP/1.1")
        return f'"{request_line}"', dict(zip(field.names, parts, strict=True))
    if field.shape is Shape.STATUS:
        code = str(draw(st.integers(100, 599)))
        return code, {field.names[0]: code, "status_class": f"{code[0]}xx"}
    if field.shape is Shape.REST:
        return "", {}
    strategy = {Shape.NUMBER: _NUMBERS, Shape.QUOTED: _TEXTS}.get(field.shape, _TOKENS)
    value = draw(strategy)
    text = '"' + value.replace('"', '\\"') + '"' if field.shape is Shape.QUOTED else value
    return text, {field.names[0]: value}


@given(data=st.data(), kind=st.sampled_from(KINDS))
def test_what_is_written_into_a_line_is_read_from_it(data: st.DataObject, kind: str) -> None:
    texts, values = [], {}
    for field in LAYOUTS[kind].fields[:-1]:
        text, found = data.draw(_field_and_values(field))
        texts.append(text)
        values.update(found)
    assert read(kind, " ".join(texts).encode()) == values


_PIECES = st.sampled_from(
    [
        b" ", b"-", b"-1", b'"', b'\\"', b"\\", b"a", b"200", b"0.1", b"192.0.2.1:80", b"::1:2", b"GET", b"http://h:1",
        b"/p", b"?", b"q", b'"-"', b'"GET http://h/p?q HTTP/1.1"', b'"a\\"b"', b'"\\\\"', b"\x00", "é".encode(),
    ]
)  # fmt: skip


@given(
    kind=st.sampled_from(KINDS),
    data=st.data(),
    pieces=st.lists(_PIECES, max_size=12).map(b"".join),
    at=st.integers(0, 700),
)
def test_the_quick_way_and_the_slow_way_read_the_same(
    kind: str, data: st.DataObject, pieces: bytes, at: int
) -> None:
    line = LINES[kind][:at] + pieces + LINES[kind][at + len(pieces) :]
    names = data.draw(st.sets(st.sampled_from(FIELDS[kind]), min_size=1))
    complete = "additional_fields" in names and data.draw(st.booleans())
    extractor = Extractor(LAYOUTS[kind], names, complete=complete)
    quick = extractor.rows([line])
    extractor._match = lambda _: None  # type: ignore[assignment]
    assert extractor.rows([line]) == quick


@given(lines=st.lists(st.binary() | st.lists(_PIECES).map(b"".join)), kind=st.sampled_from(KINDS))
def test_any_bytes_give_rows(lines: list[bytes], kind: str) -> None:
    rows = Extractor(LAYOUTS[kind], FIELDS[kind]).limited_rows(lines)
    assert [len(row) for row in rows] == [len(FIELDS[kind])] * len(lines)


def test_an_old_nlb_line_without_the_last_field_is_read() -> None:
    line = NLB.rsplit(b" ", 1)[0]
    assert read("nlb", line, "alpn_client_preference_list", "tls_connection_creation_time") == {
        "alpn_client_preference_list": '"h2","http/1.1"'
    }


def test_a_request_does_not_end_at_an_escaped_quote_before_a_space() -> None:
    line = CLB.replace(b"/a?b=c", b'/\\" x')
    assert read("clb", line, "request") == {"request": 'GET https://www.example.com:443/" x HTTP/1.1'}
