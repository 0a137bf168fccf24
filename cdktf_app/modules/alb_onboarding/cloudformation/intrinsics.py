"""CloudFormation's intrinsic functions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Call:
    """A call of an intrinsic function, by the function's short name, as in `!Ref`."""

    function: str
    argument: Any


def ref(name: str) -> Call:
    """Return the value of a parameter, or what a resource is referred to by."""
    return Call("Ref", name)


def attribute(resource: str, name: str) -> Call:
    """Return an attribute of a resource."""
    return Call("GetAtt", f"{resource}.{name}")


NO_VALUE = ref("AWS::NoValue")
"""Takes the property away, or the item of a list."""


def sub(text: str, variables: Mapping[str, Any] | None = None) -> Call:
    """Put values into a text for each `${…}` in it; of `variables`, those that occur are passed."""
    used = {name: value for name, value in (variables or {}).items() if f"${{{name}}}" in text}
    return Call("Sub", [text, used] if used else text)


def substituted(value: Any, variables: Mapping[str, Any] | None = None) -> Any:
    """Return a document with `sub` around each text that holds a `${…}`."""
    if isinstance(value, str):
        return sub(value, variables) if re.search(r"\$\{", value) else value
    if isinstance(value, Mapping):
        return {key: substituted(item, variables) for key, item in value.items()}
    if isinstance(value, Sequence):
        return [substituted(item, variables) for item in value]
    return value


def join(separator: str, parts: Any) -> Call:
    """Join texts."""
    return Call("Join", [separator, parts])


def if_(condition: str, then: Any, otherwise: Any = NO_VALUE) -> Call:
    """Choose by a condition of the template."""
    return Call("If", [condition, then, otherwise])


def equals(one: Any, other: Any) -> Call:
    """Hold where both are the same text."""
    return Call("Equals", [one, other])


def not_(condition: Call) -> Call:
    """Hold where the other does not."""
    return Call("Not", [condition])


def both(one: str, other: str) -> Call:
    """Hold where both conditions of the template do."""
    return Call("And", [Call("Condition", one), Call("Condition", other)])


def any_of(*conditions: str) -> Call:
    """Hold where at least one of two to ten conditions of the template does."""
    return Call("Or", [Call("Condition", condition) for condition in conditions])
