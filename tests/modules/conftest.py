"""Two looks at the scenarios: applied with a mocked AWS, and planned by the real provider on LocalStack."""

import re
import shutil
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.harness.once import made_once
from tests.harness.terraform.adapter import TerraformCommands
from tests.harness.terraform.cli_config import ProviderSource
from tests.harness.terraform.lock_file import lock_providers
from tests.harness.terraform.workspace import TerraformWorkspace
from tests.harness.timing import Timings
from tests.modules.results import Applied, Planned, Resources, managed
from tests.modules.scenarios.configuration import (
    mocked_apply,
    mocked_hub,
    mocked_onboarding,
    mocked_spoke,
    root_configuration,
)
from tests.modules.scenarios.hub_secrets import LONG_POLICIES
from tests.modules.scenarios.onboarding import ALONE as ONBOARDING_ALONE
from tests.modules.scenarios.scenario import SHOP, WRITE_ADDRESS
from tests.modules.scenarios.spoke import ALONE

LIMIT = 600.0
PLAN = "all.tfplan"

Initialize = Callable[[Path, Mapping[str, str]], TerraformCommands]


@pytest.fixture(scope="session")
def initialize(
    terraform_providers: ProviderSource,
    provider_versions: Mapping[str, str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Initialize:
    """Initializes the root configuration of a folder in an environment, and gives Terraform's commands there."""

    def commands_in(folder: Path, env: Mapping[str, str]) -> TerraformCommands:
        lock_providers(folder, provider_versions)
        logs = tmp_path_factory.mktemp("terraform-logs")
        workspace = TerraformWorkspace(
            folder.name,
            TerraformCommands(folder, env=env, logs=logs, timeout=LIMIT),
            variables={},
            providers=terraform_providers,
            timings=Timings(),
            tell=lambda _text: None,
        )
        workspace.init()
        return workspace.commands

    return commands_in


@pytest.fixture(scope="session")
def scenarios(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A root configuration that calls every scenario, beside a copy of the modules."""
    folder = tmp_path_factory.mktemp("scenarios")
    shutil.copytree(repository / "modules", folder / "modules")
    for file in repository.glob("*.tf"):
        shutil.copy(file, folder)
    root = folder / "root"
    root.mkdir()
    with zipfile.ZipFile(root / "own.zip", "w") as archive:
        archive.writestr("promtail/handler.py", "")
        archive.writestr("onboarding/handler.py", "")
    (root / "main.tf").write_text(root_configuration("../modules"))
    (root / "all.tftest.hcl").write_text(mocked_apply())
    for name, (region, inputs) in ALONE.items():
        (root / f"{name}.tftest.hcl").write_text(mocked_spoke(region, inputs))
    for name, alone in ONBOARDING_ALONE.items():
        (root / f"onboarding_{name}.tftest.hcl").write_text(mocked_onboarding(*alone))
    (root / "too_large.tftest.hcl").write_text(
        mocked_hub({"loki": {"write_address": WRITE_ADDRESS, "extra_labels": {"text": "é" * 1800}}})
    )
    (root / "long_policies.tftest.hcl").write_text(mocked_hub(LONG_POLICIES))
    elsewhere = {"shop": SHOP | {"topic_arn": "arn:aws:sns:us-east-1:222222222222:shop"}}
    (root / "topic_elsewhere.tftest.hcl").write_text(mocked_hub({"spokes": elsewhere}))
    return root


def resources_below(module: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The resources of a module and of those that it calls, as Terraform shows a state."""
    yield from module.get("resources", [])
    for child in module.get("child_modules", []):
        yield from resources_below(child)


@pytest.fixture(scope="session")
def applied(
    scenarios: Path, initialize: Initialize, offline_environment: Mapping[str, str], run_folder: Path
) -> Applied:
    """The scenarios, applied by Terraform with a mocked AWS: all values are known, as in a real apply."""

    def apply() -> dict[str, Any]:
        found: dict[str, Resources] = defaultdict(Resources)
        errors: dict[str, list[str]] = defaultdict(list)
        for event in initialize(scenarios, offline_environment).test_events():
            if event["type"] == "diagnostic" and event["diagnostic"]["severity"] == "error":
                errors[event.get("@testfile", "")].append(event["diagnostic"]["detail"])
            if event["type"] == "test_state" and event["@testfile"] == "all.tftest.hcl":
                for name, output in event["test_state"]["outputs"].items():
                    found[name].outputs = output["value"]
                for module in event["test_state"]["root_module"]["child_modules"]:
                    name = module["address"].removeprefix("module.")
                    for resource in resources_below(module):
                        address = resource["address"].removeprefix(f"module.{name}.")
                        found[name].values[address] = resource["values"]
                        found[name].sensitive[address] = resource.get("sensitive_values", {})
        assert found, f"nothing was applied: {dict(errors)}"
        return {
            "scenarios": {name: vars(resources) for name, resources in found.items()},
            "errors": errors,
        }

    made = made_once(run_folder, "applied-scenarios", apply)
    return Applied(
        {name: Resources(**resources) for name, resources in made["scenarios"].items()}, made["errors"]
    )


@pytest.fixture(scope="session")
def planned(
    scenarios: Path, initialize: Initialize, terraform_environment: Mapping[str, str], run_folder: Path
) -> Planned:
    """The scenarios, planned by the real provider."""

    def plan() -> dict[str, Any]:
        commands = initialize(scenarios, terraform_environment)
        _changes, shown = commands.plan({}, out=PLAN)
        addresses: dict[str, list[str]] = defaultdict(list)
        for change in commands.show(PLAN)["resource_changes"]:
            if match := re.fullmatch(r"module\.(\w+)\.(.+)", change["address"]):
                addresses[match[1]].append(match[2])
        return {"addresses": addresses, "text": shown.stdout}

    made = made_once(run_folder, "planned-scenarios", plan)
    return Planned({name: managed(found) for name, found in made["addresses"].items()}, made["text"])
