"""`cdktf deploy` and `cdktf destroy` of a hub and two spokes in two accounts, as `make deploy` runs them."""

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from botocore.exceptions import ClientError

from cdktf_app.packaging.build import build_host_zip
from tests.harness.aws.accounts import Account
from tests.harness.aws.clients import AwsClients
from tests.harness.process.run import Finished, run_guarded
from tests.harness.pytest_plugin import is_kept
from tests.host_function import host_function

Clients = Callable[[Account], AwsClients]

LIMIT = 400.0
# The provider lock would ask the registry for the checksums of other platforms.
WITHOUT_QUESTIONS = ("--auto-approve", "--skip-provider-lock")


@dataclass(frozen=True)
class Names:
    """What the deployment calls its parts."""

    hub: str
    shop: str
    billing: str


@dataclass
class Project:
    """A copy of what a deployment needs, in a folder of its own: nothing is written into the repository."""

    folder: Path
    environment: dict[str, str]
    runs: int = 0

    def cdktf(self, *arguments: str) -> Finished:
        """Run the CDKTF command line of node_modules, and fail with what it printed."""
        self.runs += 1
        finished = run_guarded(
            ["cdktf", *arguments],
            cwd=self.folder,
            env=self.environment,
            logs=self.folder / f"cdktf-{self.runs}",
            timeout=LIMIT,
        )
        assert finished.exit_code == 0, f"{finished.stdout}\n{finished.stderr}"
        return finished

    def resources(self) -> list[str]:
        """The types of the resources in the stacks' states."""
        states = [json.loads(file.read_text()) for file in self.folder.glob("terraform.*.tfstate")]
        return [resource["type"] for state in states for resource in state["resources"]]


@pytest.fixture
def names(unique_name: Callable[[str], str]) -> Names:
    return Names(unique_name("hub"), unique_name("shop-alb-logs"), unique_name("billing-alb-logs"))


@pytest.fixture
def project(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    repository: Path,
    terraform_environment: dict[str, str],
    hub_account: Account,
    spoke_account: Account,
    aws_region: str,
    names: Names,
) -> Iterator[Project]:
    shutil.copy(repository / "cdktf.json", tmp_path)
    shutil.copy(build_host_zip(), tmp_path / "promtail.zip")
    deployment = {
        "tags": {"project": "alb-loki"},
        "defaults": {"spoke": {"prefix": "logs", "force_destroy": True}},
        "hubs": {
            "main": {
                "region": aws_region,
                "account_id": hub_account.id,
                "profile": hub_account.profile,
                "name": names.hub,
                "loki": {"write_address": "http://127.0.0.1:3100/loki/api/v1/push", "tenant_id": "platform"},
                "function": host_function(Path("promtail.zip")),
            }
        },
        "spokes": {
            "shop": {
                "account_id": spoke_account.id,
                "profile": spoke_account.profile,
                "bucket_name": names.shop,
                "labels": {"team": "shop"},
            },
            "billing": {
                "account_id": hub_account.id,
                "profile": hub_account.profile,
                "bucket_name": names.billing,
            },
        },
    }
    (tmp_path / "deployment.yaml").write_text(yaml.safe_dump(deployment))
    # The tools of this repository, also when the environment is not activated.
    tools = [str(Path(sys.executable).parent), str(repository / "node_modules" / ".bin")]
    project = Project(
        tmp_path,
        terraform_environment
        | {
            "PATH": os.pathsep.join([*tools, terraform_environment["PATH"]]),
            "PYTHONPATH": str(repository),
            "PYTHONDONTWRITEBYTECODE": "1",
            "JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION": "20,22,24",
            "CI": "1",
            "TF_VAR_loki_credentials": json.dumps({"bearer_token": "s3cret-of-another-loki"}),
            "TF_VAR_loki_credentials_main": json.dumps({"username": "reader", "password": "s3cret-of-loki"}),
        },
    )
    yield project
    if project.resources() and not is_kept(request, project.folder):
        project.cdktf("destroy", "*", *WITHOUT_QUESTIONS)


def test_a_hub_and_its_spokes_are_deployed_and_destroyed(
    project: Project, names: Names, aws_clients: Clients, hub_account: Account, spoke_account: Account
) -> None:
    hub, spoke = aws_clients(hub_account), aws_clients(spoke_account)

    project.cdktf("deploy", "*", *WITHOUT_QUESTIONS)

    function = hub.functions.get_function(FunctionName=names.hub)["Configuration"]
    variables = function["Environment"]["Variables"]
    # Of the variable for this hub, not of the one for all.
    assert variables["USERNAME"] == "reader"
    assert variables["TENANT_ID"] == "platform"
    assert json.loads(variables["SPOKES"]) == {names.shop: {"labels": {"team": "shop"}}}
    buckets = {names.shop: (spoke, spoke_account), names.billing: (hub, hub_account)}
    for bucket, (owner, account) in buckets.items():
        (notified,) = owner.s3.get_bucket_notification_configuration(Bucket=bucket)["QueueConfigurations"]
        assert notified["QueueArn"].endswith(f":{hub_account.id}:{names.hub}")
        (rule,) = notified["Filter"]["Key"]["FilterRules"]
        assert rule["Value"] == f"logs/AWSLogs/{account.id}/elasticloadbalancing/"
    (mapping,) = hub.functions.list_event_source_mappings(FunctionName=names.hub)["EventSourceMappings"]
    assert mapping["EventSourceArn"] == notified["QueueArn"]

    again = project.cdktf("deploy", "*", *WITHOUT_QUESTIONS)

    assert again.stdout.count("0 added, 0 changed, 0 destroyed") == 3, again.stdout
    # A spoke alone, whose hub is there already; nothing of the hub's state is needed.
    (project.folder / "terraform.hub-main.tfstate").rename(project.folder / "kept")
    project.cdktf("diff", "spoke-shop", "--skip-synth", "--skip-provider-lock")
    alone = project.cdktf("deploy", "spoke-shop", "--ignore-missing-stack-dependencies", *WITHOUT_QUESTIONS)
    assert alone.stdout.count("0 added, 0 changed, 0 destroyed") == 1, alone.stdout
    (project.folder / "kept").rename(project.folder / "terraform.hub-main.tfstate")
    assert "aws_lambda_function" in project.resources()

    project.cdktf("destroy", "*", *WITHOUT_QUESTIONS)

    assert project.resources() == []
    assert names.shop not in bucket_names(spoke)
    assert names.billing not in bucket_names(hub)
    with pytest.raises(ClientError, match="ResourceNotFoundException"):
        hub.functions.get_function(FunctionName=names.hub)
    with pytest.raises(ClientError, match="NoSuchEntity"):
        hub.iam.get_role(RoleName=names.hub)


def bucket_names(clients: AwsClients) -> list[str]:
    return [bucket["Name"] for bucket in clients.s3.list_buckets()["Buckets"]]
