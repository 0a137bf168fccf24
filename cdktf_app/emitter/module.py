"""What the emitter is given: one synthesized module."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class SynthesizedModule:
    """A Terraform module as CDKTF synthesizes it."""

    name: str
    """Folder name below `modules/`, such as `hub`."""

    about: str
    """The README's first part in Markdown, written by hand: title, text, usage."""

    terraform: dict[str, Any]
    """What `TerraformStack.to_terraform()` returned."""

    order: tuple[str, ...]
    """Construct paths in the order of their creation, such as `hub/network/this`."""
