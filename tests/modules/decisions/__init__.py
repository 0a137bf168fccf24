"""Calls that the statements of the modules' policies decide, a file for each part of a module."""

from tests.modules.decisions import (
    hub_access,
    hub_keys,
    hub_network,
    hub_queues,
    hub_role,
    onboarding,
    onboarding_keys,
    spoke,
    spoke_keys,
)
from tests.modules.decisions.decided import Decided

DECISIONS: list[Decided] = [
    *hub_access.DECISIONS,
    *hub_keys.DECISIONS,
    *hub_network.DECISIONS,
    *hub_queues.DECISIONS,
    *hub_role.DECISIONS,
    *onboarding.DECISIONS,
    *onboarding_keys.DECISIONS,
    *spoke.DECISIONS,
    *spoke_keys.DECISIONS,
]
