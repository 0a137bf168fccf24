"""Rules that say which lines are kept, and how many of them."""

import json
import zlib
from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

import re2  # type: ignore[import-untyped, unused-ignore]

from ...errors import ConfigurationError
from .extract import Extractor
from .fields import FIELDS, Layout
from .names import unknown_name

KIND = "kind"

_ALLOWED = (
    'It must be a JSON list of rules such as {"match": {"elb_status_code": "5.."}, "keep": 1}: `match` gives regular '
    "expressions (RE2, for the whole value) by field name or `kind`, `keep` the share of lines to keep, from 0 to 1."
)
# Values that are compared again and again are short and few: status codes, methods, paths of health checks.
_VALUES_KEPT = 1024
_MAX_KEPT_VALUE_BYTES = 128

Matcher = Callable[[bytes], bool]


class FilterRule(NamedTuple):
    """One rule.

    Attributes:
        kind: Matches the name of the kind of log; None matches every kind.
        fields: What each named value must match; an absent value counts as empty.
        keep: The share of matching lines that is kept, from 0 to 1.
    """

    kind: Matcher | None
    fields: tuple[tuple[str, Matcher], ...]
    keep: float


def parse_filter_rules(value: str) -> tuple[FilterRule, ...]:
    """Read FILTER_RULES.

    Raises:
        ConfigurationError: It is not a list of rules, or a rule has an unknown name or a regular expression that
            cannot be used.
    """
    try:
        rules = json.loads(value)
    except (ValueError, RecursionError) as error:
        raise ConfigurationError(
            f"FILTER_RULES is {value!r}, which is not JSON ({error}). {_ALLOWED}"
        ) from error
    if not isinstance(rules, list):
        raise ConfigurationError(f"FILTER_RULES is {value!r}, which is not a list. {_ALLOWED}")
    return tuple(_rule(rule) for rule in rules)


def _rule(rule: object) -> FilterRule:
    def refuse(reason: str) -> ConfigurationError:
        return ConfigurationError(f"FILTER_RULES holds the rule {json.dumps(rule)}: {reason} {_ALLOWED}")

    if not isinstance(rule, dict) or rule.keys() != {"match", "keep"}:
        raise refuse("it must have the members `match` and `keep`, and no others.")
    match, keep = rule["match"], rule["keep"]
    if isinstance(keep, bool) or not isinstance(keep, int | float) or not 0 <= keep <= 1:
        raise refuse("`keep` must be a number from 0 to 1.")
    if not isinstance(match, dict) or not match or not all(isinstance(text, str) for text in match.values()):
        raise refuse("`match` must be an object with at least one name and its regular expression.")
    matchers = {}
    known = frozenset().union(*FIELDS.values(), {KIND})
    for name, expression in match.items():
        if name not in known:
            raise refuse(unknown_name(name, known))
        try:
            matchers[name] = _matcher(expression)
        except re2.error as error:
            raise refuse(f"{expression!r} is not an RE2 regular expression ({_text(error)}).") from error
    kind = matchers.pop(KIND, None)
    return FilterRule(kind, tuple(matchers.items()), keep)


def _matcher(expression: str) -> Matcher:
    options = re2.Options()
    options.log_errors = False
    options.dot_nl = True
    # A bytes pattern takes bytes; it is UTF-8 all the same.
    fullmatch: Callable[[bytes], Any] = re2.compile(expression.encode(), options).fullmatch

    @lru_cache(_VALUES_KEPT)
    def matches_short(value: bytes) -> bool:
        return fullmatch(value) is not None

    def matches(value: bytes) -> bool:
        return matches_short(value) if len(value) <= _MAX_KEPT_VALUE_BYTES else fullmatch(value) is not None

    return matches


def _text(error: Exception) -> str:
    message = error.args[0] if error.args else ""
    return message.decode(errors="replace") if isinstance(message, bytes) else str(message)


class Filter:
    """Decides for the lines of one kind of log. The first rule that matches a line decides; if none does, it is kept.

    Whether a line is in the share that is kept is decided by a hash of its text, so a retry decides the same.

    Attributes:
        does_nothing: No rule can match a line of this kind.
    """

    def __init__(self, rules: tuple[FilterRule, ...], kind: str, layout: Layout) -> None:
        """Choose the rules that can match lines of this kind."""
        rules = tuple(rule for rule in rules if rule.kind is None or rule.kind(kind.encode()))
        wanted = {name for rule in rules for name, _ in rule.fields}.intersection(layout.names)
        self.does_nothing = not rules
        self._extractor = Extractor(layout, wanted) if wanted else None
        names = self._extractor.names if self._extractor else ()
        # Where a row has the value; one more place, at its end, stands for values that this kind does not have.
        places = {name: index for index, name in enumerate(names)}
        self._rules = [
            (
                [(places.get(name, len(names)), matches) for name, matches in rule.fields],
                round(rule.keep * (1 << 32)),
            )
            for rule in rules
        ]

    def keeps(self, texts: list[bytes]) -> list[bool]:
        """Say for each line whether it is kept."""
        rows = self._extractor.rows(texts) if self._extractor else [()] * len(texts)
        return [
            (threshold := self._threshold((*row, b""))) == 1 << 32 or zlib.crc32(text) < threshold
            for row, text in zip(rows, texts, strict=True)
        ]

    def _threshold(self, row: tuple[bytes, ...]) -> int:
        for tests, threshold in self._rules:
            for place, matches in tests:
                if not matches(row[place]):
                    break
            else:
                return threshold
        return 1 << 32
