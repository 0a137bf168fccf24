"""Policy statements of several modules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cdktf_app.emitter.value import hcl_value


def allow_when_any(name: str, value: str, statement: Mapping[str, Any]) -> str:
    """Make the expression of a list with one Allow statement, or with none when `value` is empty.

    Such a statement is no policy of its own: whether a resource exists has to be known at plan, and the ARN of what
    the same configuration makes is not. And it is no conditional: its branches would have to be of one type.

    Args:
        name: What the statement calls the value.
        value: An expression of a string or list.
        statement: The statement without its effect.
    """
    sid, rest = statement["Sid"], {key: part for key, part in statement.items() if key != "Sid"}
    allow = {"Sid": sid, "Effect": "Allow", **rest}
    return f"[for {name} in [{value}] : {hcl_value(allow)} if length({name}) > 0]"


def trust_statements() -> list[dict[str, Any]]:
    """Make the statements of the trust policy of a function's role.

    No source condition is needed against a confused deputy: Lambda takes a role of the function's own account only,
    from a caller who may pass it.
    """
    return [
        {
            "Effect": "Allow",
            "Principal": {"Service": "lambda.amazonaws.com"},
            "Action": "sts:AssumeRole",
        }
    ]
