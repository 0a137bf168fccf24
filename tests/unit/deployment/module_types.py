"""The types of an emitted module's inputs, as Terraform's type expressions say them."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import hcl2

REQUIRED = object()
"""The default of what has to be given."""


@dataclass(frozen=True)
class Member:
    """A variable, or a member of an object type.

    Attributes:
        default: Its default, complete with those of its members; REQUIRED where it has none.
        members: Its own members, of an object or of what a list or map of objects holds.
    """

    default: Any
    members: dict[str, Member]


def inputs(module: Path) -> dict[str, Member]:
    """The inputs of a module's variables.tf."""
    variables = hcl2.loads((module / "variables.tf").read_text())["variable"]
    return {
        name.strip('"'): _member(
            _parsed(content["type"]), _python(content["default"]) if "default" in content else REQUIRED
        )
        for variable in variables
        for name, content in variable.items()
    }


def _parsed(expression: str) -> ast.expr:
    # With names of members in quotes, a type expression is one of Python, too.
    text = re.sub(r"(\w+) *= ", r'"\1": ', expression.removeprefix("${").removesuffix("}"))
    return ast.parse(text, mode="eval").body


def _member(kind: ast.expr, default: Any) -> Member:
    match kind:
        case ast.Call(ast.Name("object"), [ast.Dict(names, types)]):
            members = {
                ast.literal_eval(name): _optional(member)
                for name, member in zip(names, types, strict=True)
                if name
            }
            if isinstance(default, dict):
                default = {name: member.default for name, member in members.items()} | default
            return Member(default, members)
        case ast.Call(ast.Name("list" | "map" | "set"), [item]):
            return Member(default, _member(item, REQUIRED).members)
        case _:
            return Member(default, {})


def _optional(kind: ast.expr) -> Member:
    match kind:
        case ast.Call(ast.Name("optional"), [inner, default]):
            return _member(inner, _python(ast.unparse(default)))
        case ast.Call(ast.Name("optional"), [inner]):
            return _member(inner, None)
        case _:
            return _member(kind, REQUIRED)


def _python(value: Any) -> Any:
    names = {"true": True, "false": False, "null": None}
    if not isinstance(value, str):
        return value
    return names[value] if value in names else ast.literal_eval(value)
