"""The stacks that a deployment file becomes, as CDKTF synthesizes them."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cdktf_app.modules.module import REQUIRED_AWS, REQUIRED_TERRAFORM

SECRET = "s3cret-of-loki"
DEPLOYMENT = """
tags: {project: "alb-${loki}"}
hubs:
  eu:
    region: eu-west-1
    account_id: "111111111111"
    profile: hub
    name: logs
    loki:
      write_address: "https://loki.example.com/loki/api/v1/push"
      extra_labels: {env: prod}
      relabel_configs:
        - {source_labels: [__aws_s3_lb], regex: "(.+)-(.+)", replacement: "${2}%{x}", target_label: team}
        - {target_label: __aws_s3_lb_owner, replacement: ""}
      stage_configs:
        - regex: {expression: '"(?P<verb>\\w+) ${1}'}
        - labels: {verb: null}
      tenant_rules: [{bucket: "team-*", tenant: team}]
    loki_credential_arns:
      bearer_token: arn:aws:ssm:eu-west-1:111111111111:parameter/loki/token
    content:
      structured_metadata: [client_ip]
      filter_rules: [{match: {path: "/health${1}"}, keep: 0.5}]
    refused_destination_arn: arn:aws:s3:::refused-logs/loki
    log_level: debug
    metrics_namespace: ""
    function: {architecture: x86_64, zip_path: own.zip, runtime: python3.12}
    network: {mode: created}
  cn:
    region: cn-north-1
    account_id: "444444444444"
    loki: {write_address: "https://loki.example.com/loki/api/v1/push"}
    loki_credential_arns:
      bearer_token: arn:aws-cn:ssm:cn-north-1:444444444444:parameter/loki/token
    ingestion: {mode: direct}
    iam: {path: /platform/}
defaults:
  spoke:
    hub: eu
    expiration_days: 7
spokes:
  shop:
    account_id: "012345678901"
    profile: shop
    bucket_name: shop-alb-logs
    prefix: lb
    tenant_id: shop
    labels: {team: shop}
    log_account_ids: ["555555555555"]
  demo:
    account_id: "333333333333"
    assume_role: {role_arn: "arn:aws-cn:iam::333333333333:role/deploy", external_id: "x"}
    hub: cn
    bucket_name: demo-alb-logs
    demo_load_balancer: {enabled: true}
    grant_elb_account: true
  own:
    account_id: "012345678901"
    bucket_name: own-alb-logs
    create_bucket: false
    force_destroy: false
"""

Stacks = dict[str, dict[str, Any]]


def synthesized(repository: Path, folder: Path, deployment: str) -> Path:
    """The folder, in which a deployment was synthesized."""
    (folder / "deployment.yaml").write_text(deployment)
    (folder / "own.zip").touch()
    environment = os.environ | {
        "PYTHONPATH": str(repository),
        "TF_VAR_loki_credentials": json.dumps({"bearer_token": SECRET}),
    }
    environment.pop("ALB_LOKI_DEPLOYMENT", None)
    subprocess.run([sys.executable, "-m", "cdktf_app.main"], cwd=folder, env=environment, check=True)
    return folder


def texts(folder: Path) -> dict[str, str]:
    """The stacks in a folder, as they were written."""
    return {file.parent.name: file.read_text() for file in folder.rglob("cdk.tf.json")}


@pytest.fixture(scope="module")
def folder(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the deployment was synthesized."""
    return synthesized(repository, tmp_path_factory.mktemp("deployment"), DEPLOYMENT)


@pytest.fixture(scope="module")
def stacks(folder: Path) -> Stacks:
    return {name: json.loads(text) for name, text in texts(folder).items()}


def test_each_hub_and_spoke_has_its_stack(stacks: Stacks) -> None:
    assert set(stacks) == {"hub-eu", "hub-cn", "spoke-shop", "spoke-demo", "spoke-own"}


@pytest.mark.parametrize(
    ("stack", "account", "region", "profile"),
    [
        ("hub-eu", "111111111111", "eu-west-1", "hub"),
        ("hub-cn", "444444444444", "cn-north-1", None),
        ("spoke-shop", "012345678901", "eu-west-1", "shop"),
        ("spoke-demo", "333333333333", "cn-north-1", None),
    ],
)
def test_a_stack_reaches_its_own_account_only(
    stack: str, account: str, region: str, profile: str | None, stacks: Stacks
) -> None:
    (provider,) = stacks[stack]["provider"]["aws"]

    assert provider["allowed_account_ids"] == [account]
    assert provider.get("profile") == profile
    assert provider["region"] == region
    assert provider["default_tags"] == [{"tags": {"project": "alb-$${loki}"}}]


def test_a_role_is_assumed_where_one_is_named(stacks: Stacks) -> None:
    (demo,) = stacks["spoke-demo"]["provider"]["aws"]
    (shop,) = stacks["spoke-shop"]["provider"]["aws"]

    assert demo["assume_role"] == [
        {"role_arn": "arn:aws-cn:iam::333333333333:role/deploy", "external_id": "x"}
    ]
    assert "assume_role" not in shop


