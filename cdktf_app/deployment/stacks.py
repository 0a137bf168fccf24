"""The stacks of a deployment: one for each hub and each spoke, each a call of an emitted module."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cdktf import (
    App,
    LocalBackend,
    S3Backend,
    S3BackendAssumeRoleConfig,
    TerraformHclModule,
    TerraformOutput,
    TerraformStack,
    TerraformVariable,
    Token,
)
from imports.aws.provider import AwsProvider, AwsProviderDefaultTags

from cdktf_app.deployment.account import Account
from cdktf_app.deployment.hub import Hub
from cdktf_app.deployment.literal import literal, with_nulls
from cdktf_app.deployment.model import Deployment, credentials_variable
from cdktf_app.deployment.spoke import Spoke
from cdktf_app.modules.module import REQUIRED_AWS, REQUIRED_TERRAFORM

_MODULES = Path(__file__).resolve().parents[2] / "modules"


@dataclass(frozen=True, slots=True)
class _Project:
    """What all stacks have in common; `stacks` is the folder below which each gets its own."""

    app: App
    deployment: Deployment
    stacks: Path


class _AccountStack(TerraformStack):
    def __init__(self, project: _Project, name: str, account: Account, region: str) -> None:
        super().__init__(project.app, name)
        self._folder = project.stacks / name
        _add_backend(self, name, project.deployment)
        tags = project.deployment.tags
        provider = AwsProvider(
            self,
            "aws",
            region=region,
            profile=account.profile,
            # A wrong profile must not deploy into a wrong account.
            allowed_account_ids=[account.account_id],
            default_tags=[AwsProviderDefaultTags(tags=literal(tags))] if tags else None,
        )
        if account.assume_role:
            # The bindings hold only what the modules use of the provider.
            provider.add_override("assume_role", [account.assume_role.model_dump(exclude_none=True)])
        self.add_override(
            "terraform",
            {
                "required_version": REQUIRED_TERRAFORM,
                # The bindings know none, and the CDKTF command line refuses a provider without one.
                "required_providers": {"aws": {"version": REQUIRED_AWS}},
            },
        )

    def _call(self, name: str, module: str, variables: dict[str, Any], outputs: list[str]) -> None:
        TerraformHclModule(
            self,
            name,
            # Relative: Terraform takes the folder of an absolute path for a package of its own, which must not refer
            # to the module beside it.
            source=os.path.relpath(_MODULES / module, self._folder),
            skip_asset_creation_from_local_modules=True,
            variables=variables,
        )
        for output in outputs:
            TerraformOutput(self, output, value=f"${{module.{name}.{output}}}", static_id=True)


class _HubStack(_AccountStack):
    def __init__(self, project: _Project, name: str, hub: Hub) -> None:
        super().__init__(project, f"hub-{name}", hub, hub.region)
        variables = literal(hub.module_inputs())
        if hub.loki.stage_configs:
            variables["loki"]["stage_configs"] = with_nulls(hub.loki.stage_configs)
        variables["loki_credentials"] = _add_credentials(self, name)
        variables["spokes"] = {
            spoke_name: literal(spoke.for_hub())
            for spoke_name, spoke in project.deployment.spokes_of(name).items()
        }
        self._call("promtail", "hub", variables, hub.outputs())


class _SpokeStack(_AccountStack):
    def __init__(self, project: _Project, name: str, spoke: Spoke, hub: Hub, hub_stack: _HubStack) -> None:
        super().__init__(project, f"spoke-{name}", spoke, hub.region)
        # S3 checks that it may notify the hub when the notification is made.
        self.add_dependency(hub_stack)
        variables = literal(spoke.module_inputs()) | {"hub": hub.for_spokes()}
        self._call("spoke", "spoke", variables, spoke.outputs())


def synthesize(deployment: Deployment) -> None:
    """Write the stacks to CDKTF's output folder."""
    app = App()
    project = _Project(app, deployment, Path(app.outdir, "stacks").absolute())
    hubs = {name: _HubStack(project, name, hub) for name, hub in deployment.hubs.items()}
    for name, spoke in deployment.spokes.items():
        hub = deployment.hub_of(spoke)
        _SpokeStack(project, name, spoke, deployment.hubs[hub], hubs[hub])
    app.synth()


def _add_backend(stack: TerraformStack, name: str, deployment: Deployment) -> None:
    if deployment.backend is None:
        LocalBackend(stack, path=str(Path.cwd() / f"terraform.{name}.tfstate"))
        return
    s3 = deployment.backend.s3
    role = s3.assume_role
    backend = S3Backend(
        stack,
        bucket=s3.bucket,
        key=s3.key(name),
        region=s3.region,
        encrypt=True,
        kms_key_id=s3.kms_key_id,
        profile=s3.profile,
        assume_role=S3BackendAssumeRoleConfig(**role.model_dump()) if role else None,
    )
    # CDKTF does not know this setting.
    backend.add_override("use_lockfile", s3.use_lockfile)


def _add_credentials(stack: TerraformStack, hub: str) -> str:
    """Declare the variables for Loki's credentials, and return the choice between them."""
    shared, own = "loki_credentials", credentials_variable(hub)
    how_to_set = """in the environment, as JSON: TF_VAR_%s='{"username": "…", "password": "…"}'."""
    TerraformVariable(
        stack,
        shared,
        type="any",
        sensitive=True,
        default={},
        description="The hub module's input of this name, of all hubs that have none of their own. Set it "
        f"{how_to_set % shared} Not needed for what is in the deployment file's loki_credential_arns.",
    )
    TerraformVariable(
        stack,
        own,
        type="any",
        sensitive=True,
        default=Token.null_value(),
        description=f"The same of the hub {hub} alone. Set it {how_to_set % own}",
    )
    # Chosen from a tuple: the two may have different members, which a conditional does not take.
    return f"${{[var.{shared}, var.{own}][var.{own} == null ? 0 : 1]}}"
