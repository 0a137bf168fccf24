"""The `json` stage: https://grafana.com/docs/loki/latest/send-data/promtail/stages/json/."""

import json
import re
from collections.abc import Mapping
from typing import Any, Protocol

import jmespath  # type: ignore[import-untyped]
from jmespath.exceptions import JMESPathError  # type: ignore[import-untyped]

from ...entry import Entry
from .members import Members
from .stage import Stage
from .values import source_text

_MALFORMED = "malformed_json"
_SURROGATE = re.compile("[\ud800-\udfff]")


class Expression(Protocol):
    """A compiled JMESPath expression."""

    def search(self, value: object) -> Any:
        """Return what the expression selects."""


class JsonStage(Stage):
    """Extracts values from JSON objects with JMESPath expressions (https://jmespath.org)."""

    def __init__(
        self, expressions: Mapping[str, Expression], source: str | None, *, drop_malformed: bool
    ) -> None:
        self._expressions = expressions
        self._source = source
        self._drop_malformed = drop_malformed

    def process(self, entry: Entry) -> str | None:
        """See `Stage.process`."""
        text = source_text(entry, self._source)
        if text is None:
            return None
        try:
            data = json.loads(text, parse_constant=_refuse_constant)
        except (ValueError, RecursionError):
            data = False
        if data is None:
            data = {}
        if not isinstance(data, dict):
            return _MALFORMED if self._drop_malformed else None
        for name, expression in self._expressions.items():
            try:
                entry.extracted[name] = _extracted(expression.search(data))
            except JMESPathError:  # The expression does not suit this line; Promtail goes on, too.
                continue
        return None


def _refuse_constant(name: str) -> float:
    """NaN and Infinity, which Python would read, are not JSON."""
    raise ValueError(name)


def _extracted(value: Any) -> str | float | bool | None:
    """Return a value as it is extracted: lists and objects as JSON, in the way Go writes it."""
    if isinstance(value, str):
        return _without_surrogates(value)
    if value is None or isinstance(value, bool | int | float):
        return value
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return _without_surrogates(text)


def _without_surrogates(text: str) -> str:
    r"""Replace lone surrogates, such as `\ud800` alone stands for: no UTF-8 can carry them."""
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


def parse_json(value: object, location: str) -> Stage:
    """Make a `json` stage."""
    members = Members(value, location, ("expressions", "source", "drop_malformed"))
    expressions = {}
    for name, expression in members.string_map("expressions").items():
        try:
            # Without an expression, a value is taken from the member of its own name.
            expressions[name] = jmespath.compile(expression or name)
        except JMESPathError as error:
            reason = str(error).splitlines()[0]
            raise members.problem(
                f"the expression of {name!r} is {expression or name!r}. It must be a JMESPath expression: {reason}"
            ) from None
    return JsonStage(expressions, members.source(), drop_malformed=members.boolean("drop_malformed"))
