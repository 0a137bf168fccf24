"""What all tests share: the harness, the evaluator of policies, and the accounts of the scenarios."""

import signal
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from cdktf_app.bindings.schema import PROVIDER, PROVIDER_VERSION
from tests.harness.aws.accounts import Account
from tests.order import turn
from tests.policies.evaluator import Evaluator, started
from tests.scans import environment

pytest_plugins = ["tests.harness.pytest_plugin"]

# How long an example takes to make or to check is a matter of the machine, not of the code.
settings.register_profile("any-machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any-machine")

HUB = Account("111111111111", "hub")
SPOKE = Account("222222222222", "spoke")
# A hub's account and a spoke's for each file that looks at all that is in an account, also when others run beside it.
E2E_ACCOUNTS = {
    "test_direct": (Account("333333333333", "direct-hub"), Account("444444444444", "direct-spoke")),
    "test_queue": (Account("555555555555", "queue-hub"), Account("666666666666", "queue-spoke")),
    "test_onboarding": (
        Account("565656565656", "onboarding-hub"),
        Account("787878787878", "onboarding-shop"),
    ),
}
# The accounts of the examples, whose tests look at all that is in them too.
EXAMPLE_ACCOUNTS = {
    "existing-bucket": (Account("717171717171", "example-existing-bucket"),),
    "onboarding": (
        Account("727272727272", "example-onboarding-hub"),
        Account("737373737373", "example-onboarding-shop"),
    ),
    "single-account": (Account("747474747474", "example-single-account"),),
    "two-spokes": (
        Account("777777777777", "example-hub"),
        Account("888888888888", "example-shop"),
        Account("999999999999", "example-blog"),
    ),
}
GITOPS_ACCOUNTS = (Account("121212121212", "gitops-hub"), Account("343434343434", "gitops-shop"))
# An onboarding may select all that is in its account, so each file that runs one has an account of its own.
ONBOARDING_ACCOUNT = Account("232323232323", "onboarding")
STACK_ACCOUNT = Account("454545454545", "stack")
RUN_ACCOUNT = Account("676767676767", "run")
COMMAND_LINE_ACCOUNT = Account("898989898989", "command-line")
ONBOARDING_ACCOUNTS = (ONBOARDING_ACCOUNT, STACK_ACCOUNT, RUN_ACCOUNT, COMMAND_LINE_ACCOUNT)


def pytest_configure() -> None:
    # A shell lets what it starts in the background ignore interrupts, and so does all that is started from there; but
    # some tests interrupt what they have started.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    items.sort(key=turn(config.rootpath))


@pytest.fixture(scope="session")
def aws_accounts() -> Sequence[Account]:
    """The hub's account, which is the default one, a spoke's, and those that one file each uses."""
    by_file = (*E2E_ACCOUNTS.values(), *EXAMPLE_ACCOUNTS.values(), GITOPS_ACCOUNTS)
    return (HUB, SPOKE, *chain.from_iterable(by_file), *ONBOARDING_ACCOUNTS)


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
