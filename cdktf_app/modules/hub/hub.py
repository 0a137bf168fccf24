"""Puts the hub together."""

from __future__ import annotations

from pathlib import Path

from cdktf import App

from cdktf_app.modules.data import add_data
from cdktf_app.modules.hub.access import add_access
from cdktf_app.modules.hub.alarms import add_alarms
from cdktf_app.modules.hub.arns import add_arns
from cdktf_app.modules.hub.dashboard import add_dashboard
from cdktf_app.modules.hub.function import add_function
from cdktf_app.modules.hub.ingestion import add_ingestion
from cdktf_app.modules.hub.inputs import add_inputs
from cdktf_app.modules.hub.keys import add_keys
from cdktf_app.modules.hub.network.network import add_network
from cdktf_app.modules.hub.outputs import add_outputs
from cdktf_app.modules.hub.parking import add_parking
from cdktf_app.modules.hub.role import add_role
from cdktf_app.modules.hub.secrets import add_secrets
from cdktf_app.modules.hub.spoke_settings import add_spoke_settings
from cdktf_app.modules.hub.topics import add_topics
from cdktf_app.modules.module import Module


class Hub(Module):
    """The hub module."""

    about = Path(__file__).with_name("about.md")

    def __init__(self, app: App) -> None:
        super().__init__(app, "hub")
        add_inputs(self)
        add_data(self)
        add_arns(self)
        add_access(self)
        add_ingestion(self)
        add_keys(self)
        add_secrets(self)
        add_parking(self)
        add_role(self)
        add_spoke_settings(self)
        add_function(self)
        add_topics(self)
        add_network(self)
        add_alarms(self)
        add_dashboard(self)
        add_outputs(self)
