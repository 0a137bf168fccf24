"""Buckets of accounts that no other test uses."""

from collections.abc import Callable

import pytest

from onboarding.state.lock import Lock
from tests.apply.onboarding.buckets.rig import REGION, Rig
from tests.apply.onboarding.emulator import QuickAwsClients, clients
from tests.harness.localstack.server import LocalStack


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """LocalStack knows at once what was made."""
    monkeypatch.setattr(Lock, "wait", lambda lock, seconds: lock.check(seconds))


@pytest.fixture
def make_rig(localstack: LocalStack) -> Callable[[], Rig]:
    return lambda: Rig(
        lambda account_id: clients(localstack.endpoint, account_id, REGION),
        lambda account_id, region: QuickAwsClients(localstack.endpoint, account_id, region),
    )


@pytest.fixture
def rig(make_rig: Callable[[], Rig]) -> Rig:
    return make_rig()


@pytest.fixture
def another(make_rig: Callable[[], Rig]) -> Rig:
    """Another account."""
    return make_rig()
