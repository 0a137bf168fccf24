"""Puts the spoke together."""

from __future__ import annotations

from pathlib import Path

from cdktf import App

from cdktf_app.modules.data import add_data
from cdktf_app.modules.module import Module
from cdktf_app.modules.spoke.bucket import add_bucket
from cdktf_app.modules.spoke.checks import add_checks
from cdktf_app.modules.spoke.demo_load_balancer import add_demo_load_balancer
from cdktf_app.modules.spoke.inputs import add_inputs
from cdktf_app.modules.spoke.log_delivery import add_log_delivery
from cdktf_app.modules.spoke.notification import add_notification
from cdktf_app.modules.spoke.outputs import add_outputs
from cdktf_app.modules.spoke.policy import add_policy


class Spoke(Module):
    """The spoke module."""

    about = Path(__file__).with_name("about.md")

    def __init__(self, app: App) -> None:
        super().__init__(app, "spoke")
        add_inputs(self)
        add_data(self)
        add_log_delivery(self)
        add_bucket(self)
        add_policy(self)
        add_notification(self)
        add_demo_load_balancer(self)
        add_checks(self)
        add_outputs(self)
