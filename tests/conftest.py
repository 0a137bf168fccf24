"""What all tests share: the harness, the evaluator of policies, and the accounts of the scenarios."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from cdktf_app.bindings.schema import PROVIDER, PROVIDER_VERSION
from tests.harness.aws.accounts import Account
from tests.policies.evaluator import Evaluator, started
from tests.scans import environment

pytest_plugins = ["tests.harness.pytest_plugin"]

# How long an example takes to make or to check is a matter of the machine, not of the code.
settings.register_profile("any-machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any-machine")

HUB = Account("111111111111", "hub")
SPOKE = Account("222222222222", "spoke")
# For tests that look at all that is in an account, also when others run beside them.
QUIET_HUB = Account("333333333333", "quiet-hub")
QUIET_SPOKE = Account("444444444444", "quiet-spoke")


@pytest.fixture(scope="session")
def aws_accounts() -> Sequence[Account]:
    """The hub's account, which is the default one, a spoke's, and a pair that few tests use."""
    return (HUB, SPOKE, QUIET_HUB, QUIET_SPOKE)


@pytest.fixture(scope="session")
def provider_versions() -> Mapping[str, str]:
    """One version on every machine: the modules allow many, and Terraform would take the newest."""
    return {PROVIDER: PROVIDER_VERSION}


@pytest.fixture(scope="session")
def hub_account() -> Account:
    return HUB


@pytest.fixture(scope="session")
def spoke_account() -> Account:
    return SPOKE


@pytest.fixture(scope="session")
def evaluator() -> Iterator[Evaluator]:
    """Decides calls to AWS by policies."""
    with started() as process:
        yield process


@pytest.fixture(scope="session")
def scanners(repository: Path) -> Path:
    """The folder of the commands of checkov and parliament."""
    return environment.scanners(repository)
