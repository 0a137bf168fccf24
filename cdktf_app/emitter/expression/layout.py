"""Lays an expression out: on one line where that reads well, else over several.

A layout is a list of lines. The first continues whatever stands in front of the expression; the others are
indented relative to the line on which the expression starts.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass

from cdktf_app.emitter.expression.flat import after_keyword, bare, flat, for_intro, interpolation, key_text
from cdktf_app.emitter.expression.nodes import (
    Attribute,
    Binary,
    Call,
    Conditional,
    Expression,
    ForObject,
    ForTuple,
    Index,
    Literal,
    Object,
    Parentheses,
    Splat,
    Template,
    Tuple,
    Unary,
)
from cdktf_app.emitter.expression.text import escape_heredoc, fits_heredoc

WIDTH = 110
INDENT = "  "
_HEREDOC = "<<-EOT"
_ROOM_FOR_VALUE = 20
"""Columns without which the value of a `for` expression does not go behind its collection."""

_SHORT_OBJECT = 3
"""Entries that an object may have on one line where it is an operand."""

_FIRST_ARGUMENT_LEADS = frozenset({"optional", "try", "can", "lookup", "coalesce", "contains", "length"})
"""Functions whose first argument may be laid out over several lines with the others behind its end."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """`name = value` with the value laid out."""

    name: str
    lines: list[str]

    @property
    def aligned(self) -> bool:
        """Whether `terraform fmt` aligns its `=` with its neighbours': not when its line opens a bracket."""
        return len(self.lines) == 1 or self.lines[0] == _HEREDOC


def assignments(items: Iterable[Assignment]) -> list[str]:
    """Lay out neighbouring assignments with their `=` aligned as `terraform fmt` does it."""
    lines: list[str] = []
    chain: list[Assignment] = []

    def close_chain() -> None:
        width = max((len(item.name) for item in chain), default=0)
        for item in chain:
            lines.extend([f"{item.name:{width}} = {item.lines[0]}", *item.lines[1:]])
        chain.clear()

    for item in items:
        if not item.aligned:
            close_chain()
        chain.append(item)
        if not item.aligned:
            close_chain()
    close_chain()
    return lines


def assign(name: str, value: Expression, column: int) -> Assignment:
    """Lay out `name = value` for a line that is indented by `column` columns."""
    value = bare(value)
    if heredoc := heredoc_lines(value):
        return Assignment(name, heredoc)
    return Assignment(name, layout(value, column, len(name) + 3))


def heredoc_lines(value: Expression, *, end_line: bool = False) -> list[str]:
    """Lay out a string of several lines as a heredoc; nothing when it is none or a heredoc would change it.

    With `end_line`, the end of the last line may be added: a heredoc cannot be without it.
    """
    if not isinstance(value, Template):
        return []
    # A heredoc has a name and an end of its own, so it is for two lines and more.
    shape = "".join(part if isinstance(part, str) else "x" for part in value.parts)
    if end_line and not shape.endswith("\n"):
        shape += "\n"
    if shape.count("\n") < 2 or not shape.endswith("\n") or not fits_heredoc(shape) or not _free(value):
        return []
    text = "".join(
        escape_heredoc(part) if isinstance(part, str) else interpolation(part) for part in value.parts
    )
    return [_HEREDOC, *indented(text.removesuffix("\n").split("\n")), "EOT"]


def _free(template: Template) -> bool:
    """Tell whether no literal part runs into the interpolation behind it: `$` in front of `${`."""
    # Literal parts are never neighbours, so every part but the last has an interpolation behind it.
    return not any(isinstance(part, str) and part.endswith("$") for part in template.parts[:-1])


def indented(lines: Iterable[str]) -> list[str]:
    """Indent lines by one step; empty ones stay empty."""
    return [INDENT + line if line else line for line in lines]


def layout(node: Expression, column: int = 0, used: int = 0) -> list[str]:
    """Lay out an expression.

    Args:
        node: The expression.
        column: Indentation, in columns, of the line on which it starts.
        used: Columns of that line that stand in front of it.
    """
    if not _spreads(node):
        line = flat(node)
        if column + used + len(line) <= WIDTH:
            return [line]
    return _spread(node, column, used)


