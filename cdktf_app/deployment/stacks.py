"""The stacks of a deployment: one for the hub, one for each spoke, each a call of an emitted module."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from cdktf import (
    App,
    LocalBackend,
    TerraformHclModule,
    TerraformOutput,
    TerraformStack,
    TerraformVariable,
)
from imports.aws.provider import AwsProvider, AwsProviderDefaultTags

from cdktf_app.deployment.model import Account, Deployment, SpokeAccount
from cdktf_app.modules.module import REQUIRED_AWS, REQUIRED_TERRAFORM

MODULES = Path(__file__).resolve().parents[2] / "modules"


class _AccountStack(TerraformStack):
    def __init__(self, app: App, name: str, deployment: Deployment, account: Account) -> None:
        super().__init__(app, name)
        LocalBackend(self, path=str(Path.cwd() / f"terraform.{name}.tfstate"))
        AwsProvider(
            self,
            "aws",
            region=deployment.region,
            profile=account.profile,
            # A wrong profile must not deploy into a wrong account.
            allowed_account_ids=[account.account_id],
            default_tags=[AwsProviderDefaultTags(tags=deployment.tags)] if deployment.tags else None,
        )
        self.add_override("terraform.required_version", REQUIRED_TERRAFORM)
        # The bindings know no version of their own, and the CDKTF command line refuses a provider without one.
        self.add_override("terraform.required_providers.aws.version", REQUIRED_AWS)


class HubStack(_AccountStack):
    """The hub, in its account."""

    def __init__(self, app: App, deployment: Deployment) -> None:
        hub = deployment.hub
        super().__init__(app, "hub", deployment, hub)
        credentials = TerraformVariable(
            self,
            "loki_credentials",
            type="any",
            sensitive=True,
            default={},
            description="The hub module's input of this name. Set it in the environment, as JSON: "
            """TF_VAR_loki_credentials='{"username": "…", "password": "…"}'. Not needed for what is in the """
            "deployment file's loki_credential_arns.",
        )
        self.module = TerraformHclModule(
            self,
            "promtail",
            source=str(MODULES / "hub"),
            variables={
                "name": hub.name,
                "loki": _literal(hub.loki.model_dump(exclude_none=True, exclude={"stage_configs"}))
                | {"stage_configs": _with_nulls(hub.loki.stage_configs)},
                "loki_credentials": credentials.string_value,
                "loki_credential_arns": _literal(hub.loki_credential_arns.model_dump(exclude_none=True)),
                "content": _literal(hub.content.model_dump()),
                "refused_destination_arn": hub.refused_destination_arn,
                "function": hub.function.model_dump(exclude_none=True),
                "network": {"mode": hub.network},
                "log_retention_days": hub.log_retention_days,
                "log_level": hub.log_level,
                "metrics_namespace": hub.metrics_namespace,
                "spokes": {
                    name: {
                        "account_id": spoke.account_id,
                        "bucket_name": spoke.bucket_name,
                        "prefix": spoke.prefix,
                    }
                    for name, spoke in deployment.spokes.items()
                },
            },
        )
        for name in ("lambda_promtail_function_arn", "lambda_promtail_role_arn"):
            TerraformOutput(self, name, value=self.module.get_string(name), static_id=True)


class SpokeStack(_AccountStack):
    """A spoke, in its account."""

    def __init__(
        self, app: App, deployment: Deployment, name: str, spoke: SpokeAccount, hub: HubStack
    ) -> None:
        super().__init__(app, f"spoke-{name}", deployment, spoke)
        module = TerraformHclModule(
            self,
            "spoke",
            source=str(MODULES / "spoke"),
            variables={
                "bucket_name": spoke.bucket_name,
                # Values of another stack: CDKTF passes them by that stack's state and deploys it first.
                "hub": {
                    "function_arn": hub.module.get_string("lambda_promtail_function_arn"),
                    "role_arn": hub.module.get_string("lambda_promtail_role_arn"),
                },
                "prefix": spoke.prefix,
                "expiration_days": spoke.expiration_days,
                "force_destroy": spoke.force_destroy,
                "grant_elb_account": spoke.grant_elb_account,
                "demo_load_balancer": {"enabled": spoke.demo_load_balancer},
            },
        )
        # The CDKTF command line ends with an error on an output that is null.
        for output in ("bucket_name", "alb_dns_name") if spoke.demo_load_balancer else ("bucket_name",):
            TerraformOutput(self, output, value=module.get_string(output), static_id=True)


def _literal(value: Any) -> Any:
    """Escape what Terraform would evaluate: in a regular expression or a replacement, `${1}` means something else."""
    match value:
        case str():
            return value.replace("${", "$${").replace("%{", "%%{")
        case dict():
            return {_literal(key): _literal(item) for key, item in value.items()}
        case list():
            return [_literal(item) for item in value]
        case _:
            return value


def _with_nulls(value: Any) -> str:
    """Pass a value that may hold nulls, which CDKTF would drop: a stage's `{level: null}` says something."""
    return "${jsondecode(" + json.dumps(_literal(json.dumps(value))) + ")}"


def synthesize(deployment: Deployment) -> None:
    """Write the stacks to CDKTF's output folder."""
    app = App()
    hub = HubStack(app, deployment)
    for name, spoke in deployment.spokes.items():
        SpokeStack(app, deployment, name, spoke, hub)
    app.synth()
