"""The demo's Terraform: the root configuration `examples/hub-and-spoke` in a copy of its own."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cdktf_app.bindings.schema import PROVIDER, PROVIDER_VERSION
from tests.demo.scenario import CONFIGURATION, HUB, REGION, REPOSITORY, SPOKE
from tests.harness.terraform.adapter import TerraformCommands
from tests.harness.terraform.cli_config import provider_source
from tests.harness.terraform.environment import environment
from tests.harness.terraform.workspace import TerraformWorkspace, copy_configuration
from tests.harness.timing import Timings

_LIMIT = 900.0


def logs_folder(folder: Path) -> Path:
    """Where Terraform's output is, below the demo's folder."""
    return folder / "terraform-logs"


def new_workspace(folder: Path, endpoint: str, variables: Mapping[str, Any]) -> TerraformWorkspace:
    """Copy the configuration and the modules into `folder`, and make the workspace on LocalStack at `endpoint`."""
    copy = _copy(folder)
    shutil.rmtree(copy, ignore_errors=True)
    copy_configuration(REPOSITORY, CONFIGURATION, copy, ["modules"], {PROVIDER: PROVIDER_VERSION})
    return workspace(folder, endpoint, variables)


def workspace(folder: Path, endpoint: str, variables: Mapping[str, Any]) -> TerraformWorkspace:
    """Make the workspace of the copy that is there."""
    logs = logs_folder(folder)
    shutil.rmtree(logs, ignore_errors=True)
    logs.mkdir(parents=True)
    providers = provider_source(REPOSITORY / ".build" / "harness")
    env = environment(folder / "aws", endpoint, (HUB, SPOKE), REGION, providers)
    return TerraformWorkspace(
        str(CONFIGURATION),
        TerraformCommands(_copy(folder) / CONFIGURATION, env=env, logs=logs, timeout=_LIMIT),
        variables=variables,
        providers=providers,
        timings=Timings(),
        tell=lambda _text: None,
    )


def _copy(folder: Path) -> Path:
    return folder / "terraform"
