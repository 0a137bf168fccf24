"""Conditions of policies, decided by what is known of a call: yes, no, or None for what cannot be known.

"IAM JSON policy elements: Condition operators" (IAM User Guide).
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Collection, Mapping
from typing import Any

from onboarding.buckets.patterns import matches

Known = dict[str, Collection[str | None]]
"""The values that a context key may have in a call, by the key in lower case; None among them for a key that may be
missing. A key that is not named may have any value."""

_NUMBERS: Mapping[str, Callable[[float, float], bool]] = {
    "numericequals": operator.eq,
    "numericlessthan": operator.lt,
    "numericlessthanequals": operator.le,
    "numericgreaterthan": operator.gt,
    "numericgreaterthanequals": operator.ge,
}
_TESTS: Mapping[str, Callable[[str, str], bool]] = {
    "stringequals": operator.eq,
    "stringequalsignorecase": lambda found, wanted: found.lower() == wanted.lower(),
    "stringlike": lambda found, wanted: matches(wanted, found),
    "arnequals": lambda found, wanted: matches(wanted, found),
    "arnlike": lambda found, wanted: matches(wanted, found),
    "bool": lambda found, wanted: found.lower() == wanted.lower(),
    **{
        name: lambda found, wanted, compare=compare: compare(float(found), float(wanted))  # type: ignore[misc]
        for name, compare in _NUMBERS.items()
    },
}


def every(results: Collection[bool | None]) -> bool | None:
    """Whether all are yes; None if that depends on what is not known."""
    if False in results:
        return False
    return None if None in results else True


def some(results: Collection[bool | None]) -> bool | None:
    """Whether any is yes; None if that depends on what is not known."""
    if True in results:
        return True
    return None if None in results else False


def listed(value: Any) -> list[str]:
    """A list of texts, of which JSON policies may have one alone, or booleans and numbers for them."""
    values = value if isinstance(value, list) else [value]
    return [str(member).lower() if isinstance(member, bool) else str(member) for member in values]


def holds(condition: Mapping[str, Mapping[str, Any]], known: Known) -> bool | None:
    """Whether the Condition of a statement holds in a call."""
    return every(
        [
            _holds(name.lower(), known[key.lower()], listed(values)) if key.lower() in known else None
            for name, keys in condition.items()
            for key, values in keys.items()
        ]
    )


def _holds(name: str, possible: Collection[str | None], wanted: list[str]) -> bool | None:
    results = {_holds_for(name, value, wanted) for value in possible}
    return results.pop() if len(results) == 1 else None


def _holds_for(name: str, found: str | None, wanted: list[str]) -> bool | None:
    quantifier, _, name = name.rpartition(":")
    base = name.removesuffix("ifexists")
    if base == "null":
        return (found is None) == (wanted == ["true"])
    test, negated = _test(base)
    if test is None or any("${" in value for value in wanted):
        return None
    if found is None:
        if quantifier == "foranyvalue":
            return False
        # A value that is not there is not equal to any.
        return negated or name != base or quantifier == "forallvalues"
    try:
        return any(test(found, value) for value in wanted) != negated
    except ValueError:  # no number
        return None


def _test(name: str) -> tuple[Callable[[str, str], bool] | None, bool]:
    """The test of an operator, and whether it is turned round, as of StringNotLike."""
    positive = name.replace("not", "", 1)
    return _TESTS.get(positive), positive != name
