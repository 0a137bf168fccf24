"""The part of LogQL that the `match` stage's selector is written in: a stream selector and line filters.

https://grafana.com/docs/loki/latest/query/log_queries/#log-stream-selector; the grammar is that of Promtail's source
(clients/pkg/logentry/logql/expr.y).
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ..labels import LABEL_NAME
from .go_regexp import Regexp, compile_anchored, compile_regexp

_TOKEN = re.compile(
    r"\s*(?:(?P<string>\"(?:[^\"\\\n]|\\.)*\")|`(?P<raw>[^`]*)`|(?P<word>\w+)|(?P<symbol>[=!]~|!=|\|[=~]|[={},])"
    r"|(?P<other>\S))"
)
_LINE_FILTERS = ("|=", "!=", "|~", "!~")
_MATCHERS = ("=", "!=", "=~", "!~")


@dataclass(frozen=True, slots=True)
class Selector:
    """Says which entries a stage is for.

    Attributes:
        matchers: Names of labels with tests of their values. A label that is not there has the empty value.
        filters: Tests of the line.
    """

    matchers: tuple[tuple[str, Callable[[str], bool]], ...]
    filters: tuple[Callable[[str], bool], ...]

    def matches(self, labels: Mapping[str, str], line: str) -> bool:
        """Say whether an entry meets all matchers and filters."""
        for name, test in self.matchers:
            if not test(labels.get(name, "")):
                return False
        return all(test(line) for test in self.filters)


def parse_selector(text: str) -> Selector:
    """Parse a selector such as `{job="nginx", status!~"2.."} |= "error"`.

    Raises:
        ValueError: It is not valid. The message says why.
    """
    return _Parser(text).parse()


class _Parser:
    """Parses a selector from left to right."""

    def __init__(self, text: str) -> None:
        self._tokens = [
            (match.lastgroup or "", match[match.lastgroup or 0]) for match in _TOKEN.finditer(text)
        ]
        self._position = 0

    def parse(self) -> Selector:
        self._symbol("{")
        matchers = [self._matcher()]
        while self._symbol(",", "}") == ",":
            matchers.append(self._matcher())
        filters = []
        while self._position < len(self._tokens):
            filters.append(_line_filter(self._symbol(*_LINE_FILTERS), self._string()))
        return Selector(tuple(matchers), tuple(filters))

    def _matcher(self) -> tuple[str, Callable[[str], bool]]:
        kind, name = self._next()
        if kind != "word" or not LABEL_NAME.fullmatch(name):
            raise ValueError(f"{name!r} is where a label name must be")
        return name, _label_test(self._symbol(*_MATCHERS), self._string())

    def _next(self) -> tuple[str, str]:
        if self._position == len(self._tokens):
            raise ValueError("it ends too early")
        self._position += 1
        return self._tokens[self._position - 1]

    def _symbol(self, *allowed: str) -> str:
        kind, text = self._next()
        if kind != "symbol" or text not in allowed:
            raise ValueError(f"{text!r} is where one of {' '.join(allowed)} must be")
        return text

    def _string(self) -> str:
        kind, text = self._next()
        if kind == "raw":
            return text
        if kind != "string":
            raise ValueError(f"{text!r} is where a string in quotes must be")
        try:
            value: str = json.loads(text)
            value.encode()  # Refuses lone surrogates.
        except ValueError:
            raise ValueError(
                f"{text} has an escape that is not supported; use those of JSON, or backquotes"
            ) from None
        return value


def _label_test(operator: str, value: str) -> Callable[[str], bool]:
    if operator == "=":
        return lambda text: text == value
    if operator == "!=":
        return lambda text: text != value
    return _search(compile_anchored(value), found=operator == "=~")


def _line_filter(operator: str, value: str) -> Callable[[str], bool]:
    if operator == "|=":
        return lambda text: value in text
    if operator == "!=":
        return lambda text: value not in text
    return _search(compile_regexp(value), found=operator == "|~")


def _search(regexp: Regexp, *, found: bool) -> Callable[[str], bool]:
    return lambda text: (regexp.search(text) is not None) is found
