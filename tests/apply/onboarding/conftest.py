"""Accounts with load balancers, one for each test."""

from __future__ import annotations

import pytest

from tests.harness.localstack.server import LocalStack
from tests.onboarding.account import OnboardingAccount


@pytest.fixture
def account(localstack: LocalStack, aws_region: str) -> OnboardingAccount:
    """An account that nothing else is in."""
    return OnboardingAccount(localstack.endpoint, aws_region)
