"""The example `gitops` from its first day: bootstrap, plans, checks, applies and drift in two accounts."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.apply.gitops import Repository, copy_repository
from tests.conftest import GITOPS_ACCOUNTS
from tests.harness.aws.accounts import Account
from tests.harness.aws.clients import AwsClients
from tests.harness.aws.present import present
from tests.harness.localstack.server import LocalStack
from tests.harness.pytest_plugin import is_kept
from tests.harness.terraform.cli_config import ProviderSource
from tests.harness.terraform.environment import environment

ACCOUNTS = dict(zip(("hub", "shop"), GITOPS_ACCOUNTS, strict=True))
PLAN, APPLY, DRIFT = "pipeline/plan.sh", "pipeline/apply.sh", "pipeline/drift.sh"
FIRST_TIME, LAST_TIME = "bootstrap/first-time.sh", "bootstrap/last-time.sh"

Clients = Mapping[str, AwsClients]


@pytest.fixture(scope="module")
def clients(aws_clients: Callable[[Account], AwsClients]) -> Clients:
    return {name: aws_clients(account) for name, account in ACCOUNTS.items()}


@pytest.fixture(scope="module")
def pipeline(
    request: pytest.FixtureRequest,
    repository: Path,
    scanners: Path,
    localstack: LocalStack,
    terraform_providers: ProviderSource,
    provider_versions: Mapping[str, str],
    clients: Clients,
    aws_region: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Repository]:
    """The example with all accounts applied by its own scripts; destroyed in the end, with nothing left."""
    folder = tmp_path_factory.mktemp("gitops")
    suffix = uuid.uuid4().hex[:8]

    def environment_of(account: Account) -> Mapping[str, str]:
        aws = folder / account.profile
        return environment(aws, localstack.endpoint, [account], aws_region, terraform_providers) | {
            "CHECKOV": str(scanners / "checkov"),
            # An administrator says yes.
            "TF_CLI_ARGS_apply": "-auto-approve",
            "TF_CLI_ARGS_destroy": "-auto-approve",
        }

    made = copy_repository(
        repository,
        folder / "copy",
        ACCOUNTS,
        environment_of,
        lambda prefix: f"{prefix}-{suffix}",
        provider_versions,
    )
    before = {name: present(clients[name]) for name in ACCOUNTS}
    try:
        made.succeed(FIRST_TIME, "hub")
        with ThreadPoolExecutor() as pool:
            hub = pool.submit(_plan_and_apply, made, "hub")
            made.succeed(FIRST_TIME, "shop")
            hub.result()
        _plan_and_apply(made, "shop")
        yield made
    finally:
        kept = is_kept(request, made.folder)
        if not kept:
            localstack.check()
            for name in reversed(ACCOUNTS):
                made.destroy(name)
                made.succeed(LAST_TIME, name)
    assert kept or {name: present(clients[name]) for name in ACCOUNTS} == before


def _plan_and_apply(pipeline: Repository, account: str) -> None:
    assert "All 4 policies are kept." in pipeline.succeed(PLAN, account).stdout
    pipeline.succeed(APPLY, account)


@pytest.mark.parametrize("account", ACCOUNTS)
def test_there_is_nothing_to_change_after_an_apply(account: str, pipeline: Repository) -> None:
    finished = pipeline.run(DRIFT, account)

    assert (finished.exit_code, "No changes." in finished.stdout) == (0, True), finished.stdout


@pytest.mark.parametrize("account", ACCOUNTS)
def test_the_states_are_in_the_account_s_bucket_only(
    account: str, pipeline: Repository, clients: Clients
) -> None:
    s3 = clients[account].s3
    (bucket,) = [name for name in _buckets(clients[account]) if name.startswith("state-")]

    assert {content["Key"] for content in s3.list_objects_v2(Bucket=bucket)["Contents"]} == {
        "alb-loki/terraform.tfstate",
        "bootstrap/terraform.tfstate",
    }
    assert s3.get_bucket_versioning(Bucket=bucket)["Status"] == "Enabled"
    # Terraform notes the backend in a file of this name, too.
    assert [f for f in pipeline.folder.rglob("*.tfstate") if f.parent.name != ".terraform"] == []


@pytest.mark.parametrize("account", ACCOUNTS)
@pytest.mark.parametrize("role", ["plan", "apply"])
def test_the_workflows_take_the_roles_that_bootstrap_has_made(
    role: str, account: str, pipeline: Repository, clients: Clients
) -> None:
    arn = pipeline.succeed("pipeline/role.sh", account, role).stdout.strip()

    made = clients[account].iam.get_role(RoleName=f"alb-loki-{role}")["Role"]
    (statement,) = _document(made["AssumeRolePolicyDocument"])["Statement"]
    issuer = "token.actions.githubusercontent.com"
    assert arn == made["Arn"]
    assert statement["Principal"] == {
        "Federated": f"arn:aws:iam::{ACCOUNTS[account].id}:oidc-provider/{issuer}"
    }
    assert statement["Condition"] == {
        "StringEquals": {
            f"{issuer}:aud": "sts.amazonaws.com",
            f"{issuer}:sub": {
                "plan": [
                    "repo:acme/load-balancer-logs:pull_request",
                    "repo:acme/load-balancer-logs:ref:refs/heads/main",
                ],
                "apply": [f"repo:acme/load-balancer-logs:environment:{account}"],
            }[role],
        }
    }


@pytest.mark.parametrize("account", ACCOUNTS)
@pytest.mark.parametrize(("role", "script"), [("plan", DRIFT), ("apply", APPLY)])
def test_a_role_may_do_what_its_workflow_does(
    role: str, script: str, account: str, pipeline: Repository, clients: Clients
) -> None:
    """By the names of actions only: whether a statement's resources and conditions fit the call is not looked at."""
    policy = clients[account].iam.get_role_policy(RoleName=f"alb-loki-{role}", PolicyName=role)
    statements = _document(policy["PolicyDocument"])["Statement"]
    allowed = {action for statement in statements for action in statement["Action"]}
    if role == "plan":  # a plan of what is there; the first one has nothing to read
        pipeline.succeed(script, account)
    called = pipeline.calls[script, account]

    assert len(called) > 10
    assert called - allowed == set()
    assert not any("*" in action for action in allowed)
    if role == "plan":
        verbs = {action.partition(":")[2] for action in allowed}
        assert {verb for verb in verbs if not verb.startswith(("Describe", "Get", "List"))} == set()


