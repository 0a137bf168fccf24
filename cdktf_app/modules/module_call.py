"""Calls another module of this repository."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cdktf import TerraformHclModule
from constructs import Construct


def call(scope: Construct, name: str, source: str, variables: Mapping[str, Any]) -> None:
    """Add `module "<name>"`, whose source is a path relative to the calling module's folder."""
    TerraformHclModule(
        scope,
        f"module.{name}",
        source=source,
        variables=dict(variables),
        # Else CDKTF would copy the folder to its own output.
        skip_asset_creation_from_local_modules=True,
    )
