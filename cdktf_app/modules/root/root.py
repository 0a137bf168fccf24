"""Puts the root module together."""

from __future__ import annotations

from typing import Any

from cdktf import App

from cdktf_app.modules.module import Module
from cdktf_app.modules.module_call import call
from cdktf_app.modules.root.inputs import BOTH, HUB_INPUTS, SPOKE_INPUTS, add_inputs
from cdktf_app.modules.root.outputs import add_outputs


class Root(Module):
    """The root module, made of the synthesized hub and spoke that it calls."""

    def __init__(self, app: App, hub: dict[str, Any], spoke: dict[str, Any]) -> None:
        super().__init__(app, "root")
        add_inputs(self, hub, spoke)
        scope = self.concern("main")
        call(
            scope,
            "hub",
            "./modules/hub",
            {**_passed(*HUB_INPUTS, BOTH), "spokes": {"own": "${module.spoke.for_hub}"}},
        )
        call(
            scope,
            "spoke",
            "./modules/spoke",
            {**_passed(*SPOKE_INPUTS, BOTH), "hub": "${module.hub.for_spokes}"},
        )
        add_outputs(self)


def _passed(*names: str) -> dict[str, str]:
    return {name: f"${{var.{name}}}" for name in names}
