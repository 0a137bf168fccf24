"""The root module's inputs: those of the hub and the spoke that a first try needs, as these declare them."""

from __future__ import annotations

import re
from typing import Any

from cdktf_app.modules.module import Module

HUB_INPUTS = ("name", "loki", "loki_credentials", "loki_credential_arns", "content", "network")
SPOKE_INPUTS = ("bucket_name", "prefix", "expiration_days", "force_destroy", "demo_load_balancer")
BOTH = "tags"

_ORDER = (*HUB_INPUTS[:4], *SPOKE_INPUTS, *HUB_INPUTS[4:], BOTH)


def add_inputs(module: Module, hub: dict[str, Any], spoke: dict[str, Any]) -> None:
    """Declare the inputs as the module does that each is passed to: type, default, description and validations.

    Args:
        module: The root module.
        hub: The synthesized hub.
        spoke: The synthesized spoke.
    """
    for name in _ORDER:
        declared = (spoke if name in SPOKE_INPUTS else hub)["variable"][name]
        shared = {key: value for key, value in declared.items() if key not in ("//", "validation")}
        if rules := [rule for rule in declared.get("validation", []) if _is_of(_ORDER, rule)]:
            shared["validation"] = rules
        module.add_override(f"variable.{name}", shared)


def _is_of(inputs: tuple[str, ...], rule: dict[str, str]) -> bool:
    """Whether a rule looks at these inputs only; the module that has the others checks it with their defaults."""
    return {*re.findall(r"\bvar\.(\w+)", rule["condition"] + rule["error_message"])} <= {*inputs}
