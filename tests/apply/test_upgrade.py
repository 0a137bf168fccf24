"""From version 0.1.0 to the present modules, as docs/upgrading.md tells: nothing that holds anything is replaced."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from cdktf_app.packaging.build import build_host_zip
from tests.harness.aws.accounts import Account
from tests.harness.pytest_plugin import WorkspaceFactory
from tests.harness.terraform.workspace import TerraformWorkspace
from tests.host_function import host_function

# What goes, and why that does no harm.
GOES: Mapping[str, str] = {
    "module.hub.aws_iam_role_policy.spokes[0]": "managed policies are in its place, since one inline policy holds "
    "too few spokes. What the function may not read for a moment, its trigger repeats.",
}


@pytest.fixture
def upgraded(
    terraform_workspace: WorkspaceFactory,
    repository: Path,
    hub_account: Account,
    spoke_account: Account,
    aws_region: str,
    unique_name: Callable[[str], str],
) -> TerraformWorkspace:
    """A workspace that 0.1.0 was applied in, with the present modules in place of it."""
    workspace = terraform_workspace(
        "tests/upgrade/0.1.0",
        {
            "region": aws_region,
            "hub": {"profile": hub_account.profile, "name": unique_name("hub")},
            "spoke": {
                "account_id": spoke_account.id,
                "profile": spoke_account.profile,
                "bucket_name": unique_name("shop-alb-logs"),
                "load_balancer_name": unique_name("demo"),
            },
            "function": host_function(build_host_zip()),
        },
        shared=(),
    )
    workspace.apply()
    shutil.rmtree(workspace.folder / "modules")
    shutil.copytree(repository / "modules", workspace.folder / "modules")
    shutil.copy(repository / "tests/upgrade/present/main.tf", workspace.folder)
    workspace.init()
    return workspace


def test_an_upgrade_destroys_nothing_and_its_second_plan_is_empty(upgraded: TerraformWorkspace) -> None:
    assert going(upgraded.plan()) == set(GOES)

    upgraded.apply_and_idempotent()


def going(plan: dict[str, Any]) -> set[str]:
    """The addresses of what a plan destroys or replaces."""
    return {
        change["address"] for change in plan["resource_changes"] if "delete" in change["change"]["actions"]
    }
