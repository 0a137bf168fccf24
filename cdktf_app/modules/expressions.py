"""Terraform expressions in the form that synthesized JSON has for them: strings of `${…}`.

The bindings check the type of every argument, so an expression is passed as a token of the type that it has.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cdktf import IResolvable, Token

from cdktf_app.emitter.value import hcl_value

POLICY_VERSION = "2012-10-17"
"""The version of the policy language, in every policy document."""


def jsonencode(document: Any) -> str:
    """Call Terraform's `jsonencode` on a document whose strings may hold `${…}`.

    CDKTF's own `Fn.jsonencode` turns a raw `${var.x}` into the literal text `$${var.x}`.
    """
    return "${jsonencode(" + hcl_value(document) + ")}"


def listed_if(condition: str, document: Any) -> str:
    """Make the expression of a list that holds the document where the condition holds, and nothing otherwise.

    It is no conditional: the branches of one have to be of one type, which a document and nothing are not.
    """
    return f"[for listed in [{condition}] : {hcl_value(document)} if listed]"


def number(expression: str) -> float:
    """Pass an expression where the bindings want a number."""
    return float(Token.as_number(expression))


def boolean(expression: str) -> IResolvable:
    """Pass an expression where the bindings want a truth value."""
    return Token.as_any(expression)


def strings(expression: str) -> list[str]:
    """Pass an expression where the bindings want a list of strings."""
    return list(Token.as_list(expression))


def tags(name: str | None = None) -> Mapping[str, str]:
    """Pass the module's input `tags`, with a `Name` tag where the console tells things apart by it."""
    if name is None:
        return dict(Token.as_string_map("${var.tags}"))
    return dict(Token.as_string_map("${merge(var.tags, " + hcl_value({"Name": name}) + ")}"))
