"""The syntax of stream labels, `{name="value", ...}`, and of plain stream selectors."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

_NAME = re.compile(r"[a-zA-Z_][a-zA-Z0-9_]*")
_STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"|`[^`]*`')
_OPERATOR = re.compile(r"=~|!~|!=|=")
_SPACE = re.compile(r"\s*")
_OPEN = re.compile(r"\{")
_CLOSE = re.compile(r"\}")
_EMPTY = re.compile(r"\s*\}")
_SEPARATOR = re.compile(r"[,}]")
# Escapes of Go's interpreted strings (https://go.dev/ref/spec#String_literals).
_ESCAPE = re.compile(
    r"\\(?:([abfnrtv\\\"])|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})|(.))"
)
_SIMPLE = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", "\\": "\\", '"': '"'}


class LabelSyntaxError(ValueError):
    """A text that is not a set of labels, or not a plain selector."""


class DuplicateLabelError(ValueError):
    """A label name comes twice."""


@dataclass(frozen=True)
class Matcher:
    """One condition of a selector."""

    name: str
    operator: str
    value: str

    def matches(self, labels: Mapping[str, str]) -> bool:
        """Whether a stream meets the condition; a label that it does not have counts as empty."""
        return _MATCH[self.operator](self.value, labels.get(self.name, ""))


_MATCH: dict[str, Callable[[str, str], bool]] = {
    "=": lambda wanted, value: value == wanted,
    "!=": lambda wanted, value: value != wanted,
    "=~": lambda pattern, value: re.fullmatch(pattern, value, re.DOTALL) is not None,
    "!~": lambda pattern, value: re.fullmatch(pattern, value, re.DOTALL) is None,
}


def parse_labels(text: str) -> dict[str, str]:
    """Parse the labels of a pushed stream, in the order of their names.

    Raises:
        LabelSyntaxError: the text is not a set of labels.
        DuplicateLabelError: a name comes twice; its text is the name.
    """
    labels: dict[str, str] = {}
    for matcher in _parse(text, operators=("=",)):
        if matcher.name in labels:
            raise DuplicateLabelError(matcher.name)
        labels[matcher.name] = matcher.value
    return dict(sorted(labels.items()))


def format_labels(labels: Mapping[str, str]) -> str:
    """The canonical text of a stream's labels, as Loki writes it in its messages."""
    return "{" + ", ".join(f"{name}={_quote(value)}" for name, value in sorted(labels.items())) + "}"


def parse_selector(text: str) -> list[Matcher]:
    """Parse a plain stream selector.

    Raises:
        LabelSyntaxError: it is something else, or a selector that Loki refuses because it may match every stream.
    """
    matchers = _parse(text, operators=tuple(_MATCH))
    if not any(m.operator in ("=", "=~") and not m.matches({}) for m in matchers):
        raise LabelSyntaxError(
            "queries require at least one regexp or equality matcher that does not have an empty-compatible "
            'value. For instance, app=~".*" does not meet this requirement, but app=~".+" will'
        )
    return matchers


def _parse(text: str, operators: tuple[str, ...]) -> list[Matcher]:
    position = 0

    def take(pattern: re.Pattern[str], wanted: str) -> str:
        nonlocal position
        position = _end(_SPACE, text, position)
        found = pattern.match(text, position)
        if not found:
            shown = repr(text[position]) if position < len(text) else "the end"
            raise LabelSyntaxError(
                f"parse error at position {position}: unexpected {shown}, expecting {wanted}"
            )
        position = found.end()
        return found.group()

    matchers: list[Matcher] = []
    take(_OPEN, "{")
    mark = take(_CLOSE, "}") if _EMPTY.match(text, position) else ","
    while mark == ",":
        name = take(_NAME, "a label name")
        operator = take(_OPERATOR, "an operator")
        if operator not in operators:
            raise LabelSyntaxError(f"parse error at position {position}: unexpected {operator}, expecting =")
        value = _unquote(take(_STRING, "a quoted value"))
        if operator in ("=~", "!~"):
            _check_pattern(value)
        matchers.append(Matcher(name, operator, value))
        mark = take(_SEPARATOR, ", or }")
    if text[position:].strip():
        raise LabelSyntaxError(f"parse error at position {position}: unexpected {text[position:].strip()!r}")
    return matchers


def _end(pattern: re.Pattern[str], text: str, position: int) -> int:
    found = pattern.match(text, position)
    return found.end() if found else position


def _check_pattern(pattern: str) -> None:
    try:
        re.compile(pattern)
    except re.error as error:
        raise LabelSyntaxError(f"error parsing regexp: {error}: `{pattern}`") from error


def _unquote(quoted: str) -> str:
    return quoted[1:-1] if quoted[0] == "`" else _ESCAPE.sub(_unescape, quoted[1:-1])


def _unescape(escape: re.Match[str]) -> str:
    simple, hexadecimal, short, long, octal, other = escape.groups()
    if simple:
        return _SIMPLE[simple]
    if other:
        raise LabelSyntaxError(f"invalid escape \\{other} in a quoted value")
    number = int(hexadecimal or short or long or octal, 8 if octal else 16)
    try:
        return chr(number)
    except (ValueError, OverflowError) as error:
        raise LabelSyntaxError(f"invalid escape {escape.group()} in a quoted value") from error


def _quote(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'
