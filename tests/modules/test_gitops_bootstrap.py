"""What the roles and the boundary of the example `gitops` let through, applied with a mocked AWS."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.modules.conftest import Initialize, resources_below
from tests.modules.decisions.decided import HUB, SPOKE
from tests.modules.decisions.hub_access import OBJECT, ROLE
from tests.modules.decisions.hub_queues import QUEUE
from tests.modules.results import Resources
from tests.modules.scenarios.scenario import HUB_KEY_ARN, PARAMETER_ARN
from tests.policies.evaluator import Evaluator
from tests.policies.model import Call, Policies

SECRET_ARN = f"arn:aws:secretsmanager:eu-west-1:{HUB}:secret:loki-a1B2c3"
BOUNDARY_ARN = f"arn:aws:iam::{HUB}:policy/pipeline/alb-loki-boundary"
APPLY = f"arn:aws:iam::{HUB}:role/pipeline/alb-loki-apply"
HUB_ROLE = f"arn:aws:iam::{HUB}:role/alb-loki/alb-loki"
STATE = "acme-terraform-state"

INPUTS = {
    "region": "eu-west-1",
    "account_id": HUB,
    "state_bucket_name": STATE,
    "repository": "acme/load-balancer-logs",
    "environment": "hub",
}
HUBS: dict[str, dict[str, Any]] = {
    "plain": {},
    "secrets": {"secret_arns": [SECRET_ARN]},
    "parameters": {"parameter_arns": [PARAMETER_ARN]},
    "keys": {"kms_key_arns": [HUB_KEY_ARN]},
    "all": {
        "secret_arns": [SECRET_ARN],
        "parameter_arns": [PARAMETER_ARN],
        "kms_key_arns": [HUB_KEY_ARN],
    },
}
MOCKS = {
    ("data", "aws_partition"): {"partition": "aws"},
    ("resource", "aws_iam_openid_connect_provider"): {"arn": f"arn:aws:iam::{HUB}:oidc-provider/github"},
    ("resource", "aws_iam_policy"): {"arn": BOUNDARY_ARN},
    ("resource", "aws_s3_bucket"): {"id": STATE, "arn": f"arn:aws:s3:::{STATE}"},
}
ALL = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}

Bootstraps = Mapping[str, Resources]


@pytest.fixture(scope="module")
def bootstraps(
    repository: Path,
    initialize: Initialize,
    offline_environment: Mapping[str, str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Bootstraps:
    """The example's bootstrap with each of the hubs, one after the other."""
    folder = tmp_path_factory.mktemp("gitops") / "bootstrap"
    shutil.copytree(
        repository / "examples/gitops/bootstrap",
        folder,
        # Its state is in S3.
        ignore=shutil.ignore_patterns(".terraform*", "backend.tf"),
    )
    (folder / "all.tftest.hcl").write_text(_mocked_applies())
    events = initialize(folder, offline_environment).test_events()
    errors = [event["diagnostic"] for event in events if event["type"] == "diagnostic"]
    assert errors == []
    return {
        event["@testrun"]: Resources(
            {
                resource["address"]: resource["values"]
                for resource in resources_below(event["test_state"]["root_module"])
            }
        )
        for event in events
        if event["type"] == "test_state"
    }


def _mocked_applies() -> str:
    mocks = [
        f'  mock_{kind} "{name}" {{\n    defaults = {json.dumps(values)}\n  }}'
        for (kind, name), values in MOCKS.items()
    ]
    runs = [
        f'run "{name}" {{\n  variables {{\n'
        + "\n".join(f"    {key} = {json.dumps(value)}" for key, value in (INPUTS | {"hub": hub}).items())
        + "\n  }\n}"
        for name, hub in HUBS.items()
    ]
    return "\n".join(['mock_provider "aws" {', *mocks, "}", *runs]) + "\n"


@pytest.mark.parametrize(
    ("hub", "added"),
    [
        ("plain", []),
        ("secrets", ["ReadSecrets"]),
        ("parameters", ["ReadParameters"]),
        ("keys", ["Decrypt"]),
        ("all", ["ReadSecrets", "ReadParameters", "Decrypt"]),
    ],
)
def test_the_boundary_has_a_statement_for_what_is_given_and_for_nothing_else(
    hub: str, added: list[str], bootstraps: Bootstraps
) -> None:
    statements = bootstraps[hub].policy("aws_iam_policy.boundary[0]")

    assert list(statements) == ["WriteOwnLog", "ReadLoadBalancerLogs", "UseOwnQueues", *added]


