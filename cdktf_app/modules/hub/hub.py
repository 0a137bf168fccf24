"""Puts the hub together."""

from __future__ import annotations

from pathlib import Path

from cdktf import App

from cdktf_app.modules.data import add_data
from cdktf_app.modules.hub.function import add_function
from cdktf_app.modules.hub.inputs import add_inputs
from cdktf_app.modules.hub.network.network import add_network
from cdktf_app.modules.hub.outputs import add_outputs
from cdktf_app.modules.hub.role import add_role
from cdktf_app.modules.hub.secrets import add_secrets
from cdktf_app.modules.hub.spokes import add_spokes
from cdktf_app.modules.module import Module


class Hub(Module):
    """The hub module."""

    about = Path(__file__).with_name("about.md")

    def __init__(self, app: App) -> None:
        super().__init__(app, "hub")
        add_inputs(self)
        add_data(self)
        add_spokes(self)
        add_secrets(self)
        add_role(self)
        add_function(self)
        add_network(self)
        add_outputs(self)