def test_the_function_s_role_carries_the_boundary(pipeline: Repository, clients: Clients) -> None:
    del pipeline
    role = clients["hub"].iam.get_role(RoleName="alb-loki")["Role"]

    assert role["Path"] == "/alb-loki/"
    assert role["PermissionsBoundary"]["PermissionsBoundaryArn"] == (
        f"arn:aws:iam::{ACCOUNTS['hub'].id}:policy/pipeline/alb-loki-boundary"
    )


def test_drift_is_found_and_mended_by_a_plan_and_its_apply(pipeline: Repository, clients: Clients) -> None:
    s3 = clients["shop"].s3
    (bucket,) = [name for name in _buckets(clients["shop"]) if name.startswith("shop-")]
    s3.delete_bucket_tagging(Bucket=bucket)

    drifted = pipeline.run(DRIFT, "shop")
    _plan_and_apply(pipeline, "shop")
    mended = pipeline.run(DRIFT, "shop")

    assert (drifted.exit_code, mended.exit_code) == (2, 0)
    assert "# module.spoke.aws_s3_bucket.this[0] will be updated in-place" in drifted.stdout


def test_a_plan_is_refused_when_the_state_went_on_since(pipeline: Repository) -> None:
    pipeline.replace("accounts/shop/terraform.tfvars", 'project = "alb-loki"', 'project = "once"')
    pipeline.succeed(PLAN, "shop")
    reviewed = (pipeline.folder / "accounts/shop/plan.tfplan").read_bytes()
    pipeline.succeed(APPLY, "shop")
    (pipeline.folder / "accounts/shop/plan.tfplan").write_bytes(reviewed)

    again = pipeline.run(APPLY, "shop")

    assert again.exit_code == 1
    assert "Saved plan is stale" in again.stderr


def test_a_plan_that_would_destroy_a_log_bucket_does_not_pass(pipeline: Repository, clients: Clients) -> None:
    name = next(name for name in _buckets(clients["shop"]) if name.startswith("shop-"))
    pipeline.replace("accounts/shop/terraform.tfvars", name, f"{name}-renamed")

    refused = pipeline.run(PLAN, "shop")
    pipeline.replace("accounts/shop/terraform.tfvars", f"{name}-renamed", name)

    assert refused.exit_code == 1
    assert "ALB_LOKI_1" in refused.stdout
    assert "  - module.spoke.aws_s3_bucket.this[0]: delete and create" in refused.stdout


def _buckets(clients: AwsClients) -> list[str]:
    return [bucket["Name"] for bucket in clients.s3.list_buckets()["Buckets"]]


def _document(value: Any) -> dict[str, Any]:
    """A policy document; boto3 has decoded it where it knows that it is one."""
    document: dict[str, Any] = json.loads(value) if isinstance(value, str) else value
    return document