BOUNDED = {
    "secrets": Call(ROLE, "secretsmanager:GetSecretValue", SECRET_ARN, HUB),
    "parameters": Call(ROLE, "ssm:GetParameter", PARAMETER_ARN, HUB),
    "keys": Call(ROLE, "kms:Decrypt", HUB_KEY_ARN, HUB, {"kms:ViaService": "ssm.eu-west-1.amazonaws.com"}),
}


@pytest.mark.parametrize("given", BOUNDED)
def test_the_boundary_lets_through_what_is_given_in_whatever_hub_has_it(
    given: str, bootstraps: Bootstraps, evaluator: Evaluator
) -> None:
    through = {hub for hub in HUBS if _bounded(BOUNDED[given], hub, bootstraps, evaluator)}

    assert through == {given, "all"}


@pytest.mark.parametrize(
    "call",
    [
        Call(ROLE, "s3:GetObject", OBJECT, SPOKE),
        Call(ROLE, "sqs:ReceiveMessage", QUEUE, HUB),
    ],
    ids=lambda call: call.action,
)
def test_the_boundary_lets_through_what_every_hub_does(
    call: Call, bootstraps: Bootstraps, evaluator: Evaluator
) -> None:
    assert {hub for hub in HUBS if _bounded(call, hub, bootstraps, evaluator)} == set(HUBS)


@pytest.mark.parametrize(
    "call",
    [
        Call(ROLE, "secretsmanager:GetSecretValue", f"{SECRET_ARN}-2", HUB),
        Call(ROLE, "secretsmanager:PutSecretValue", SECRET_ARN, HUB),
        Call(ROLE, "ssm:GetParameter", f"{PARAMETER_ARN}-2", HUB),
        Call(ROLE, "ssm:PutParameter", PARAMETER_ARN, HUB),
        Call(ROLE, "kms:Decrypt", f"{HUB_KEY_ARN[:-1]}c", HUB),
        Call(ROLE, "kms:Encrypt", HUB_KEY_ARN, HUB),
        Call(ROLE, "s3:PutObject", OBJECT, SPOKE),
        Call(ROLE, "iam:CreateRole", HUB_ROLE, HUB),
    ],
    ids=lambda call: f"{call.action} {call.resource}",
)
def test_the_boundary_stops_what_is_not_given(
    call: Call, bootstraps: Bootstraps, evaluator: Evaluator
) -> None:
    assert not _bounded(call, "all", bootstraps, evaluator)


def _bounded(call: Call, hub: str, bootstraps: Bootstraps, evaluator: Evaluator) -> bool:
    """Whether a role that may do everything may do it within the boundary, where the resource is willing."""
    boundary = _document(bootstraps[hub], "aws_iam_policy.boundary[0]")
    statement = {
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:aws:iam::{HUB}:root"},
        "Action": "*",
        "Resource": "*",
    }
    willing = ALL | {"Statement": [statement]}
    return evaluator.decide(call, Policies({"all": ALL}, willing, boundary=boundary)).allowed


def test_the_pipeline_makes_roles_with_the_boundary_only(
    bootstraps: Bootstraps, evaluator: Evaluator
) -> None:
    policies = Policies({"apply": _document(bootstraps["all"], "aws_iam_role_policy.apply")})

    def allowed(action: str, resource: str, boundary: str | None) -> bool:
        context: dict[str, str | list[str]] = {"iam:PermissionsBoundary": boundary} if boundary else {}
        return evaluator.decide(Call(APPLY, action, resource, HUB, context), policies).allowed

    for action in ("iam:CreateRole", "iam:PutRolePolicy", "iam:AttachRolePolicy"):
        assert allowed(action, HUB_ROLE, BOUNDARY_ARN)
        assert not allowed(action, HUB_ROLE, None)
        assert not allowed(action, HUB_ROLE, f"{BOUNDARY_ARN}-2")
        assert not allowed(action, APPLY, BOUNDARY_ARN)


def _document(resources: Resources, address: str) -> dict[str, Any]:
    (document,) = (document for at, document in resources.policies() if at == address)
    return document
