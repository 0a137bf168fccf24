"""Applies the example `hub-and-spoke` for the tests of a file, with the function's package for this machine."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Protocol

import pytest

from cdktf_app.packaging.build import build_zip
from cdktf_app.packaging.target import host_target
from tests.conftest import E2E_ACCOUNTS
from tests.e2e.deployed import PREFIX, TENANT, Deployed
from tests.harness.aws.accounts import Account
from tests.harness.aws.clients import AwsClients
from tests.harness.aws.present import present
from tests.harness.localstack.server import LocalStack
from tests.harness.loki.receiver import LokiReceiver
from tests.harness.pytest_plugin import is_kept
from tests.harness.terraform.adapter import TerraformCommands
from tests.harness.terraform.cli_config import ProviderSource
from tests.harness.terraform.workspace import TerraformWorkspace, copy_configuration
from tests.harness.timing import Timings
from tests.host_function import host_function

_EXAMPLE = Path("examples/hub-and-spoke")
_USERNAME, _PASSWORD = "e2e", "a password with spaces & ampersands"


class Deploy(Protocol):
    """Applies the example with these members of its inputs `hub`, `spoke` and `function`."""

    def __call__(
        self, *, hub: Mapping[str, Any], spoke: Mapping[str, Any], function: Mapping[str, Any]
    ) -> Deployed: ...


@pytest.fixture(scope="module")
def deploy(
    request: pytest.FixtureRequest,
    repository: Path,
    localstack: LocalStack,
    terraform_environment: dict[str, str],
    terraform_providers: ProviderSource,
    provider_versions: Mapping[str, str],
    aws_clients: Callable[[Account], AwsClients],
    aws_region: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Deploy]:
    """Makes `Deploy`: its second plan is empty, and in the end all is destroyed, with nothing left."""
    hub_account, spoke_account = E2E_ACCOUNTS[request.path.stem]
    hub_clients, spoke_clients = aws_clients(hub_account), aws_clients(spoke_account)
    folder = tmp_path_factory.mktemp("hub-and-spoke")
    logs = folder / "logs"
    logs.mkdir()
    target = host_target()
    with ExitStack() as stack:

        def apply(
            *, hub: Mapping[str, Any], spoke: Mapping[str, Any], function: Mapping[str, Any]
        ) -> Deployed:
            copy = copy_configuration(repository, _EXAMPLE, folder / "copy", ["modules"], provider_versions)
            # A copy of this test's own: Terraform compares the package at every plan.
            zip_path = build_zip(target.architecture, target.python_version, folder / "promtail.zip")
            loki = stack.enter_context(LokiReceiver(username=_USERNAME, password=_PASSWORD, tenant_id=TENANT))
            workspace = TerraformWorkspace(
                str(_EXAMPLE),
                TerraformCommands(copy, env=terraform_environment, logs=logs, timeout=600),
                variables={
                    "region": aws_region,
                    "hub": {"account_id": hub_account.id, "profile": hub_account.profile, **hub},
                    "spoke": {
                        "account_id": spoke_account.id,
                        "profile": spoke_account.profile,
                        "bucket_name": f"e2e-alb-logs-{time.time_ns():x}",
                        "prefix": PREFIX,
                        "force_destroy": True,
                        **spoke,
                    },
                    "loki": {
                        "write_address": loki.push_url,
                        "tenant_id": TENANT,
                        "extra_labels": {"env": "e2e"},
                    },
                    "loki_credentials": {"username": _USERNAME, "password": _PASSWORD},
                    "function": {**host_function(zip_path), **function},
                },
                providers=terraform_providers,
                timings=Timings(),
                tell=lambda _text: None,
            )
            before = present(hub_clients), present(spoke_clients)

            def destroy() -> None:
                if is_kept(request, workspace.folder):
                    return
                localstack.check()
                workspace.destroy()
                assert (present(hub_clients), present(spoke_clients)) == before, "destroy left something"

            stack.callback(destroy)
            outputs = workspace.apply_and_idempotent()
            return Deployed(workspace, outputs, loki, hub_clients, spoke_clients)

        yield apply
