"""What a module makes of its inputs' defaults: so much of Terraform's evaluation as its conditions take."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any, Final

from cdktf_app.emitter.expression.nodes import (
    Attribute,
    Binary,
    Call,
    Conditional,
    Expression,
    ForObject,
    ForTuple,
    Literal,
    Name,
    Object,
    Parentheses,
    Template,
    Tuple,
    Unary,
)
from cdktf_app.emitter.expression.parser import parse_expression
from cdktf_app.emitter.value import expression_of, literal_of


class _Unknown:
    """What is not decided by defaults: it depends on a required input, on AWS, or on what is not evaluated here."""


UNKNOWN: Final = _Unknown()

_OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_FUNCTIONS: dict[str, Callable[[list[Any]], Any]] = {
    "coalesce": lambda values: next((value for value in values if value not in (None, "")), UNKNOWN),
    "distinct": lambda values: [
        value for index, value in enumerate(values[0]) if value not in values[0][:index]
    ],
    "length": lambda values: len(values[0]),
    "max": max,
    "min": min,
    "toset": lambda values: values[0],
    "values": lambda values: list(values[0].values()),
}
_LITERALS = {"true": True, "false": False, "null": None}


class Defaults:
    """Evaluates expressions of one module with the default of every input."""

    def __init__(self, terraform: dict[str, Any]) -> None:
        self._variables: dict[str, dict[str, Any]] = terraform.get("variable", {})
        self._locals: dict[str, Any] = terraform.get("locals", {})

    def made(self, content: dict[str, Any]) -> bool:
        """Whether a block is made, as far as its count or for_each is decided."""
        count = self.value(expression_of(content["count"])) if "count" in content else 1
        each = self.value(expression_of(content["for_each"])) if "for_each" in content else UNKNOWN
        return count != 0 and each not in ({}, [])

    def value(self, node: Expression) -> Any:
        """The value in Python, or UNKNOWN."""
        match node:
            case Literal(text=text):
                return _LITERALS[text] if text in _LITERALS else float(text)
            case Template():
                return UNKNOWN if node.constant is None else node.constant
            case Parentheses(inner=inner):
                return self.value(inner)
            case Attribute(base=Name(name="local"), name=name):
                return self.value(expression_of(self._locals[name]))
            case Attribute():
                return self._input(node)
            case Conditional(condition=condition, yes=yes, no=no):
                decided = self.value(condition)
                return UNKNOWN if decided is UNKNOWN else self.value(yes if decided else no)
            case Unary(operator="!", operand=operand):
                value = self.value(operand)
                return UNKNOWN if value is UNKNOWN else not value
            case Binary():
                return self._binary(node)
            case Tuple(items=items):
                return [self.value(item) for item in items]
            case Object(entries=entries):
                return {str(entry.key): self.value(entry.value) for entry in entries}
            case ForTuple(condition=condition) | ForObject(condition=condition):
                return self._for(node, condition)
            case Call(name=name, arguments=arguments) if name in _FUNCTIONS:
                values = [self.value(argument) for argument in arguments]
                return UNKNOWN if UNKNOWN in values else _FUNCTIONS[name](values)
            case _:
                return UNKNOWN

    def _binary(self, node: Binary) -> Any:
        left, right = self.value(node.left), self.value(node.right)
        if node.operator in ("&&", "||"):
            deciding = node.operator == "||"
            if deciding in (left, right):
                return deciding
            return UNKNOWN if UNKNOWN in (left, right) else not deciding
        if UNKNOWN in (left, right) or node.operator not in _OPERATORS:
            return UNKNOWN
        return _OPERATORS[node.operator](left, right)

    def _for(self, node: ForTuple | ForObject, condition: Expression | None) -> Any:
        empty: Any = [] if isinstance(node, ForTuple) else {}
        if condition is not None and self.value(condition) is False:
            return empty
        return empty if self.value(node.collection) in ([], {}) else UNKNOWN

    def _input(self, node: Attribute) -> Any:
        path: list[str] = []
        base: Expression = node
        while isinstance(base, Attribute):
            path.insert(0, base.name)
            base = base.base
        if base != Name("var") or path[0] not in self._variables:
            return UNKNOWN
        declared = self._variables[path[0]]
        if "default" not in declared:
            return UNKNOWN
        return self._member(literal_of(declared["default"]), parse_expression(declared["type"]), path[1:])

    def _member(self, default: Expression, declared: Expression, path: list[str]) -> Any:
        if not path:
            return self.value(default)
        match default, declared:
            case Object(entries=entries), Call(name="object", arguments=(Object(entries=members),)):
                given = {entry.key: entry.value for entry in entries}
                types = {entry.key: entry.value for entry in members}
                match types.get(path[0]):
                    case Call(name="optional", arguments=(inner, *rest)):
                        missing = rest[0] if rest else Literal("null")
                        return self._member(given.get(path[0], missing), inner, path[1:])
                    case inner if inner is not None and path[0] in given:
                        return self._member(given[path[0]], inner, path[1:])
        return UNKNOWN
