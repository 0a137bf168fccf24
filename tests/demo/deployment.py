"""The demo's Terraform: the root configuration `examples/hub-and-spoke` in a copy of its own."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from typing import Any

from tests.demo.scenario import CONFIGURATION, FOLDER, HUB, REGION, REPOSITORY, SPOKE
from tests.harness.terraform.adapter import TerraformCommands
from tests.harness.terraform.cli_config import provider_source
from tests.harness.terraform.environment import environment
from tests.harness.terraform.workspace import TerraformWorkspace, copy_configuration
from tests.harness.timing import Timings

LOGS = FOLDER / "terraform-logs"
_COPY = FOLDER / "terraform"
_LIMIT = 900.0


def new_workspace(endpoint: str, variables: Mapping[str, Any]) -> TerraformWorkspace:
    """Copy the configuration and the modules, and make the workspace on LocalStack at `endpoint`."""
    shutil.rmtree(_COPY, ignore_errors=True)
    copy_configuration(REPOSITORY, CONFIGURATION, _COPY, ["modules"])
    return workspace(endpoint, variables)


def workspace(endpoint: str, variables: Mapping[str, Any]) -> TerraformWorkspace:
    """Make the workspace of the copy that is there."""
    shutil.rmtree(LOGS, ignore_errors=True)
    LOGS.mkdir(parents=True)
    providers = provider_source(REPOSITORY / ".build" / "harness")
    env = environment(FOLDER / "aws", endpoint, (HUB, SPOKE), REGION, providers)
    return TerraformWorkspace(
        str(CONFIGURATION),
        TerraformCommands(_COPY / CONFIGURATION, env=env, logs=LOGS, timeout=_LIMIT),
        variables=variables,
        providers=providers,
        timings=Timings(),
        tell=lambda _text: None,
    )
