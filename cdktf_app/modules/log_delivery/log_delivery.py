"""Puts the module of log delivery together."""

from __future__ import annotations

from pathlib import Path

from cdktf import App

from cdktf_app.modules.log_delivery.inputs import add_inputs
from cdktf_app.modules.log_delivery.outputs import add_outputs
from cdktf_app.modules.log_delivery.statements import add_statements
from cdktf_app.modules.module import Module


class LogDelivery(Module):
    """The module of log delivery: it computes, and makes nothing."""

    about = Path(__file__).with_name("about.md")

    def __init__(self, app: App) -> None:
        super().__init__(app, "log-delivery", with_provider=False)
        add_inputs(self)
        add_statements(self)
        add_outputs(self)
