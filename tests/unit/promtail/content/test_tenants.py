"""Tenants of objects."""

import json

import pytest

from promtail.content.tenants import TenantRule, parse_tenant_rules, tenant_for
from promtail.errors import ConfigurationError

RULES = parse_tenant_rules(
    json.dumps(
        [
            {"account": "111111111111", "prefix": "logs/team-a/", "tenant": "team-a"},
            {"account": "111111111111", "tenant": "one"},
            {"bucket": "logs-*-eu", "tenant": "eu"},
            {"prefix": "b/", "tenant": "b"},
        ]
    )
)


@pytest.mark.parametrize(
    ("account", "bucket", "key", "tenant"),
    [
        ("111111111111", "x", "logs/team-a/AWSLogs/1", "team-a"),
        ("111111111111", "logs-7-eu", "logs/team-b/1", "one"),
        ("222222222222", "logs-7-eu", "logs/team-a/1", "eu"),
        (None, "logs-7-eu", "b/1", "eu"),
        (None, "logs-7-eu-2", "b/1", "b"),
        (None, "LOGS-7-EU", "a/b/1", None),
        ("222222222222", "x", "", None),
    ],
)
def test_the_first_rule_whose_conditions_are_all_met_decides(
    account: str | None, bucket: str, key: str, tenant: str | None
) -> None:
    assert tenant_for(RULES, account, bucket, key) == tenant


def test_a_rule_for_an_account_is_not_met_where_the_account_is_unknown() -> None:
    assert tenant_for((TenantRule("t", account="111111111111"),), None, "b", "k") is None


def test_a_prefix_is_no_pattern() -> None:
    assert tenant_for((TenantRule("t", prefix="*"),), None, "b", "key") is None


def test_no_rules_are_an_empty_value() -> None:
    assert parse_tenant_rules("") == ()
    assert tenant_for((), "111111111111", "b", "k") is None


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("[", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ('{"tenant": "a"}', "not a list"),
        ('["a"]', "must be an object"),
        ('[{"tenant": "a", "acount": "111111111111"}]', "must be an object with the members"),
        ('[{"tenant": "a"}]', "a condition"),
        ('[{"prefix": "a/"}]', "needs `tenant`"),
        ('[{"prefix": "", "tenant": "a"}]', "not empty"),
        ('[{"prefix": "a/", "tenant": 1}]', "must be strings"),
        ('[{"prefix": "a/", "tenant": null}]', "must be strings"),
        ('[{"prefix": "a/", "tenant": "a b"}]', "Loki allows"),
        ('[{"prefix": "a/", "tenant": ".."}]', "Loki allows"),
        ('[{"prefix": "a/", "tenant": "a|b"}]', "Loki allows"),
        (json.dumps([{"prefix": "a/", "tenant": "a" * 151}]), "Loki allows"),
        ('[{"account": "1111", "tenant": "a"}]', "12 digits"),
        ('[{"account": 111111111111, "tenant": "a"}]', "must be strings"),
    ],
)
def test_rules_that_cannot_be_used_are_refused(value: str, reason: str) -> None:
    with pytest.raises(ConfigurationError) as error:
        parse_tenant_rules(value)
    assert "TENANT_RULES" in str(error.value)
    assert reason in str(error.value)
    assert "It must be a JSON list of rules" in str(error.value)
