"""The part of Go's templates (https://pkg.go.dev/text/template) that Promtail's `replace` stage documents.

Text, `{{ .name }}`, strings and whole numbers, pipelines, parentheses, if, else and end, and the functions of
https://grafana.com/docs/loki/latest/send-data/promtail/stages/template/ that are in `_FUNCTIONS`. Anything else is
refused by name. Arguments are checked when the template is parsed, so that a template that is taken also runs.
"""

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .go_strings import to_lower, to_upper, trim_space

# What Go writes for a name that has no value.
_NO_VALUE = "<no value>"


class MissingValueError(Exception):
    """A function was given a name that has no value. Go stops there, too."""


# Returns what a part of a template stands for, None for a name that has no value.
_Evaluate = Callable[[Mapping[str, str]], Any]


@dataclass(frozen=True, slots=True)
class _Operand:
    """Something that has a value.

    Attributes:
        kind: The type of the value: str, int or bool.
        evaluate: Returns the value.
    """

    kind: type
    evaluate: _Evaluate


@dataclass(frozen=True, slots=True)
class _Function:
    """A function: the types of its parameters, of its result, and what it does."""

    parameters: tuple[type, ...]
    result: type
    call: Callable[..., Any]


def _sha3(salt: str, text: str) -> str:
    return hashlib.sha3_256((salt + text).encode()).hexdigest()


def _sha2(salt: str, text: str) -> str:
    return hashlib.sha256((salt + text).encode()).hexdigest()


_FUNCTIONS = {
    "ToUpper": _Function((str,), str, to_upper),
    "ToLower": _Function((str,), str, to_lower),
    "Replace": _Function(
        (str, str, str, int), str, lambda text, old, new, count: text.replace(old, new, count)
    ),
    "Trim": _Function((str, str), str, str.strip),
    "TrimLeft": _Function((str, str), str, str.lstrip),
    "TrimRight": _Function((str, str), str, str.rstrip),
    "TrimPrefix": _Function((str, str), str, str.removeprefix),
    "TrimSuffix": _Function((str, str), str, str.removesuffix),
    "TrimSpace": _Function((str,), str, trim_space),
    "Hash": _Function((str, str), str, _sha3),
    "Sha2Hash": _Function((str, str), str, _sha2),
    "eq": _Function((str, str), bool, lambda left, right: left == right),
    "ne": _Function((str, str), bool, lambda left, right: left != right),
}
_KEYWORDS = frozenset(
    ("if", "else", "end", "range", "with", "define", "template", "block", "break", "continue")
)
_CALLABLE = f"Supported are {', '.join(_FUNCTIONS)}, if, else and end."

# A comment, or an action with what stands in it; quoted strings may hold `}}`.
_ACTION = re.compile(
    r"\{\{(?P<trim_left>-(?=\s))?\s*"
    r"(?:/\*.*?\*/|(?P<code>(?:\"(?:[^\"\\\n]|\\.)*\"|`[^`]*`|[^\"`}]|\}(?!\}))*?))"
    r"\s*(?P<trim_right>(?<=\s)-)?\s*\}\}",
    re.DOTALL,
)
_TOKEN = re.compile(
    r"\s*(?:(?P<string>\"(?:[^\"\\\n]|\\.)*\")|`(?P<raw>[^`]*)`|(?P<number>[+-]?[0-9]+)(?![\w.])"
    r"|\.(?P<field>[^\W\d]\w*)(?![\w.])|(?P<word>[^\W\d]\w*)(?![\w.])|(?P<symbol>[|()])|(?P<other>\S+))"
)
_GO_SPACE = " \t\r\n"


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str


class GoTemplate:
    """A template, parsed once."""

    def __init__(self, template: str) -> None:
        """Parse a template.

        Raises:
            ValueError: It is not valid, or has something that is not supported. The message names that, and never
                shows the whole template, which may hold the salt of a hash.
        """
        self._evaluate = _Parser(template).parse()

    def execute(self, values: Mapping[str, str]) -> str:
        """Return the text for the values of the names.

        Raises:
            MissingValueError: A function was given a name that has no value.
        """
        return self._evaluate(values)


class _Parser:
    """Parses text and actions by recursive descent."""

    def __init__(self, template: str) -> None:
        self._parts = _split(template)
        self._position = 0

    def parse(self) -> Callable[[Mapping[str, str]], str]:
        body, stop = self._block()
        if stop is not None:
            raise ValueError(f"{{{{ {stop[0].text} }}}} has no {{{{ if }}}} before it")
        return body

    def _block(self) -> tuple[Callable[[Mapping[str, str]], str], list[_Token] | None]:
        """Return what stands up to `else`, `end` or the template's end, and the tokens of the action that ends it."""
        items: list[_Evaluate] = []
        while self._position < len(self._parts):
            part = self._parts[self._position]
            self._position += 1
            if isinstance(part, str):
                items.append(_constant(str, part).evaluate)
                continue
            first = part[0]
            if first.kind == "word" and first.text in ("else", "end"):
                return _joined(items), part
            if first.kind == "word" and first.text == "if":
                items.append(self._if(part[1:]))
                continue
            items.append(_Expression(part).parse().evaluate)
        return _joined(items), None

    def _if(self, condition: list[_Token]) -> _Evaluate:
        test = _Expression(condition).parse().evaluate
        then, stop = self._block()
        otherwise = _constant(str, "").evaluate
        if stop is not None and stop[0].text == "else":
            if len(stop) > 1:
                if stop[1] != _Token("word", "if"):
                    raise ValueError(f"{stop[1].text!r} cannot stand after else")
                # `else if` shares its end with the `if` before it.
                otherwise = self._if(stop[2:])
                return lambda values: then(values) if test(values) else otherwise(values)
            otherwise, stop = self._block()
        if stop is None or stop[0].text != "end" or len(stop) > 1:
            raise ValueError("{{ if }} has no {{ end }}")
        return lambda values: then(values) if test(values) else otherwise(values)


