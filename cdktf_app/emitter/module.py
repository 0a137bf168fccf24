"""What the emitter is given: one synthesized module."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class SynthesizedModule:
    """A Terraform module as CDKTF synthesizes it."""

    name: str
    """Name of its package in `cdktf_app/modules`, such as `hub`."""

    about: str | None
    """The README's first part in Markdown, written by hand: title, text, usage. None when the whole README is
    written by hand, but for a section with the tables."""

    terraform: dict[str, Any]
    """What `TerraformStack.to_terraform()` returned."""

    order: tuple[str, ...]
    """Construct paths in the order of their creation, such as `hub/network/this`."""

    folder: Path
    """Where the module is, relative to the repository: `modules/hub`, or `.` for the root module."""

    files: Mapping[str, str] = field(default_factory=dict)
    """Further files that are emitted as they are, by path in the folder; each begins with an emitter's header."""
