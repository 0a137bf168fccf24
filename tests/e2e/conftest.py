"""One hub and one spoke for all tests of this folder, with the function's package for this machine."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from cdktf_app.packaging.build import build_zip
from cdktf_app.packaging.target import host_target
from tests.conftest import QUIET_HUB, QUIET_SPOKE
from tests.harness.aws.accounts import Account
from tests.harness.aws.clients import AwsClients
from tests.harness.localstack.server import LocalStack
from tests.harness.loki.receiver import LokiReceiver
from tests.harness.terraform.adapter import TerraformCommands
from tests.harness.terraform.cli_config import ProviderSource
from tests.harness.terraform.workspace import TerraformWorkspace, copy_configuration
from tests.harness.timing import Timings

_EXAMPLE = Path("examples/hub-and-spoke")
_USERNAME, _PASSWORD, _TENANT = "e2e", "a password with spaces & ampersands", "platform"


@dataclass(frozen=True)
class Deployed:
    """The applied example.

    Attributes:
        workspace: Its Terraform.
        outputs: Its outputs.
        loki: Where the function pushes to.
        hub: Clients of the hub's account.
        spoke: Clients of the spoke's account.
    """

    workspace: TerraformWorkspace
    outputs: dict[str, Any]
    loki: LokiReceiver
    hub: AwsClients
    spoke: AwsClients

    def put(self, key: str, body: bytes) -> None:
        """Write an object into the spoke's bucket, as log delivery does."""
        self.spoke.s3.put_object(Bucket=self.outputs["bucket_name"], Key=key, Body=body)

    def function_log(self) -> str:
        """Return what the function has logged so far."""
        pages = self.hub.logs.get_paginator("filter_log_events").paginate(
            logGroupName=self.outputs["log_group_name"]
        )
        return "\n".join(event["message"] for page in pages for event in page["events"])

    def wait_for_log(self, text: str, count: int = 1, timeout: float = 60.0) -> str:
        """Wait until the function's log holds `text` so many times; returns the log."""
        limit = time.monotonic() + timeout
        while (log := self.function_log()).count(text) < count:
            assert time.monotonic() < limit, f"{text!r} is not {count} times in the function's log:\n{log}"
            time.sleep(0.5)
        return log


@pytest.fixture(scope="session")
def deployed(
    repository: Path,
    localstack: LocalStack,
    terraform_environment: dict[str, str],
    terraform_providers: ProviderSource,
    provider_versions: Mapping[str, str],
    aws_clients: Callable[[Account], AwsClients],
    aws_region: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Deployed]:
    """Apply the example, see that its second plan is empty, and destroy it in the end, with nothing left."""
    folder = tmp_path_factory.mktemp("hub-and-spoke")
    logs = folder / "logs"
    logs.mkdir()
    copy = copy_configuration(repository, _EXAMPLE, folder / "copy", ["modules"], provider_versions)
    target = host_target()
    # A copy of this test's own: Terraform compares the package at every plan.
    zip_path = build_zip(target.architecture, target.python_version, folder / "promtail.zip")
    with LokiReceiver(username=_USERNAME, password=_PASSWORD, tenant_id=_TENANT) as loki:
        workspace = TerraformWorkspace(
            str(_EXAMPLE),
            TerraformCommands(copy, env=terraform_environment, logs=logs, timeout=600),
            variables={
                "region": aws_region,
                "hub": {"account_id": QUIET_HUB.id, "profile": QUIET_HUB.profile, "network": "created"},
                "spoke": {
                    "account_id": QUIET_SPOKE.id,
                    "profile": QUIET_SPOKE.profile,
                    "bucket_name": f"e2e-alb-logs-{time.time_ns():x}",
                    "prefix": "team-a/web",
                    "force_destroy": True,
                    "demo_load_balancer": True,
                },
                "loki": {
                    "write_address": loki.push_url,
                    "tenant_id": _TENANT,
                    "extra_labels": {"env": "e2e"},
                },
                "loki_credentials": {"username": _USERNAME, "password": _PASSWORD},
                "function": {
                    "architecture": target.architecture,
                    "runtime": f"python{target.python_version}",
                    "zip_path": str(zip_path),
                },
            },
            providers=terraform_providers,
            timings=Timings(),
            tell=lambda _text: None,
        )
        hub, spoke = aws_clients(QUIET_HUB), aws_clients(QUIET_SPOKE)
        before = _present(hub), _present(spoke)
        try:
            outputs = workspace.apply_and_idempotent()
            yield Deployed(workspace, outputs, loki, hub, spoke)
        finally:
            localstack.check()
            workspace.destroy()
        assert (_present(hub), _present(spoke)) == before, "destroy left something in an account"


def _present(clients: AwsClients) -> dict[str, Sequence[str]]:
    """Name everything of the kinds that the modules make which is in an account now."""
    ec2 = clients.ec2
    return {
        "buckets": [bucket["Name"] for bucket in clients.s3.list_buckets()["Buckets"]],
        "functions": [
            function["FunctionName"] for function in clients.functions.list_functions()["Functions"]
        ],
        "log groups": [group["logGroupName"] for group in clients.logs.describe_log_groups()["logGroups"]],
        "roles": [role["RoleName"] for role in clients.iam.list_roles()["Roles"]],
        "load balancers": [
            balancer["LoadBalancerName"]
            for balancer in clients.elbv2.describe_load_balancers()["LoadBalancers"]
        ],
        "networks": [vpc["VpcId"] for vpc in ec2.describe_vpcs()["Vpcs"]],
        "addresses": [address["AllocationId"] for address in ec2.describe_addresses()["Addresses"]],
        "endpoints": [
            endpoint["VpcEndpointId"]
            for endpoint in ec2.describe_vpc_endpoints()["VpcEndpoints"]
            if endpoint["State"].lower() != "deleted"
        ],
        "gateways": [
            gateway["NatGatewayId"]
            for gateway in ec2.describe_nat_gateways()["NatGateways"]
            if gateway["State"] != "deleted"
        ],
    }
