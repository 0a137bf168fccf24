"""The syntax tree of HCL expressions.

The grammar is that of HCL's native syntax specification (hashicorp/hcl, `hclsyntax/spec.md`). White space and
comments are not kept, parentheses are: the printer never has to work out precedence.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Literal:
    """A number, `true`, `false` or `null`, as written."""

    text: str


@dataclass(frozen=True, slots=True)
class Name:
    """An identifier: the root of a reference, a keyword of a type expression, the name of a `for` variable."""

    name: str


@dataclass(frozen=True, slots=True)
class Marker:
    """A CDKTF token that stands for a string, such as `${TfToken[TOKEN.12]}`, with its braces.

    CDKTF replaces it by what it stands for, so it must stay as it is.
    """

    text: str


@dataclass(frozen=True, slots=True)
class Interpolation:
    """`${value}` in a template."""

    value: Expression


@dataclass(frozen=True, slots=True)
class Template:
    """A string: literal parts, unescaped, between interpolations."""

    parts: tuple[str | Interpolation, ...]

    @property
    def constant(self) -> str | None:
        """The string's value when it has only literal parts."""
        if all(isinstance(part, str) for part in self.parts):
            return "".join(str(part) for part in self.parts)
        return None


@dataclass(frozen=True, slots=True)
class Attribute:
    """`base.name`; a legacy index such as `base.0` has the digits as its name."""

    base: Expression
    name: str


@dataclass(frozen=True, slots=True)
class Index:
    """`base[key]`."""

    base: Expression
    key: Expression


@dataclass(frozen=True, slots=True)
class Splat:
    """`base[*]` or `base.*`; `operator` holds which."""

    base: Expression
    operator: str


@dataclass(frozen=True, slots=True)
class Call:
    """`name(arguments)`; with `expand`, the last argument is followed by `...`."""

    name: str
    arguments: tuple[Expression, ...]
    expand: bool = False


@dataclass(frozen=True, slots=True)
class Unary:
    """`-operand` or `!operand`."""

    operator: str
    operand: Expression


@dataclass(frozen=True, slots=True)
class Binary:
    """`left operator right`."""

    left: Expression
    operator: str
    right: Expression


@dataclass(frozen=True, slots=True)
class Conditional:
    """`condition ? yes : no`."""

    condition: Expression
    yes: Expression
    no: Expression


@dataclass(frozen=True, slots=True)
class Parentheses:
    """`(inner)`."""

    inner: Expression


@dataclass(frozen=True, slots=True)
class Tuple:
    """`[item, …]`."""

    items: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One `key = value` of an object; a key that is a constant is a plain string."""

    key: str | Expression
    value: Expression


@dataclass(frozen=True, slots=True)
class Object:
    """`{ key = value, … }`."""

    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class ForTuple:
    """`[for names in collection : value if condition]`."""

    names: tuple[str, ...]
    collection: Expression
    value: Expression
    condition: Expression | None


@dataclass(frozen=True, slots=True)
class ForObject:
    """`{for names in collection : key => value... if condition}`; `group` is the `...`."""

    names: tuple[str, ...]
    collection: Expression
    key: Expression
    value: Expression
    group: bool
    condition: Expression | None


Expression: TypeAlias = (
    Literal
    | Name
    | Marker
    | Template
    | Attribute
    | Index
    | Splat
    | Call
    | Unary
    | Binary
    | Conditional
    | Parentheses
    | Tuple
    | Object
    | ForTuple
    | ForObject
)


def unwrapped(template: Template) -> Expression:
    """What is inside of a string that is one interpolation and nothing else, which HCL takes to be the same."""
    match template.parts:
        case (Interpolation(value=value),) if not isinstance(value, Marker):
            return value
        case _:
            return template
