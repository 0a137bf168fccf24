"""Puts the onboarding together."""

from __future__ import annotations

from pathlib import Path

from cdktf import App

from cdktf_app.modules.alb_onboarding.alarms import add_alarms
from cdktf_app.modules.alb_onboarding.cloudformation import template_text
from cdktf_app.modules.alb_onboarding.dead_letters import add_dead_letters
from cdktf_app.modules.alb_onboarding.function import add_function
from cdktf_app.modules.alb_onboarding.inputs import add_inputs
from cdktf_app.modules.alb_onboarding.keys import add_keys
from cdktf_app.modules.alb_onboarding.log_delivery import add_log_delivery
from cdktf_app.modules.alb_onboarding.names import add_names
from cdktf_app.modules.alb_onboarding.new_load_balancers import add_new_load_balancers
from cdktf_app.modules.alb_onboarding.outputs import add_outputs
from cdktf_app.modules.alb_onboarding.role import add_role
from cdktf_app.modules.alb_onboarding.run import add_run
from cdktf_app.modules.alb_onboarding.topic import add_topic
from cdktf_app.modules.data import add_data
from cdktf_app.modules.module import REQUIRED_AWS_OF_ONBOARDING, Module


class AlbOnboarding(Module):
    """The onboarding module."""

    about = Path(__file__).with_name("about.md")

    def __init__(self, app: App) -> None:
        super().__init__(app, "alb-onboarding", required_aws=REQUIRED_AWS_OF_ONBOARDING)
        add_inputs(self)
        add_data(self)
        add_names(self)
        add_log_delivery(self)
        add_role(self)
        add_function(self)
        add_dead_letters(self)
        add_keys(self)
        add_topic(self)
        add_run(self)
        add_new_load_balancers(self)
        add_alarms(self)
        add_outputs(self)

    def files(self) -> dict[str, str]:
        """Return the same onboarding for CloudFormation."""
        return {"cloudformation/template.yaml": template_text()}
