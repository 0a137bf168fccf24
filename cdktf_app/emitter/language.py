"""The blocks of Terraform's language itself: variables, outputs, locals, settings, and the rarer ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from cdktf_app.emitter.block import Argument, Arguments, Block, comment_lines, joined, print_block
from cdktf_app.emitter.errors import EmitError, located
from cdktf_app.emitter.expression.layout import Assignment, assign, assignments, heredoc_lines, indented
from cdktf_app.emitter.expression.parser import parse_expression
from cdktf_app.emitter.reference import reference, references
from cdktf_app.emitter.resource import conditions, filled, objects, take_comment
from cdktf_app.emitter.value import expression_of, literal_of


def variable(name: str, content: dict[str, Any]) -> Block:
    """Make a variable's block. Terraform evaluates nothing in it but the validations."""
    content = dict(content)
    take_comment(content)
    arguments = _picked(
        content,
        {
            "description": _description,
            "type": lambda key, value: Argument(key, parse_expression(str(value))),
            "default": _literal,
            "sensitive": _literal,
            "ephemeral": _literal,
            "nullable": _literal,
        },
    )
    rules = conditions("validation", content.pop("validation", []))
    body = filled([Arguments(arguments), *rules])
    _refuse_rest(content)
    return Block("variable", (name,), body)


def output(name: str, content: dict[str, Any]) -> Block:
    """Make an output's block."""
    content = dict(content)
    take_comment(content)
    arguments = _picked(
        content,
        {
            "description": _description,
            "value": _expression,
            "sensitive": _literal,
            "ephemeral": _literal,
        },
    )
    depends_on = _picked(content, {"depends_on": _references})
    rules = conditions("precondition", content.pop("precondition", []))
    body = filled([Arguments(arguments), Arguments(depends_on), *rules])
    _refuse_rest(content)
    return Block("output", (name,), body)


def locals_block(values: dict[str, Any], comments: Mapping[str, str]) -> list[str]:
    """Print the block of all locals: those of several lines or with a comment are set apart."""
    paragraphs: list[list[str]] = []
    plain: list[Assignment] = []
    for name, value in values.items():
        with located(name):
            item = assign(name, expression_of(value), 2)
        comment = comment_lines(comments.get(name, ""))
        if len(item.lines) > 1 or comment:
            paragraphs.append(assignments(plain))
            plain = []
        if len(item.lines) > 1:
            paragraphs.append([*comment, *assignments([item])])
        elif comment:
            plain.append(item)
            paragraphs.append([*comment, *assignments(plain)])
            plain = []
        else:
            plain.append(item)
    paragraphs.append(assignments(plain))
    return ["locals {", *indented(joined(paragraphs)), "}"]


def settings(content: dict[str, Any]) -> Block:
    """Make the `terraform` block, without a backend: a module has none.

    CDKTF adds one to every stack of its own accord.
    """
    content = {key: value for key, value in content.items() if key != "backend"}
    version = _picked(content, {"required_version": _literal})
    providers = content.pop("required_providers", {})
    _refuse_rest(content)
    blocks = [_required_providers(providers)] if providers else []
    return Block("terraform", body=filled([Arguments(version), *blocks]))


def moved(content: dict[str, Any]) -> Block:
    """Make a `moved` block."""
    return _of_addresses("moved", content, {"from": _reference, "to": _reference})


def removed(content: dict[str, Any]) -> Block:
    """Make a `removed` block."""
    content = dict(content)
    lifecycle = objects(content.pop("lifecycle", []))
    block = _of_addresses("removed", content, {"from": _reference})
    nested = [
        Block("lifecycle", body=(Arguments(_picked(dict(item), {"destroy": _literal})),))
        for item in lifecycle
    ]
    return Block(block.type, body=(*block.body, *nested), comment=block.comment)


def check(name: str, content: dict[str, Any], data: Callable[[str, str, dict[str, Any]], Block]) -> Block:
    """Make a `check` block; `data` makes the block of a data source inside of it."""
    content = dict(content)
    comment = take_comment(content)
    sources = [
        data(type_name, data_name, item)
        for type_name, items in content.pop("data", {}).items()
        for data_name, item in items.items()
    ]
    rules = list(conditions("assert", content.pop("assert", [])))
    _refuse_rest(content)
    return Block("check", (name,), (*sources, *rules), comment)


def print_blocks(blocks: list[Block]) -> list[str]:
    """Print blocks with an empty line between them."""
    return joined(print_block(block) for block in blocks)


def _of_addresses(kind: str, content: dict[str, Any], known: dict[str, _Reader]) -> Block:
    content = dict(content)
    comment = take_comment(content)
    arguments = _picked(content, known)
    _refuse_rest(content)
    return Block(kind, body=(Arguments(arguments),), comment=comment)


def _required_providers(providers: dict[str, Any]) -> Block:
    arguments = []
    for name, value in providers.items():
        with located(name):
            arguments.append(Argument(name, literal_of(value)))
    return Block("required_providers", body=(Arguments(tuple(arguments)),))


_Reader = Callable[[str, Any], Argument]


def _picked(content: dict[str, Any], known: dict[str, _Reader]) -> tuple[Argument, ...]:
    """Take the known arguments out of `content`, in the order in which they are known."""
    arguments: list[Argument] = []
    for name, read in known.items():
        if name in content:
            with located(name):
                arguments.append(read(name, content.pop(name)))
    return tuple(arguments)


def _refuse_rest(content: dict[str, Any]) -> None:
    if content:
        raise EmitError(f"unknown argument {', '.join(map(repr, content))}")


def _description(name: str, value: Any) -> Argument:
    text = literal_of(value)
    return Argument(name, text, tuple(heredoc_lines(text, end_line=True)))


def _expression(name: str, value: Any) -> Argument:
    return Argument(name, expression_of(value))


def _literal(name: str, value: Any) -> Argument:
    return Argument(name, literal_of(value))


def _reference(name: str, value: Any) -> Argument:
    return Argument(name, reference(value))


def _references(name: str, value: Any) -> Argument:
    return Argument(name, references(value))
