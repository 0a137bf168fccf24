"""Scenarios of the spoke."""

from tests.modules.scenarios.scenario import Scenario, spoke

SCENARIOS: dict[str, Scenario] = {
    "spoke_default": spoke(),
    "spoke_prefix": spoke(prefix="lb/prod", expiration_days=7, force_destroy=True),
    "spoke_elb_account": spoke(grant_elb_account=True),
    "spoke_china": spoke("china", grant_elb_account=True, prefix="logs"),
    "spoke_demo": spoke(demo_load_balancer={"enabled": True}, prefix="demo"),
}
