"""The rules as checks of checkov.

Checkov's own checks of a plan look at one resource at a time, and only at those that are there afterwards: not at what
a plan destroys. So each rule here looks at the whole plan, which `pipeline/check.sh` names in PLAN_JSON. They are
checks of the provider, because every configuration has one.
"""

import json
import os
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import plan_rules
from checkov.common.models.enums import CheckCategories, CheckResult
from checkov.terraform.checks.provider.base_check import BaseProviderCheck

_SETTINGS = tomllib.loads((Path(__file__).parent / "settings.toml").read_text())


class PlanCheck(BaseProviderCheck):
    """Passes where its rule finds nothing in the plan; its details are what the rule finds."""

    def __init__(self, number: int, name: str, rule: Callable[[Any, Any], list[str]]) -> None:
        super().__init__(name, f"ALB_LOKI_{number}", [CheckCategories.GENERAL_SECURITY], ["aws"])
        self._rule = rule

    def scan_provider_conf(self, conf: dict[str, list[Any]]) -> CheckResult:  # noqa: ARG002
        """Judge the plan; `conf`, the provider's own block, plays no part."""
        plan = json.loads(Path(os.environ["PLAN_JSON"]).read_text())
        self.details = self._rule(plan, _SETTINGS)
        return CheckResult.FAILED if self.details else CheckResult.PASSED


PlanCheck(
    1,
    "No log bucket and no queue is destroyed or replaced, unless policy/settings.toml names it",
    plan_rules.destroyed_data,
)
PlanCheck(2, "Everything is in a region that policy/settings.toml names", plan_rules.outside_regions)
PlanCheck(3, "Every queue keeps a dead-letter queue", plan_rules.queues_without_dead_letters)
PlanCheck(4, "No policy allows actions by a wildcard", plan_rules.wildcard_actions)
