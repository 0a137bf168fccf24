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
region: eu-west-1
tags: {project: alb-loki}
hub:
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
  network: created
spokes:
  shop:
    account_id: "012345678901"
    profile: shop
    bucket_name: shop-alb-logs
    prefix: lb
  demo:
    account_id: "333333333333"
    bucket_name: demo-alb-logs
    demo_load_balancer: true
    grant_elb_account: true
"""

Stacks = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def folder(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the deployment was synthesized."""
    folder = tmp_path_factory.mktemp("deployment")
    (folder / "deployment.yaml").write_text(DEPLOYMENT)
    (folder / "own.zip").touch()
    environment = os.environ | {
        "PYTHONPATH": str(repository),
        "TF_VAR_loki_credentials": json.dumps({"bearer_token": SECRET}),
    }
    environment.pop("ALB_LOKI_DEPLOYMENT", None)
    subprocess.run([sys.executable, "-m", "cdktf_app.main"], cwd=folder, env=environment, check=True)
    return folder


@pytest.fixture(scope="module")
def stacks(folder: Path) -> Stacks:
    return {file.parent.name: json.loads(file.read_text()) for file in folder.rglob("cdk.tf.json")}


def test_each_account_has_its_stack(stacks: Stacks) -> None:
    assert set(stacks) == {"hub", "spoke-shop", "spoke-demo"}


@pytest.mark.parametrize(
    ("stack", "account", "profile"),
    [
        ("hub", "111111111111", "hub"),
        ("spoke-shop", "012345678901", "shop"),
        ("spoke-demo", "333333333333", None),
    ],
)
def test_a_stack_reaches_its_own_account_only(
    stack: str, account: str, profile: str | None, stacks: Stacks
) -> None:
    (provider,) = stacks[stack]["provider"]["aws"]

    assert provider["allowed_account_ids"] == [account]
    assert provider.get("profile") == profile
    assert provider["region"] == "eu-west-1"
    assert provider["default_tags"] == [{"tags": {"project": "alb-loki"}}]


def test_a_stack_asks_for_the_versions_of_the_modules(stacks: Stacks) -> None:
    for stack in stacks.values():
        assert stack["terraform"]["required_version"] == REQUIRED_TERRAFORM
        assert stack["terraform"]["required_providers"]["aws"]["version"] == REQUIRED_AWS


def test_each_stack_keeps_its_state_in_the_folder_it_is_deployed_from(stacks: Stacks, folder: Path) -> None:
    paths = {name: stack["terraform"]["backend"]["local"]["path"] for name, stack in stacks.items()}

    assert paths == {name: str(folder / f"terraform.{name}.tfstate") for name in stacks}


def test_the_hub_calls_the_emitted_module_with_the_spokes(
    stacks: Stacks, repository: Path, folder: Path
) -> None:
    (call,) = stacks["hub"]["module"].values()

    assert call["source"] == str(repository / "modules/hub")
    assert call["name"] == "logs"
    assert call["network"] == {"mode": "created"}
    assert call["loki"]["extra_labels"] == {"env": "prod"}
    assert "batch_size" not in call["loki"]
    assert call["loki"]["tenant_rules"] == [{"bucket": "team-*", "tenant": "team"}]
    assert call["loki_credential_arns"]["bearer_token"].endswith(":parameter/loki/token")
    assert call["content"]["structured_metadata"] == ["client_ip"]
    assert call["refused_destination_arn"] == "arn:aws:s3:::refused-logs/loki"
    assert (call["log_level"], call["metrics_namespace"]) == ("debug", "")
    assert call["function"] == {
        "architecture": "x86_64",
        "memory_size": 256,
        "runtime": "python3.12",
        "timeout": 60,
        "zip_path": str(folder / "own.zip"),
    }
    assert call["spokes"] == {
        "demo": {"account_id": "333333333333", "bucket_name": "demo-alb-logs", "prefix": ""},
        "shop": {"account_id": "012345678901", "bucket_name": "shop-alb-logs", "prefix": "lb"},
    }


def test_terraform_takes_the_file_s_texts_as_they_are(stacks: Stacks, folder: Path) -> None:
    (call,) = stacks["hub"]["module"].values()

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


def evaluated(value: Any, folder: Path) -> Any:
    """What Terraform makes of a value in a synthesized stack."""
    root = folder / "evaluated"
    root.mkdir(exist_ok=True)
    (root / "main.tf.json").write_text(json.dumps({"output": {"value": {"value": value}}}))
    for command in (["apply", "-auto-approve", "-no-color"], ["output", "-json", "value"]):
        done = subprocess.run(["terraform", *command], cwd=root, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def test_a_spoke_calls_the_emitted_module_with_the_hub(stacks: Stacks, repository: Path) -> None:
    (call,) = stacks["spoke-shop"]["module"].values()

    assert call["source"] == str(repository / "modules/spoke")
    assert (call["bucket_name"], call["prefix"]) == ("shop-alb-logs", "lb")
    assert (call["force_destroy"], call["grant_elb_account"]) == (False, False)
    assert call["hub"]["function_arn"].endswith("lambda_promtail_function_arn}")
    assert call["hub"]["role_arn"].endswith("lambda_promtail_role_arn}")
    (demo,) = stacks["spoke-demo"]["module"].values()
    assert demo["demo_load_balancer"] == {"enabled": True}
    assert demo["grant_elb_account"] is True


def test_the_address_of_a_load_balancer_is_an_output_where_there_is_one(stacks: Stacks) -> None:
    assert set(stacks["spoke-shop"]["output"]) == {"bucket_name"}
    assert set(stacks["spoke-demo"]["output"]) == {"bucket_name", "alb_dns_name"}


def test_credentials_are_a_sensitive_variable_and_nowhere_in_the_stacks(stacks: Stacks, folder: Path) -> None:
    (call,) = stacks["hub"]["module"].values()

    assert call["loki_credentials"] == "${var.loki_credentials}"
    assert stacks["hub"]["variable"]["loki_credentials"]["sensitive"] is True
    written = [file for file in (folder / "cdktf.out").rglob("*") if file.is_file()]
    assert len(written) > 3
    assert [file for file in written if SECRET in file.read_text()] == []
