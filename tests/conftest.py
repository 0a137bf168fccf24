"""What all tests share: the harness, and the accounts of the scenarios."""

from collections.abc import Sequence

import pytest

from tests.harness.aws.accounts import Account

pytest_plugins = ["tests.harness.pytest_plugin"]

HUB = Account("111111111111", "hub")
SPOKE = Account("222222222222", "spoke")


@pytest.fixture(scope="session")
def aws_accounts() -> Sequence[Account]:
    """The hub's account, which is the default one, and a spoke's."""
    return (HUB, SPOKE)


@pytest.fixture(scope="session")
def hub_account() -> Account:
    return HUB


@pytest.fixture(scope="session")
def spoke_account() -> Account:
    return SPOKE
