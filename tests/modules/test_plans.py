"""The real provider's plans of all scenarios."""

import pytest

from tests.modules.results import Applied, Planned, managed
from tests.modules.scenarios import SCENARIOS
from tests.modules.scenarios.scenario import SECRETS


def test_no_scenario_has_errors_when_it_is_applied(applied: Applied) -> None:
    assert applied.errors.get("all.tftest.hcl", []) == []
    assert set(applied.scenarios) == set(SCENARIOS)


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_provider_plans_what_the_mocked_apply_makes(
    scenario: str, planned: Planned, applied: Applied
) -> None:
    assert planned.addresses[scenario] == managed(applied.scenarios[scenario].values)


def test_credentials_are_not_shown(planned: Planned) -> None:
    assert "WRITE_ADDRESS" in planned.text
    assert [secret for secret in SECRETS if secret in planned.text] == []
    assert "(sensitive value)" in planned.text
