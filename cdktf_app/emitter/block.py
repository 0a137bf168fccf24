"""Blocks of HCL: what they hold, and how they are printed."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass

from cdktf_app.emitter.expression.layout import Assignment, assign, assignments, indented
from cdktf_app.emitter.expression.nodes import Expression
from cdktf_app.emitter.expression.text import escape_quoted

_COMMENT_WIDTH = 98
_FEW_ARGUMENTS = 2
"""Up to that many arguments stand right above one of several lines; more are set apart by an empty line."""


@dataclass(frozen=True, slots=True)
class Argument:
    """`name = value`; the lines are its value already laid out, where it is not laid out as others are."""

    name: str
    value: Expression
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Arguments:
    """Arguments without an empty line between them.

    With `long_last`, those of several lines come last, and are set apart when there is much in front of them.
    """

    items: tuple[Argument, ...]
    long_last: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """`type "label" { … }`; an empty line stands between the parts of its body."""

    type: str
    labels: tuple[str, ...] = ()
    body: tuple[Arguments | Block, ...] = ()
    comment: str = ""
    notes: tuple[str, ...] = ()
    """Comments that have to stand inside of the block, each on one line: scanners look for theirs there."""


def print_block(block: Block, column: int = 0) -> list[str]:
    """Print a block with its comment as lines, relative to its own indentation of `column` columns."""
    labels = "".join(f' "{escape_quoted(label)}"' for label in block.labels)
    notes = [f"# {note}" for note in block.notes]
    inside = joined([notes, print_body(block.body, column + 2)])
    head = f"{block.type}{labels} {{"
    lines = [head, *indented(inside), "}"] if inside else [f"{head}}}"]
    return [*comment_lines(block.comment), *lines]


def print_body(body: Iterable[Arguments | Block], column: int) -> list[str]:
    """Print the parts of a body with an empty line between them."""
    paragraphs: list[list[str]] = []
    for part in body:
        if isinstance(part, Block):
            paragraphs.append(print_block(part, column))
        else:
            paragraphs += _paragraphs(part, column)
    return joined(paragraphs)


def joined(paragraphs: Iterable[list[str]]) -> list[str]:
    """Join the paragraphs that are not empty with an empty line between them."""
    lines: list[str] = []
    for paragraph in paragraphs:
        if paragraph:
            lines += [""] * bool(lines) + paragraph
    return lines


def comment_lines(text: str) -> list[str]:
    """Print a comment, wrapped; line ends of its own stay."""
    lines: list[str] = []
    for line in text.strip().splitlines():
        lines += textwrap.wrap(line, _COMMENT_WIDTH, break_long_words=False, break_on_hyphens=False) or [""]
    return [f"# {line}".rstrip() for line in lines]


def _paragraphs(arguments: Arguments, column: int) -> list[list[str]]:
    items = [_assignment(item, column) for item in arguments.items]
    if not arguments.long_last:
        return [assignments(items)]
    short = [item for item in items if len(item.lines) == 1]
    long = [item for item in items if len(item.lines) > 1]
    if long and len(short) <= _FEW_ARGUMENTS:
        return [assignments([*short, long[0]]), *(assignments([item]) for item in long[1:])]
    return [assignments(short), *(assignments([item]) for item in long)]


def _assignment(argument: Argument, column: int) -> Assignment:
    if argument.lines:
        return Assignment(argument.name, list(argument.lines))
    return assign(argument.name, argument.value, column)