def test_a_stack_asks_for_the_versions_of_the_modules(stacks: Stacks) -> None:
    for stack in stacks.values():
        assert stack["terraform"]["required_version"] == REQUIRED_TERRAFORM
        assert stack["terraform"]["required_providers"]["aws"]["version"] == REQUIRED_AWS
        assert stack["terraform"]["required_providers"]["aws"]["source"].endswith("hashicorp/aws")


def test_each_stack_keeps_its_state_in_the_folder_it_is_deployed_from(stacks: Stacks, folder: Path) -> None:
    paths = {name: stack["terraform"]["backend"]["local"]["path"] for name, stack in stacks.items()}

    assert paths == {name: str(folder / f"terraform.{name}.tfstate") for name in stacks}


def test_states_in_a_bucket_are_encrypted_and_locked(repository: Path, tmp_path: Path) -> None:
    bucket = """
backend:
  s3:
    bucket: states
    region: eu-central-1
    key_prefix: alb/loki
    profile: states
    assume_role: {role_arn: "arn:aws:iam::111111111111:role/states"}
    kms_key_id: alias/states
"""
    synthesized(repository, tmp_path, DEPLOYMENT + bucket)

    backends = {
        name: json.loads(text)["terraform"]["backend"]["s3"] for name, text in texts(tmp_path).items()
    }
    assert backends["spoke-shop"] == {
        "bucket": "states",
        "key": "alb/loki/spoke-shop.tfstate",
        "region": "eu-central-1",
        "profile": "states",
        "assume_role": {"role_arn": "arn:aws:iam::111111111111:role/states"},
        "kms_key_id": "alias/states",
        "encrypt": True,
        "use_lockfile": True,
    }
    assert len({backend["key"] for backend in backends.values()}) == len(backends)


def test_the_module_s_folder_is_found_from_the_stack_s(
    stacks: Stacks, folder: Path, repository: Path
) -> None:
    for name, stack in stacks.items():
        (call,) = stack["module"].values()

        # Terraform takes a path as local by how it begins.
        assert call["source"].startswith("../")
        module = (folder / "cdktf.out/stacks" / name / call["source"]).resolve()
        assert module == repository / "modules" / name.partition("-")[0]


def test_the_hub_calls_the_emitted_module_with_its_spokes(stacks: Stacks, folder: Path) -> None:
    (call,) = stacks["hub-eu"]["module"].values()

    assert call["name"] == "logs"
    assert call["network"] == {"mode": "created"}
    assert call["loki"]["extra_labels"] == {"env": "prod"}
    assert call["loki"]["tenant_rules"] == [{"bucket": "team-*", "tenant": "team"}]
    assert call["loki_credential_arns"]["bearer_token"].endswith(":parameter/loki/token")
    assert call["content"]["structured_metadata"] == ["client_ip"]
    assert call["refused_destination_arn"] == "arn:aws:s3:::refused-logs/loki"
    assert (call["log_level"], call["metrics_namespace"]) == ("debug", "")
    assert call["function"] == {
        "architecture": "x86_64",
        "runtime": "python3.12",
        "zip_path": str(folder / "own.zip"),
    }
    assert call["spokes"] == {
        "own": {"account_id": "012345678901", "bucket_name": "own-alb-logs"},
        "shop": {
            "account_id": "012345678901",
            "bucket_name": "shop-alb-logs",
            "prefix": "lb",
            "tenant_id": "shop",
            "labels": {"team": "shop"},
            "log_account_ids": ["555555555555"],
        },
    }


def test_what_the_file_does_not_say_is_left_to_the_module(stacks: Stacks) -> None:
    (hub,) = stacks["hub-cn"]["module"].values()
    (spoke,) = stacks["spoke-own"]["module"].values()

    assert set(hub) == {
        *("//", "source", "spokes", "iam", "ingestion", "loki", "loki_credential_arns", "loki_credentials")
    }
    assert set(hub["loki"]) == {"write_address"}
    assert set(spoke) == {
        *("//", "source", "bucket_name", "hub", "create_bucket", "expiration_days", "force_destroy")
    }
    # Falsy, and said all the same.
    assert (spoke["create_bucket"], spoke["force_destroy"]) == (False, False)


def test_terraform_takes_the_file_s_texts_as_they_are(stacks: Stacks, folder: Path) -> None:
    (call,) = stacks["hub-eu"]["module"].values()

    assert evaluated(call["loki"]["relabel_configs"], folder) == [
        {
            "source_labels": ["__aws_s3_lb"],
            "regex": "(.+)-(.+)",
            "replacement": "${2}%{x}",
            "target_label": "team",
        },
        {"target_label": "__aws_s3_lb_owner", "replacement": ""},
    ]
    assert evaluated(call["loki"]["stage_configs"], folder) == [
        {"regex": {"expression": r'"(?P<verb>\w+) ${1}'}},
        {"labels": {"verb": None}},
    ]
    assert evaluated(call["content"]["filter_rules"], folder) == [
        {"match": {"path": "/health${1}"}, "keep": 0.5}
    ]