def _spread(node: Expression, column: int, used: int) -> list[str]:
    match node:
        case Object(entries=entries) if entries:
            inside = assignments(assign(key_text(entry), entry.value, column + 2) for entry in entries)
            return ["{", *indented(inside), "}"]
        case Tuple(items=(item,)) if isinstance(bare(item), Object | ForTuple | ForObject | Tuple):
            return _embraced("[", layout(bare(item), column, used + 1), "]")
        case Tuple(items=items) if items and all(isinstance(item, Literal) for item in items):
            filled = textwrap.wrap(", ".join(map(flat, items)), WIDTH - column - 3)
            return ["[", *indented([*filled[:-1], filled[-1] + ","]), "]"]
        case Tuple(items=items) if items:
            inside = [line for item in items for line in _ended(layout(bare(item), column + 2), ",")]
            return ["[", *indented(inside), "]"]
        case ForTuple() | ForObject():
            return _spread_for(node, column)
        case Call() if node.arguments:
            return _spread_call(node, column, used)
        case Conditional():
            return _spread_conditional(node, column, used)
        case Binary(operator="&&" | "||"):
            return ["(", *indented(_operands(node, column + 2)), ")"]
        case Binary(left=left, operator=operator, right=right):
            first = layout(left, column, used)
            return _embraced("", first, f" {operator} ", layout(right, column, len(first[-1]) + 3))
        case Parentheses(inner=inner):
            lines = layout(bare(inner), column, used + 1)
            return lines if lines[0] == "(" else _embraced("(", lines, ")")
        case Unary(operator=operator, operand=operand):
            return _embraced(operator, layout(operand, column, used + 1), "")
        case Attribute(base=base, name=name):
            return _embraced("", layout(base, column, used), f".{name}")
        case Index(base=base, key=key):
            return _embraced("", layout(base, column, used), f"[{flat(bare(key))}]")
        case Splat(base=base, operator=operator):
            return _embraced("", layout(base, column, used), operator)
        case _:
            return [flat(node)]


def _spread_for(node: ForTuple | ForObject, column: int) -> list[str]:
    opening, closing = "[]" if isinstance(node, ForTuple) else "{}"
    intro = for_intro(node)
    key, dots = "", ""
    if isinstance(node, ForObject):
        key, dots = f"{flat(node.key)} => ", "..." * node.group
    head = [intro]
    if column + 2 + len(intro) > WIDTH - _ROOM_FOR_VALUE and _embraces(bare(node.collection)):
        names = f"for {', '.join(node.names)} in "
        head = _embraced(names, _spread(bare(node.collection), column + 2, len(names)), " :")
    used = len(head[-1]) + 1 + len(key)
    value = layout(bare(node.value), column + 2, used)
    if len(value) == 1 and column + 2 + used + len(value[0]) > WIDTH:
        inside = [*head, f"{key}{value[0]}{dots}"]
    else:
        inside = [*head[:-1], *_embraced(f"{head[-1]} {key}", value, dots)]
    if node.condition is not None:
        condition = layout(bare(node.condition), column + 2, 3)
        inside += [after_keyword("if", condition[0]), *condition[1:]]
    return [opening, *indented(inside), closing]


def _spread_call(call: Call, column: int, used: int) -> list[str]:
    arguments = [bare(argument) for argument in call.arguments]
    opening, closing = f"{call.name}(", f"{'...' if call.expand else ''})"
    *first, last = arguments
    if (_embraces(last) or _is_call_of_call(call)) and not any(_spreads(argument) for argument in first):
        before_last = opening + "".join(f"{flat(argument)}, " for argument in first)
        if column + used + len(before_last) <= WIDTH:
            return _embraced(before_last, layout(last, column, used + len(before_last)), closing)
    head, *rest = arguments
    if call.name in _FIRST_ARGUMENT_LEADS and _embraces(head) and not any(map(_spreads, rest)):
        closing = "".join(f", {flat(argument)}" for argument in rest) + closing
        return _embraced(opening, layout(head, column, used + len(opening)), closing)
    inside: list[str] = []
    for argument in first:
        inside += _ended(layout(argument, column + 2), ",")
    inside += _ended(layout(last, column + 2), closing[:-1])
    return [opening, *indented(inside), ")"]


