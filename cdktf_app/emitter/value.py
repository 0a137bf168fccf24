"""JSON values as HCL expressions."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from cdktf_app.emitter.errors import EmitError, located
from cdktf_app.emitter.expression.flat import flat
from cdktf_app.emitter.expression.nodes import (
    Entry,
    Expression,
    Literal,
    Object,
    Parentheses,
    Template,
    Tuple,
    Unary,
)
from cdktf_app.emitter.expression.parser import parse_template

_EXACT_INTEGERS = 2**53
_NUMBER_TOKENS_BELOW = -1e288
"""CDKTF encodes a number's token as a huge negative number, which only CDKTF itself can resolve."""

_OTHER_TOKENS = ("#{TfToken[", "&{TfToken[")


def hcl_value(value: Any) -> str:
    """Print a Python value as an HCL expression.

    Strings are templates, as in Terraform's JSON syntax: `"${var.x}"` becomes `var.x`, `"a-${var.x}"` stays a
    string, `$${` and `%%{` are literal. CDKTF's string tokens stay tokens in quotes, in such a form that they
    can stand in a longer expression (`"${${TfToken[TOKEN.12]}}"`): CDKTF puts in what they stand for, and the
    emitter then takes off what is too much.

    Args:
        value: Made of dicts with string keys, lists, strings, numbers, booleans and None.

    Returns:
        One line, however long: it is for use inside of a longer expression, which is laid out when it is emitted.

    Raises:
        EmitError: A value of another type, a number that HCL lacks, a token that is not a string, or an
            expression that cannot be parsed.

    Example:
        >>> hcl_value({"Service": "s3.amazonaws.com"})
        '{ Service = "s3.amazonaws.com" }'
    """
    return flat(expression_of(value))


def expression_of(value: Any) -> Expression:
    """Parse a JSON value whose strings are templates."""
    return _of(value, templates=True)


def literal_of(value: Any) -> Expression:
    """Parse a JSON value whose strings stand for themselves, as in a variable's default and description."""
    return _of(value, templates=False)


def _of(value: Any, *, templates: bool) -> Expression:
    match value:
        case None:
            return Literal("null")
        case bool():
            return Literal("true" if value else "false")
        case int() | float():
            return _number(value)
        case str():
            return _string(value, templates=templates)
        case Mapping():
            return Object(tuple(_entry(key, item, templates=templates) for key, item in value.items()))
        case Sequence():
            return Tuple(tuple(_item(index, item, templates=templates) for index, item in enumerate(value)))
        case _:
            raise EmitError(f"a {type(value).__name__} has no form in HCL: give a JSON value ({value!r})")


def _item(index: int, value: Any, *, templates: bool) -> Expression:
    with located(f"[{index}]"):
        return _of(value, templates=templates)


def _entry(key: Any, value: Any, *, templates: bool) -> Entry:
    with located(str(key)):
        if not isinstance(key, str):
            raise EmitError(f"keys are strings, this is a {type(key).__name__}")
        return Entry(_key(key, templates=templates), _of(value, templates=templates))


def _key(key: str, *, templates: bool) -> str | Expression:
    match _string(key, templates=templates):
        case Template() as template:
            constant = template.constant
            return template if constant is None else constant
        case computed:
            return Parentheses(computed)


def _string(text: str, *, templates: bool) -> Expression:
    if any(token in text for token in _OTHER_TOKENS):
        raise EmitError(f"{text!r} is CDKTF's token of a list or map: pass it through Token.as_string()")
    if templates and ("${" in text or "%{" in text):
        return parse_template(text)
    return Template((text,) if text else ())


def _number(number: float) -> Expression:
    if not math.isfinite(number):
        raise EmitError(f"HCL has no number {number!r}")
    if number < _NUMBER_TOKENS_BELOW:
        raise EmitError(f"{number!r} is CDKTF's token of a number: pass it through Token.as_string()")
    if number == int(number) and abs(number) < _EXACT_INTEGERS:
        number = int(number)
    literal = Literal(repr(abs(number)))
    return Unary("-", literal) if number < 0 else literal
