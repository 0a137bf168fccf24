"""How an example is tried: in accounts of its own, for others run beside it, and look at all that is in theirs.

`hub-and-spoke` is what the tests in tests/e2e stand on, and `gitops` has a file of its own, test_gitops.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Protocol

import pytest

from tests.apply.packages import use_host_package
from tests.conftest import EXAMPLE_ACCOUNTS
from tests.harness.aws.accounts import Account
from tests.harness.aws.clients import AwsClients
from tests.harness.aws.present import present
from tests.harness.pytest_plugin import WorkspaceFactory

Clients = Sequence[AwsClients]


class Applied(Protocol):
    """An example for the time of a `with` block: applied, with nothing to change after that, and nothing left of it.

    Args:
        name: The example's folder.
        variables: Its inputs, without the region.
        shared: What it refers to.
    """

    def __call__(
        self, name: str, variables: Mapping[str, Any], *, shared: Sequence[str] = ("modules",)
    ) -> AbstractContextManager[None]: ...


@pytest.fixture
def loki() -> dict[str, Any]:
    """Inputs that nearly all examples have."""
    return {
        "loki": {"write_address": "https://loki.example.com/loki/api/v1/push"},
        "loki_credentials": {"anonymous": True},
    }


@pytest.fixture
def clients_of(aws_clients: Callable[[Account], AwsClients]) -> Callable[[str], Clients]:
    """Makes clients of the accounts of an example."""
    return lambda example: [aws_clients(account) for account in EXAMPLE_ACCOUNTS[example]]


@pytest.fixture
def applied(
    terraform_workspace: WorkspaceFactory, clients_of: Callable[[str], Clients], aws_region: str
) -> Applied:
    @contextmanager
    def apply(
        name: str, variables: Mapping[str, Any], *, shared: Sequence[str] = ("modules",)
    ) -> Iterator[None]:
        workspace = terraform_workspace(
            f"examples/{name}", {"region": aws_region, **variables}, shared=shared
        )
        use_host_package(workspace.folder.parents[1] / "modules")
        clients = clients_of(name)
        before = [present(owner) for owner in clients]
        workspace.apply_and_idempotent()
        yield
        workspace.destroy()
        assert [present(owner) for owner in clients] == before

    return apply