def _spread_conditional(node: Conditional, column: int, used: int) -> list[str]:
    opening = f"{flat(node.condition)} ? {flat(node.yes)} : "
    short = column + used + len(opening) <= WIDTH // 2
    if short and _embraces(node.no) and not _spreads(node.condition) and not _spreads(node.yes):
        return _embraced(opening, layout(node.no, column, used + len(opening)), "")
    inside = [
        *layout(node.condition, column + 2),
        *_embraced("? ", layout(node.yes, column + 2, 2), ""),
        *_embraced(": ", layout(node.no, column + 2, 2), ""),
    ]
    return ["(", *indented(inside), ")"]


def _operands(node: Expression, column: int) -> list[str]:
    """Lay out a row of `&&`, or of `||`: one operand a line, behind its operator."""
    match node:
        case Binary(left=Binary(operator=inner) as left, operator=operator, right=right) if inner == operator:
            lines = _operands(left, column)
        case Binary(left=left, operator=operator, right=right):
            lines = layout(left, column)
        case _:
            raise TypeError(f"not a row of operands: {node!r}")
    return lines + _embraced(f"{operator} ", layout(right, column, 3), "")


def _embraces(node: Expression) -> bool:
    """Tell whether the expression, over several lines, starts and ends with brackets."""
    match node:
        case Object() | ForTuple() | ForObject() | Tuple():
            return True
        case Call(arguments=arguments):
            return bool(arguments) and (
                _is_call_of_call(node)
                or _embraces(bare(arguments[-1 if node.name not in _FIRST_ARGUMENT_LEADS else 0]))
            )
        case _:
            return False


def _is_call_of_call(call: Call) -> bool:
    """Tell whether a call's only argument is a call with arguments: `can(regex(`."""
    match tuple(map(bare, call.arguments)):
        case (Call(arguments=arguments),):
            return bool(arguments)
        case _:
            return False


def _spreads(node: Expression, *, operand: bool = False) -> bool:
    """Tell whether an expression goes over several lines however short it is.

    An object does when it has several entries (as an operand: more than a few, or nested ones), a list when it
    has several objects; so does whatever holds one that does.
    """
    match node:
        case Object(entries=entries):
            values = [bare(entry.value) for entry in entries]
            many = len(entries) > (_SHORT_OBJECT if operand else 1)
            return many or any(
                _is_filled_object(value) or _spreads(value) or bool(heredoc_lines(value)) for value in values
            )
        case Tuple(items=items):
            several = sum(_is_filled_object(bare(item)) for item in items) > 1
            return several or any(_spreads(bare(item)) for item in items)
        case ForTuple(value=value) | ForObject(value=value):
            return _spreads(bare(value))
        case Call(arguments=arguments):
            return any(_spreads(bare(argument)) for argument in arguments)
        case Conditional(condition=condition, yes=yes, no=no):
            return any(_spreads(bare(part), operand=True) for part in (condition, yes, no))
        case Binary(left=left, right=right):
            return any(_spreads(bare(part), operand=True) for part in (left, right))
        case Parentheses(inner=inner):
            return _spreads(bare(inner), operand=operand)
        case Unary(operand=inner) | Attribute(base=inner) | Index(base=inner) | Splat(base=inner):
            return _spreads(bare(inner), operand=True)
        case _:
            return False


def _is_filled_object(node: Expression) -> bool:
    return isinstance(node, ForObject) or (isinstance(node, Object) and bool(node.entries))


def _embraced(before: str, lines: list[str], after: str, more: list[str] | None = None) -> list[str]:
    """Put text in front of the first line, and text and further lines behind the last."""
    first, *rest = lines
    joined = [before + first, *rest]
    joined[-1] += after
    if more:
        joined[-1] += more[0]
        joined += more[1:]
    return joined


def _ended(lines: list[str], end: str) -> list[str]:
    return _embraced("", lines, end)