def evaluated(
    value: Any,
    folder: Path,
    *,
    variable: dict[str, Any] | None = None,
    environment: dict[str, str] | None = None,
) -> Any:
    """What Terraform makes of a value in a synthesized stack, with variables set in the environment."""
    root = folder / "evaluated"
    root.mkdir(exist_ok=True)
    output = {"value": {"value": value, "sensitive": variable is not None}}
    content = {"output": output} | ({"variable": variable} if variable else {})
    (root / "main.tf.json").write_text(json.dumps(content))
    for command in (["apply", "-auto-approve", "-no-color"], ["output", "-json", "value"]):
        done = subprocess.run(
            ["terraform", *command],
            cwd=root,
            env=os.environ | (environment or {}),
            check=True,
            capture_output=True,
            text=True,
        )
    return json.loads(done.stdout)


def test_a_spoke_calls_the_emitted_module_with_the_hub(stacks: Stacks) -> None:
    (call,) = stacks["spoke-shop"]["module"].values()

    assert (call["bucket_name"], call["prefix"], call["expiration_days"]) == ("shop-alb-logs", "lb", 7)
    assert call["hub"] == {
        "role_arn": "arn:aws:iam::111111111111:role/logs",
        "queue_arn": "arn:aws:sqs:eu-west-1:111111111111:logs",
    }
    assert not {"tenant_id", "labels", "account_id"} & set(call)
    (demo,) = stacks["spoke-demo"]["module"].values()
    assert demo["hub"] == {
        "role_arn": "arn:aws-cn:iam::444444444444:role/platform/alb-loki",
        "function_arn": "arn:aws-cn:lambda:cn-north-1:444444444444:function:alb-loki",
    }
    assert demo["demo_load_balancer"] == {"enabled": True}
    assert demo["grant_elb_account"] is True


def test_a_spoke_comes_after_its_hub_and_reads_no_other_state(stacks: Stacks, folder: Path) -> None:
    manifest = json.loads((folder / "cdktf.out/manifest.json").read_text())["stacks"]

    assert {name: stack["dependencies"] for name, stack in manifest.items()} == {
        "hub-eu": [],
        "hub-cn": [],
        "spoke-shop": ["hub-eu"],
        "spoke-own": ["hub-eu"],
        "spoke-demo": ["hub-cn"],
    }
    assert {name for name, stack in stacks.items() if "data" in stack} == set()


def test_a_new_spoke_touches_its_own_stack_and_its_hub_s_permissions(
    repository: Path, tmp_path: Path
) -> None:
    before = texts(synthesized(repository, tmp_path, DEPLOYMENT))
    new = {"account_id": "666666666666", "bucket_name": "new-alb-logs"}
    after = texts(synthesized(repository, tmp_path, DEPLOYMENT + f"  new: {json.dumps(new)}\n"))

    assert set(after) - set(before) == {"spoke-new"}
    assert {name for name in before if after[name] != before[name]} == {"hub-eu"}
    hub = json.loads(after["hub-eu"])
    assert hub["module"]["promtail"]["spokes"].pop("new") == new
    assert hub == json.loads(before["hub-eu"])


def test_outputs_are_what_a_stack_has(stacks: Stacks) -> None:
    always = {"lambda_promtail_function_arn", "lambda_promtail_role_arn", "dead_letter_queue_url"}

    assert {name: set(stack["output"]) for name, stack in stacks.items()} == {
        "hub-eu": always | {"nat_public_ips"},
        "hub-cn": always,
        "spoke-shop": {"bucket_name"},
        "spoke-demo": {"bucket_name", "alb_dns_name"},
        "spoke-own": {"bucket_name", "policy_statements", "notification"},
    }


def test_credentials_are_sensitive_variables_and_nowhere_in_the_stacks(stacks: Stacks, folder: Path) -> None:
    for name in ("eu", "cn"):
        variables = stacks[f"hub-{name}"]["variable"]
        assert set(variables) == {"loki_credentials", f"loki_credentials_{name}"}
        assert all(variable["sensitive"] for variable in variables.values())
    assert not [name for name, stack in stacks.items() if name.startswith("spoke") and "variable" in stack]
    written = [file for file in (folder / "cdktf.out").rglob("*") if file.is_file()]
    assert len(written) > 3
    assert [file for file in written if SECRET in file.read_text()] == []


@pytest.mark.parametrize(
    ("given", "chosen"),
    [
        ({}, {}),
        ({"loki_credentials": {"bearer_token": "shared"}}, {"bearer_token": "shared"}),
        (
            {"loki_credentials": {"bearer_token": "x"}, "loki_credentials_eu": {"username": "a"}},
            {"username": "a"},
        ),
    ],
)
def test_a_hub_s_own_credentials_win(
    given: dict[str, Any], chosen: dict[str, str], stacks: Stacks, tmp_path: Path
) -> None:
    stack = stacks["hub-eu"]
    (call,) = stack["module"].values()

    assert (
        evaluated(
            call["loki_credentials"],
            tmp_path,
            variable=stack["variable"],
            environment={f"TF_VAR_{name}": json.dumps(value) for name, value in given.items()},
        )
        == chosen
    )
