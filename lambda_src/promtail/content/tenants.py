"""Which tenant gets the lines of an object.

A tenant is what Loki's header X-Scope-OrgID names: https://grafana.com/docs/loki/latest/operations/multi-tenancy/
"""

import json
import re
from dataclasses import dataclass
from fnmatch import fnmatchcase

from ..errors import ConfigurationError

# The rule of dskit's tenant package, which Loki uses.
TENANT_ID = re.compile(r"(?!\.\.?\Z)[a-zA-Z0-9!_.*'()-]{1,150}")
"""The tenants that Loki takes."""

TENANTS_ALLOWED = "up to 150 letters, digits and the characters ! - _ . * ' ( ), and neither '.' nor '..'"

_ACCOUNT_ID = re.compile(r"[0-9]{12}")
_CONDITIONS = frozenset({"account", "bucket", "prefix"})
_ALLOWED = (
    'It must be a JSON list of rules such as {"account": "111111111111", "bucket": "logs-*", "prefix": "team-a/", '
    '"tenant": "team-a"}: `tenant`, and at least one of `account`, `bucket` (* and ? stand for any characters) and '
    "`prefix` (of the key)."
)


@dataclass(frozen=True, slots=True)
class TenantRule:
    """One rule. Every condition that is given must be met; None is no condition.

    Attributes:
        tenant: The tenant.
        account: The account that owns the source, 12 digits.
        bucket: The bucket's name, with *, ? and [...] as in a shell.
        prefix: What the key begins with.
    """

    tenant: str
    account: str | None = None
    bucket: str | None = None
    prefix: str | None = None

    def matches(self, account_id: str | None, bucket: str, key: str) -> bool:
        """Say whether an object meets the conditions."""
        return (
            (self.account is None or self.account == account_id)
            and (self.bucket is None or fnmatchcase(bucket, self.bucket))
            and (self.prefix is None or key.startswith(self.prefix))
        )


def parse_tenant_rules(value: str) -> tuple[TenantRule, ...]:
    """Read TENANT_RULES. An empty value is no rules.

    Raises:
        ConfigurationError: It is not a list of rules, or a rule has a member that cannot be used.
    """
    if not value:
        return ()
    try:
        rules = json.loads(value)
    except (ValueError, RecursionError) as error:
        raise ConfigurationError(
            f"TENANT_RULES is {value!r}, which is not JSON ({error}). {_ALLOWED}"
        ) from error
    if not isinstance(rules, list):
        raise ConfigurationError(f"TENANT_RULES is {value!r}, which is not a list. {_ALLOWED}")
    return tuple(_rule(rule) for rule in rules)


def tenant_for(rules: tuple[TenantRule, ...], account_id: str | None, bucket: str, key: str) -> str | None:
    """Return the tenant of the first rule that an object meets, or None if there is none.

    Args:
        rules: The rules.
        account_id: The account that owns the source; None if it is not known.
        bucket: The bucket's name.
        key: The object's key, decoded.
    """
    for rule in rules:
        if rule.matches(account_id, bucket, key):
            return rule.tenant
    return None


def _rule(rule: object) -> TenantRule:
    def refuse(reason: str) -> ConfigurationError:
        return ConfigurationError(f"TENANT_RULES holds the rule {json.dumps(rule)}: {reason} {_ALLOWED}")

    if not isinstance(rule, dict) or not rule.keys() <= _CONDITIONS | {"tenant"}:
        raise refuse("it must be an object with the members tenant, account, bucket and prefix.")
    if not all(isinstance(member, str) and member for member in rule.values()):
        raise refuse("its members must be strings that are not empty.")
    if "tenant" not in rule or not _CONDITIONS.intersection(rule):
        raise refuse("it needs `tenant` and a condition.")
    if not TENANT_ID.fullmatch(rule["tenant"]):
        raise refuse(f"Loki allows {TENANTS_ALLOWED}.")
    if "account" in rule and not _ACCOUNT_ID.fullmatch(rule["account"]):
        raise refuse("`account` must be 12 digits.")
    return TenantRule(**rule)
