"""Buckets of an account of its own for each test."""

import pytest

from tests.harness.aws.accounts import Account
from tests.harness.aws.clients import AwsClients
from tests.harness.localstack.server import LocalStack
from tests.unit.onboarding.buckets.rig import REGION, Rig
from tests.unit.onboarding.emulator import clients


@pytest.fixture
def rig(localstack: LocalStack) -> Rig:
    return Rig(
        lambda account_id: clients(localstack.endpoint, account_id, REGION),
        lambda account_id: AwsClients(localstack.endpoint, Account(account_id, "test"), REGION),
    )
