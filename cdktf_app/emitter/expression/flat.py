"""Prints an expression on one line."""

from __future__ import annotations

import re

from cdktf_app.emitter.expression.nodes import (
    Attribute,
    Binary,
    Call,
    Conditional,
    Entry,
    Expression,
    ForObject,
    ForTuple,
    Index,
    Interpolation,
    Literal,
    Marker,
    Name,
    Object,
    Parentheses,
    Splat,
    Template,
    Tuple,
    Unary,
)
from cdktf_app.emitter.expression.text import escape_quoted

_BARE_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_KEYWORDS = frozenset({"for", "if", "in", "else", "endif", "endfor", "true", "false", "null"})


def bare(node: Expression) -> Expression:
    """The expression without parentheses around the whole, for places where they mean nothing."""
    while isinstance(node, Parentheses):
        node = node.inner
    return node


def flat(node: Expression) -> str:
    """Print the expression on one line, in the form that `terraform fmt` gives it."""
    match node:
        case Literal(text=text) | Name(name=text) | Marker(text=text):
            return text
        case Template(parts=parts):
            return _quoted(parts)
        case Attribute(base=base, name=name):
            return f"{flat(base)}.{name}"
        case Index(base=base, key=key):
            return f"{flat(base)}[{flat(bare(key))}]"
        case Splat(base=base, operator=operator):
            return flat(base) + operator
        case Call(name=name, arguments=arguments, expand=expand):
            return f"{name}({', '.join(flat(bare(item)) for item in arguments)}{'...' if expand else ''})"
        case Unary(operator=operator, operand=operand):
            return operator + flat(operand)
        case Binary(left=left, operator=operator, right=right):
            return f"{flat(left)} {operator} {flat(right)}"
        case Conditional(condition=condition, yes=yes, no=no):
            return f"{flat(condition)} ? {flat(yes)} : {flat(no)}"
        case Parentheses(inner=inner):
            return f"({flat(bare(inner))})"
        case Tuple(items=items):
            return f"[{', '.join(flat(bare(item)) for item in items)}]"
        case Object(entries=entries):
            inside = ", ".join(f"{key_text(entry)} = {flat(bare(entry.value))}" for entry in entries)
            return f"{{ {inside} }}" if inside else "{}"
        case ForTuple(value=value, condition=condition):
            return f"[{for_intro(node)} {flat(value)}{_suffix(condition)}]"
        case ForObject(value=value, group=group, condition=condition):
            dots = "..." if group else ""
            return f"{{ {for_intro(node)} {flat(node.key)} => {flat(value)}{dots}{_suffix(condition)} }}"


def for_intro(node: ForTuple | ForObject) -> str:
    """Print `for names in collection :`."""
    return f"for {', '.join(node.names)} {after_keyword('in', flat(bare(node.collection)))} :"


def after_keyword(keyword: str, text: str) -> str:
    """Put `in` or `if` in front of an expression.

    `terraform fmt` takes `if (` for a call, and `if [` for an index, and joins the two.
    """
    joins = text.startswith("(") or (text.startswith("[") and keyword == "if")
    return f"{keyword}{text}" if joins else f"{keyword} {text}"


def key_text(entry: Entry) -> str:
    """Print the key of an object's entry: without quotes when it is an identifier."""
    if not isinstance(entry.key, str):
        return flat(entry.key)
    if _BARE_KEY.fullmatch(entry.key) and entry.key not in _KEYWORDS:
        return entry.key
    return f'"{escape_quoted(entry.key)}"'


def _suffix(condition: Expression | None) -> str:
    return "" if condition is None else " " + after_keyword("if", flat(bare(condition)))


def _quoted(parts: tuple[str | Interpolation, ...]) -> str:
    # Literal parts are never neighbours, so every part but the last has an interpolation behind it.
    last = len(parts) - 1
    printed = [
        escape_quoted(part, interpolation_follows=index < last)
        if isinstance(part, str)
        else interpolation(part)
        for index, part in enumerate(parts)
    ]
    return f'"{"".join(printed)}"'


def interpolation(part: Interpolation) -> str:
    """Print `${…}`."""
    # A token has braces of its own. These are not one pair too many: inside of a longer expression CDKTF
    # replaces the token, braces and all, by a reference without braces, even if it stands in a string.
    if isinstance(part.value, Marker):
        return f"${{{part.value.text}}}"
    inside = flat(bare(part.value))
    # `terraform fmt` keeps two braces apart.
    return f"${{{' ' * inside.startswith('{')}{inside}{' ' * inside.endswith('}')}}}"
