"""Values of the modules' inputs at the edges of their rules, a file for each input that has many."""

from tests.modules.cases import (
    hub,
    hub_content,
    hub_credentials,
    hub_function,
    hub_ingestion,
    hub_loki,
    hub_monitoring,
    hub_network,
    hub_spokes,
    log_delivery,
    onboarding,
    onboarding_topic,
    spoke,
    spoke_storage,
)
from tests.modules.cases.case import Case

CASES: list[Case] = [
    *hub.CASES,
    *hub_content.CASES,
    *hub_credentials.CASES,
    *hub_function.CASES,
    *hub_ingestion.CASES,
    *hub_loki.CASES,
    *hub_monitoring.CASES,
    *hub_network.CASES,
    *hub_spokes.CASES,
    *log_delivery.CASES,
    *onboarding.CASES,
    *onboarding_topic.CASES,
    *spoke.CASES,
    *spoke_storage.CASES,
]
