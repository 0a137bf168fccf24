"""An account in memory."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from moto import mock_aws

from tests.onboarding.world import World


@pytest.fixture
def world() -> Iterator[World]:
    """An account that nothing else is in."""
    with mock_aws():
        yield World()
