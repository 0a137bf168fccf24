"""How many there are of what the mode `created` makes."""

from __future__ import annotations

from cdktf_app.modules.expressions import number


def one_if_created(condition: str | None = None) -> float:
    """Count one in a created network, where the condition holds."""
    both = f"local.create_network && {condition}" if condition else "local.create_network"
    return number(f"${{{both} ? 1 : 0}}")
