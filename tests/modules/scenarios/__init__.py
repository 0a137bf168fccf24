"""Ways in which the modules are called, a file for each part of a module."""

from tests.modules.scenarios import (
    hub,
    hub_content,
    hub_function,
    hub_ingestion,
    hub_monitoring,
    hub_network,
    hub_secrets,
    onboarding,
    root,
    spoke,
)
from tests.modules.scenarios.scenario import Scenario

SCENARIOS: dict[str, Scenario] = {
    **hub.SCENARIOS,
    **hub_content.SCENARIOS,
    **hub_function.SCENARIOS,
    **hub_ingestion.SCENARIOS,
    **hub_monitoring.SCENARIOS,
    **hub_network.SCENARIOS,
    **hub_secrets.SCENARIOS,
    **onboarding.SCENARIOS,
    **root.SCENARIOS,
    **spoke.SCENARIOS,
}
