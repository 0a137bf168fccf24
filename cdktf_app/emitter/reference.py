"""What is a reference in HCL and a plain string in JSON: `depends_on`, `provider`, `moved` and the like."""

from __future__ import annotations

from typing import Any

from cdktf_app.emitter.errors import EmitError
from cdktf_app.emitter.expression.nodes import Attribute, Expression, Index, Name, Splat, Tuple
from cdktf_app.emitter.expression.parser import parse_expression


def reference(value: Any) -> Expression:
    """Parse an address such as `aws_vpc.this[0]`, with or without `${…}` around it.

    Raises:
        EmitError: It is something else.
    """
    if not isinstance(value, str):
        raise EmitError(f"expected an address, not {value!r}")
    text = value[2:-1] if value.startswith("${") and value.endswith("}") else value
    parsed = parse_expression(text)
    if not _is_reference(parsed):
        raise EmitError(f"expected an address such as aws_vpc.this, not {value!r}")
    return parsed


def references(value: Any) -> Tuple:
    """Parse a list of addresses."""
    if not isinstance(value, list):
        raise EmitError(f"expected a list of addresses, not {value!r}")
    return Tuple(tuple(reference(item) for item in value))


def _is_reference(node: Expression) -> bool:
    match node:
        case Name():
            return True
        case Attribute(base=base) | Index(base=base) | Splat(base=base):
            return _is_reference(base)
        case _:
            return False
