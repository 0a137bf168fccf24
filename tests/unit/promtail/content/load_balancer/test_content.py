"""Settings applied to lines."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promtail.content.load_balancer import ContentOptions, Group, KindContent, content_for
from promtail.content.load_balancer.fields import FIELDS
from promtail.content.load_balancer.options import parse_filter_rules
from tests.unit.promtail.content.load_balancer.lines import ALB_ACCESS, CLB, HOSTILE, KINDS, LINES

ERROR = ALB_ACCESS.replace(b" 200 201 ", b" 503 502 ")
NO_STATUS = ALB_ACCESS.replace(b" 200 201 ", b" - - ")
ALL = ContentOptions(
    structured_metadata=tuple(dict.fromkeys(name for names in FIELDS.values() for name in names)),
    labels=("log_kind", "load_balancer_type", "status_class"),
    output_format="json",
    redact=("client_ip", "query_string"),
)


def content(options: ContentOptions, kind: str = "alb_access") -> KindContent:
    found = content_for(options, kind)
    assert found is not None
    return found


@pytest.mark.parametrize("kind", [*KINDS, "vpc_flow"])
def test_nothing_is_done_by_default(kind: str) -> None:
    assert content_for(ContentOptions(), kind) is None


@pytest.mark.parametrize(
    ("options", "kind"),
    [
        (ContentOptions(structured_metadata=("path",)), "nlb"),
        (ContentOptions(labels=("status_class",)), "alb_connection"),
        (ContentOptions(redact=("client_ip",)), "alb_health_check"),
        (
            ContentOptions(filter_rules=parse_filter_rules('[{"match": {"kind": "clb"}, "keep": 0}]')),
            "alb_access",
        ),
        (ALL, "cloudtrail"),
    ],
)
def test_nothing_is_done_for_kinds_that_have_nothing_of_it(options: ContentOptions, kind: str) -> None:
    assert content_for(options, kind) is None


def test_structured_metadata_is_attached_to_each_line() -> None:
    chosen = content(ContentOptions(structured_metadata=("target_status_code", "path", "latency", "method")))
    assert chosen.names == ("target_status_code", "method", "path")
    assert chosen.apply([ALB_ACCESS, b"x", NO_STATUS], [3, 1, 2]) == (
        [
            Group(
                {},
                [ALB_ACCESS, b"x", NO_STATUS],
                [3, 1, 2],
                [(b"201", b"GET", b"/shop/a%20b"), (b"", b"", b""), (b"", b"GET", b"/shop/a%20b")],
            )
        ],
        {},
    )


@pytest.mark.parametrize(
    ("kind", "load_balancer_type"),
    [
        ("alb_access", "application"),
        ("alb_connection", "application"),
        ("alb_health_check", "application"),
        ("nlb", "network"),
        ("clb", "classic"),
    ],
)
def test_labels_say_kind_and_type(kind: str, load_balancer_type: str) -> None:
    chosen = content(ContentOptions(labels=("log_kind", "load_balancer_type")), kind)
    groups, _ = chosen.apply([LINES[kind]], [1])
    assert groups == [
        Group({"log_kind": kind, "load_balancer_type": load_balancer_type}, [LINES[kind]], [1], None)
    ]


def test_lines_are_grouped_by_status_class_in_their_order() -> None:
    chosen = content(
        ContentOptions(structured_metadata=("elb_status_code",), labels=("status_class", "log_kind"))
    )
    groups, _ = chosen.apply([ERROR, ALB_ACCESS, NO_STATUS, ERROR, b""], [1, 2, 3, 4, 5])
    kind = {"log_kind": "alb_access"}
    assert groups == [
        Group(kind | {"status_class": "5xx"}, [ERROR, ERROR], [1, 4], [(b"503",), (b"503",)]),
        Group(kind | {"status_class": "2xx"}, [ALB_ACCESS], [2], [(b"200",)]),
        Group(kind, [NO_STATUS, b""], [3, 5], [(b"",), (b"",)]),
    ]


def test_dropped_lines_are_counted_and_their_times_dropped_with_them() -> None:
    rules = parse_filter_rules('[{"match": {"elb_status_code": "2.."}, "keep": 0}]')
    chosen = content(ContentOptions(filter_rules=rules))
    assert chosen.apply([ALB_ACCESS, ERROR, ALB_ACCESS, NO_STATUS], [1, 2, 3, 4]) == (
        [Group({}, [ERROR, NO_STATUS], [2, 4], None)],
        {"filter_rules": 2},
    )
    assert chosen.apply([ALB_ACCESS], [1]) == ([], {"filter_rules": 1})


def test_no_lines_make_no_group() -> None:
    assert content(ALL).apply([], []) == ([], {})


def test_filters_see_what_redaction_takes_out() -> None:
    rules = parse_filter_rules('[{"match": {"client_ip": "192\\\\.168\\\\.131\\\\.39"}, "keep": 0}]')
    chosen = content(ContentOptions(filter_rules=rules, redact=("client_ip",)))
    assert chosen.apply([ALB_ACCESS], [1]) == ([], {"filter_rules": 1})


def test_metadata_and_output_are_those_of_the_redacted_line() -> None:
    chosen = content(
        ContentOptions(
            structured_metadata=("client_ip", "query", "redirect_url"),
            output_format="json",
            redact=("client_ip", "query_string"),
        )
    )
    (group,), _ = chosen.apply([ALB_ACCESS], [1])
    assert group.rows == [(b"192.168.131.0", b"REDACTED", b"https://example.com:443/to?REDACTED")]
    written = json.loads(group.texts[0])
    assert written["client_ip"] == "192.168.131.0"
    assert written["url"] == "https://www.example.com:443/shop/a%20b?REDACTED"
    assert written["transformed_uri"] == "/v2/items?REDACTED"


@given(
    client=st.integers(1, 255),
    output=st.sampled_from(["original", "json", "logfmt"]),
    cut=st.integers(90, 900),
)
def test_no_redacted_octet_comes_out_anywhere(client: int, output: str, cut: int) -> None:
    line = ALB_ACCESS.replace(b"192.168.131.39:2817", b"198.51.100.%d:2817" % client)[:cut]
    options = ContentOptions(ALL.structured_metadata, ALL.labels, output, (), ALL.redact)  # type: ignore[arg-type]
    (group,), _ = content(options).apply([line], [1])
    assert b"198.51.100.%d" % client not in b" ".join([*group.texts, *(group.rows or [()])[0]])
    assert b"198.51.100.0" in group.texts[0]


@given(
    lines=st.lists(st.binary() | st.sampled_from([*LINES.values(), *(line[:200] for line in HOSTILE)])),
    kind=st.sampled_from(KINDS),
    output=st.sampled_from(["original", "json", "logfmt"]),
)
def test_any_bytes_keep_their_number_and_order(lines: list[bytes], kind: str, output: str) -> None:
    options = ContentOptions(ALL.structured_metadata, ALL.labels, output, (), ALL.redact)  # type: ignore[arg-type]
    chosen = content(options, kind)
    groups, dropped = chosen.apply(lines, list(range(len(lines))))
    assert not dropped
    assert sorted(time for group in groups for time in group.times) == list(range(len(lines)))
    for group in groups:
        assert group.times == sorted(group.times)
        assert group.rows is not None
        assert len(group.texts) == len(group.times) == len(group.rows)
        assert {len(row) for row in group.rows} == {len(chosen.names)}


def test_a_retry_gives_the_same() -> None:
    lines = [CLB.replace(b"945958", b"%06d" % number) for number in range(500)]
    rules = parse_filter_rules('[{"match": {"elb_status_code": "5.."}, "keep": 0.5}]')
    options = ContentOptions(ALL.structured_metadata, ALL.labels, "logfmt", rules, ALL.redact)
    first = content(options, "clb").apply(lines, list(range(500)))
    assert content(options, "clb").apply(lines, list(range(500))) == first
    assert 150 < first[1]["filter_rules"] < 350