class _Expression:
    """Parses the tokens of one action."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._position = 0

    def parse(self) -> _Operand:
        operand = self._pipeline()
        if (token := self._next()) is not None:
            raise ValueError(f"unexpected {token.text!r}")
        return operand

    def _next(self) -> _Token | None:
        if self._position == len(self._tokens):
            return None
        self._position += 1
        return self._tokens[self._position - 1]

    def _peek(self) -> _Token | None:
        return self._tokens[self._position] if self._position < len(self._tokens) else None

    def _pipeline(self) -> _Operand:
        operand = self._command(None)
        while self._peek() == _Token("symbol", "|"):
            self._position += 1
            operand = self._command(operand)
        return operand

    def _command(self, piped: _Operand | None) -> _Operand:
        token = self._peek()
        if token is not None and token.kind == "word" and token.text not in ("true", "false"):
            self._position += 1
            return self._call(token.text, piped)
        if piped is not None and token is not None:
            raise ValueError("only a function can stand after |")
        return self._operand()

    def _call(self, name: str, piped: _Operand | None) -> _Operand:
        if name in _KEYWORDS or name not in _FUNCTIONS:
            raise ValueError(f"{name!r} is not supported. {_CALLABLE}")
        function = _FUNCTIONS[name]
        arguments = []
        while (token := self._peek()) is not None and token not in (
            _Token("symbol", "|"),
            _Token("symbol", ")"),
        ):
            arguments.append(self._operand())
        if piped is not None:  # The value of a pipeline is the last argument.
            arguments.append(piped)
        kinds = tuple(argument.kind for argument in arguments)
        if kinds != function.parameters:
            wanted = ", ".join(_KINDS[kind] for kind in function.parameters)
            given = ", ".join(_KINDS[kind] for kind in kinds) or "nothing"
            raise ValueError(f"{name} takes {wanted}, but is given {given}")

        def evaluate(values: Mapping[str, str]) -> Any:
            given = [argument.evaluate(values) for argument in arguments]
            if None in given:
                raise MissingValueError(name)
            return function.call(*given)

        return _Operand(function.result, evaluate)

    def _operand(self) -> _Operand:
        token = self._next()
        if token is None:
            raise ValueError("an action, or a part of it, is empty")
        if token.kind == "field":
            return _Operand(str, lambda values: values.get(token.text))
        if token.kind == "string":
            return _constant(str, _unquote(token.text))
        if token.kind == "raw":
            return _constant(str, token.text)
        if token.kind == "number":
            return _constant(int, int(token.text))
        if token.kind == "word" and token.text in ("true", "false"):
            return _constant(bool, token.text == "true")
        if token == _Token("symbol", "("):
            operand = self._pipeline()
            if self._next() != _Token("symbol", ")"):
                raise ValueError("a parenthesis is not closed")
            return operand
        if token.kind == "word":
            raise ValueError(
                f"{token.text!r} is not supported here. Put a call with its arguments in parentheses"
            )
        raise ValueError(f"{token.text!r} is not supported. {_CALLABLE}")


_KINDS = {str: "a string", int: "a whole number", bool: "a truth value"}


def _constant(kind: type, value: Any) -> _Operand:
    return _Operand(kind, lambda values: value)  # noqa: ARG005


def _joined(items: list[_Evaluate]) -> Callable[[Mapping[str, str]], str]:
    return lambda values: "".join(_written(item(values)) for item in items)


def _written(value: Any) -> str:
    if value is None:
        return _NO_VALUE
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _unquote(text: str) -> str:
    try:
        value: str = json.loads(text)
        value.encode()  # Refuses lone surrogates.
    except ValueError:
        raise ValueError("a string has an escape that is not supported; use those of JSON") from None
    return value


def _split(template: str) -> list[str | list[_Token]]:
    """Return the texts and actions of a template. Comments are left out."""
    parts: list[str | list[_Token]] = []
    end = 0
    trim = False
    while (start := template.find("{{", end)) >= 0:
        action = _ACTION.match(template, start)
        if action is None:
            raise ValueError("an action that starts with {{ is not closed, or has a string that is not")
        text = template[end:start]
        text = text.lstrip(_GO_SPACE) if trim else text
        parts.append(text.rstrip(_GO_SPACE) if action["trim_left"] else text)
        trim = bool(action["trim_right"])
        end = action.end()
        if action["code"] is not None:
            tokens = _tokens(action["code"])
            if not tokens:
                raise ValueError("an action, or a part of it, is empty")
            parts.append(tokens)
    rest = template[end:]
    parts.append(rest.lstrip(_GO_SPACE) if trim else rest)
    return [part for part in parts if part]


def _tokens(code: str) -> list[_Token]:
    return [_Token(match.lastgroup or "", match[match.lastgroup or 0]) for match in _TOKEN.finditer(code)]
