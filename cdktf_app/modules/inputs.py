"""Declares input variables and outputs."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import dedent
from typing import Any

from cdktf import TerraformOutput, TerraformVariable, TerraformVariableValidationConfig
from constructs import Construct

# Not None: it is a default that Terraform knows.
_REQUIRED = object()


@dataclass(frozen=True, slots=True)
class Validation:
    """A rule: a Terraform condition, and what to tell a user whose value fails it."""

    condition: str
    error_message: str

    def block(self) -> dict[str, str]:
        """The content of its block, of whatever kind that is."""
        return {
            "condition": "${" + dedent(self.condition).strip() + "}",
            "error_message": self.error_message,
        }


def variable(
    scope: Construct,
    name: str,
    *,
    type: str,  # noqa: A002  Terraform's own name of the argument
    description: str,
    validations: tuple[Validation, ...] = (),
    sensitive: bool = False,
    nullable: bool = False,
    default: Any = _REQUIRED,
) -> None:
    """Declare an input; with a default it is optional. The default of a nullable one is null."""
    element = TerraformVariable(
        scope,
        f"variable.{name}",
        type=dedent(type).strip(),
        description=dedent(description).strip(),
        # Left out, it is true; the default null is put in after the synthesis, since CDKTF drops it.
        nullable=None if nullable else False,
        sensitive=sensitive or None,
        validation=[TerraformVariableValidationConfig(**rule.block()) for rule in validations] or None,
    )
    # CDKTF drops defaults that are falsy in JavaScript ("", 0, false), so it is not told them.
    if default is not _REQUIRED:
        element.add_override("default", default)


def output(
    scope: Construct,
    name: str,
    value: str,
    description: str,
    depends_on: tuple[str, ...] = (),
    preconditions: tuple[Validation, ...] = (),
) -> None:
    """Declare an output; who uses it waits for `depends_on` (resource addresses) too."""
    element = TerraformOutput(scope, f"output.{name}", value=value, description=description)
    if depends_on:
        element.add_override("depends_on", list(depends_on))
    if preconditions:
        element.add_override("precondition", [rule.block() for rule in preconditions])
