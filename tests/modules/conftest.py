"""Two looks at the scenarios: applied with a mocked AWS, and planned by the real provider on LocalStack."""

import json
import re
import shutil
import zipfile
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.harness.process.run import Finished, run_guarded
from tests.modules.results import Applied, Planned, Resources, managed
from tests.modules.scenarios import (
    HUB_ARNS,
    REGION_WITHOUT_ELB_ACCOUNT,
    mocked_apply,
    mocked_spoke,
    root_configuration,
)

LIMIT = 240.0


@pytest.fixture(scope="session")
def scenarios(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A root configuration that calls every scenario, beside a copy of the modules."""
    folder = tmp_path_factory.mktemp("scenarios")
    shutil.copytree(repository / "modules", folder / "modules")
    root = folder / "root"
    root.mkdir()
    with zipfile.ZipFile(root / "own.zip", "w") as archive:
        archive.writestr("promtail/handler.py", "")
    (root / "main.tf").write_text(root_configuration("../modules"))
    (root / "all.tftest.hcl").write_text(mocked_apply())
    (root / "no_elb_account.tftest.hcl").write_text(
        mocked_spoke(REGION_WITHOUT_ELB_ACCOUNT, {"grant_elb_account": True})
    )
    (root / "other_region.tftest.hcl").write_text(mocked_spoke("us-east-1", {"hub": HUB_ARNS}))
    return root


@pytest.fixture(scope="session")
def applied(scenarios: Path, offline_environment: Mapping[str, str]) -> Applied:
    """The scenarios, applied by Terraform with a mocked AWS: all values are known, as in a real apply."""
    _run(scenarios, offline_environment, "init", "-input=false")
    finished = _run(scenarios, offline_environment, "test", "-json", "-verbose", accepted=(0, 1))
    found: dict[str, Resources] = defaultdict(Resources)
    errors: dict[str, list[str]] = defaultdict(list)
    for event in map(json.loads, finished.stdout.splitlines()):
        if event["type"] == "diagnostic" and event["diagnostic"]["severity"] == "error":
            errors[event.get("@testfile", "")].append(event["diagnostic"]["detail"])
        if event["type"] == "test_state" and event["@testfile"] == "all.tftest.hcl":
            for module in event["test_state"]["root_module"]["child_modules"]:
                name = module["address"].removeprefix("module.")
                for resource in module["resources"]:
                    address = resource["address"].removeprefix(f"module.{name}.")
                    found[name].values[address] = resource["values"]
                    found[name].sensitive[address] = resource.get("sensitive_values", {})
    assert found, f"nothing was applied: {dict(errors)}"
    return Applied(dict(found), dict(errors))


@pytest.fixture(scope="session")
def planned(scenarios: Path, terraform_environment: Mapping[str, str]) -> Planned:
    """The scenarios, planned by the real provider."""
    _run(scenarios, terraform_environment, "init", "-input=false")
    shown = _run(scenarios, terraform_environment, "plan", "-input=false", "-no-color", "-out=all.tfplan")
    plan = json.loads(_run(scenarios, terraform_environment, "show", "-json", "all.tfplan").stdout)
    addresses: dict[str, set[str]] = defaultdict(set)
    for change in plan["resource_changes"]:
        if match := re.fullmatch(r"module\.(\w+)\.(.+)", change["address"]):
            addresses[match[1]].add(match[2])
    return Planned({name: managed(found) for name, found in addresses.items()}, shown.stdout)


def _run(folder: Path, env: Mapping[str, str], *arguments: str, accepted: tuple[int, ...] = (0,)) -> Finished:
    finished = run_guarded(
        ["terraform", *arguments],
        cwd=folder,
        env=env,
        logs=folder / f"log-{arguments[0]}",
        timeout=LIMIT,
    )
    assert finished.exit_code in accepted, finished.stdout + finished.stderr
    return finished
