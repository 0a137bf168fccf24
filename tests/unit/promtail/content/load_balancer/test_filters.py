"""Rules that keep and drop lines."""

import json
from typing import Any

import pytest

from promtail.content.load_balancer.fields import LAYOUTS
from promtail.content.load_balancer.filters import Filter
from promtail.content.load_balancer.options import parse_filter_rules
from promtail.errors import ConfigurationError
from tests.unit.promtail.content.load_balancer.lines import ALB_ACCESS, CLB, HOSTILE, LINES

HEALTH = ALB_ACCESS.replace(b"/shop/a%20b?page=2&q=x", b"/health")


def lines_of(count: int, line: bytes = HEALTH) -> list[bytes]:
    return [line.replace(b"186641", b"%06d" % number) for number in range(count)]


def keeps(rules: list[dict[str, Any]], texts: list[bytes], kind: str = "alb_access") -> list[bool]:
    return Filter(parse_filter_rules(json.dumps(rules)), kind, LAYOUTS[kind]).keeps(texts)


def test_the_first_rule_that_matches_decides() -> None:
    error = HEALTH.replace(b" 200 201 ", b" 503 201 ")
    rules = [
        {"match": {"elb_status_code": "5.."}, "keep": 1},
        {"match": {"path": "/health"}, "keep": 0},
        {"match": {"elb_status_code": "5.."}, "keep": 0},
    ]
    assert keeps(rules, [ALB_ACCESS, HEALTH, error]) == [True, False, True]


def test_every_condition_of_a_rule_must_be_met() -> None:
    rules = [{"match": {"path": "/health", "method": "POST"}, "keep": 0}]
    assert keeps(rules, [HEALTH, HEALTH.replace(b'"GET', b'"POST')]) == [True, False]


def test_an_expression_is_for_the_whole_value() -> None:
    for expression, kept in [("health", True), ("/health|x", False), ("/h", True), (".*th", False)]:
        assert keeps([{"match": {"path": expression}, "keep": 0}], [HEALTH]) == [kept]


def test_an_expression_matches_characters_not_bytes() -> None:
    line = CLB.replace(b"curl/7.38.0", "é\x01日".encode())
    assert keeps([{"match": {"user_agent": "é.[日月]"}, "keep": 0}], [line], "clb") == [False]


def test_a_share_of_lines_is_kept_and_always_the_same() -> None:
    texts = lines_of(20_000)
    rules = [{"match": {"path": "/health"}, "keep": 0.01}]
    first = keeps(rules, texts)
    assert 140 <= sum(first) <= 260
    assert keeps(rules, texts[::-1])[::-1] == first


@pytest.mark.parametrize(("keep", "kept"), [(0, 0), (0.0, 0), (1, 2000), (1.0, 2000)])
def test_none_and_all_are_exact(keep: float, kept: int) -> None:
    assert sum(keeps([{"match": {"path": "/health"}, "keep": keep}], lines_of(2000))) == kept


def test_an_absent_value_counts_as_empty() -> None:
    rules = [{"match": {"error_reason": ""}, "keep": 0}]
    assert keeps(rules, [ALB_ACCESS]) == [False]
    assert keeps(rules, [CLB], "clb") == [False]
    assert keeps([{"match": {"error_reason": ".+"}, "keep": 0}], [CLB], "clb") == [True]


def test_a_rule_for_one_kind_leaves_others_alone() -> None:
    rules = [{"match": {"kind": "alb_(access|connection)"}, "keep": 0}]
    assert keeps(rules, [ALB_ACCESS]) == [False]
    assert keeps(rules, [LINES["alb_connection"]], "alb_connection") == [False]
    assert Filter(parse_filter_rules(json.dumps(rules)), "nlb", LAYOUTS["nlb"]).does_nothing


def test_an_unreadable_line_that_no_rule_matches_is_kept() -> None:
    assert keeps([{"match": {"path": "/health"}, "keep": 0}], [b"", b"no log line", b"\xff"]) == [True] * 3


def test_an_expression_sees_all_of_a_long_value() -> None:
    line = CLB.replace(b"curl/7.38.0", b"x" * 9000 + b"bad")
    assert keeps([{"match": {"user_agent": ".*bad"}, "keep": 0}], [line], "clb") == [False]


def test_hostile_values_take_no_longer_than_their_length_asks_for() -> None:
    rules = [{"match": {"path": "(a*)*b", "user_agent": "(.*x)*y"}, "keep": 0}]
    assert keeps(rules, list(HOSTILE)) == [True] * len(HOSTILE)


def test_no_rules_are_an_empty_value() -> None:
    assert parse_filter_rules("") == ()
    assert parse_filter_rules("[]") == ()


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("{", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ('{"match": {}}', "not a list"),
        ("[1]", "`match` and `keep`"),
        ('[{"match": {"path": "x"}}]', "`match` and `keep`"),
        ('[{"match": {"path": "x"}, "keep": 1, "drop": 0}]', "`match` and `keep`"),
        ('[{"match": {"path": "x"}, "keep": 1.1}]', "from 0 to 1"),
        ('[{"match": {"path": "x"}, "keep": -0.1}]', "from 0 to 1"),
        ('[{"match": {"path": "x"}, "keep": true}]', "from 0 to 1"),
        ('[{"match": {"path": "x"}, "keep": "1"}]', "from 0 to 1"),
        ('[{"match": {"path": "x"}, "keep": NaN}]', "from 0 to 1"),
        ('[{"match": {}, "keep": 1}]', "at least one name"),
        ('[{"match": {"path": 5}, "keep": 1}]', "regular expression"),
        ('[{"match": {"path": "("}, "keep": 1}]', "'(' is not an RE2 regular expression (missing ): ()"),
        ('[{"match": {"path": "(?=x)"}, "keep": 1}]', "not an RE2 regular expression"),
        ('[{"match": {"elb_status_cod": "x"}, "keep": 1}]', "Did you mean elb_status_code"),
        ('[{"match": {"knd": "x"}, "keep": 1}]', "Did you mean kind"),
    ],
)
def test_rules_that_cannot_be_used_are_refused(value: str, reason: str) -> None:
    with pytest.raises(ConfigurationError) as error:
        parse_filter_rules(value)
    assert "FILTER_RULES" in str(error.value)
    assert reason in str(error.value)
    assert "It must be a JSON list of rules" in str(error.value)
