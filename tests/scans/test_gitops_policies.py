"""The policies of the example `gitops`, as its pipeline runs them: by checkov, on a plan in JSON form."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.scans.environment import scanner_environment

Check = Callable[[dict[str, Any]], subprocess.CompletedProcess[str]]


@pytest.fixture
def check(scanners: Path, repository: Path, tmp_path: Path) -> Check:
    def run(plan: dict[str, Any]) -> subprocess.CompletedProcess[str]:
        (tmp_path / "plan.json").write_text(json.dumps(plan, indent=1))
        return subprocess.run(
            [str(repository / "examples/gitops/pipeline/check.sh"), "plan.json"],
            cwd=tmp_path,
            env=dict(scanner_environment()) | {"CHECKOV": str(scanners / "checkov"), "HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return run


def _plan(region: str, *changes: tuple[str, str, dict[str, Any]]) -> dict[str, Any]:
    """A plan by a provider in a region, with changes by type, action and values."""
    return {
        "format_version": "1.2",
        "terraform_version": "1.11.4",
        "planned_values": {"root_module": {}},
        "resource_changes": [
            {
                "address": f"{kind}.this",
                "mode": "managed",
                "type": kind,
                "name": "this",
                "change": {
                    "actions": [action],
                    "before": None if action == "create" else values,
                    "after": None if action == "delete" else values,
                    "after_unknown": {},
                },
            }
            for kind, action, values in changes
        ],
        "configuration": {
            "provider_config": {
                "aws": {"name": "aws", "expressions": {"region": {"constant_value": region}}}
            },
            "root_module": {},
        },
    }


def test_a_plan_that_keeps_all_policies_passes(check: Check) -> None:
    finished = check(_plan("eu-west-1", ("aws_s3_bucket", "create", {"bucket": "logs"})))

    assert (finished.returncode, finished.stdout) == (0, "All 4 policies are kept.\n"), finished.stderr


def test_each_policy_that_is_broken_is_named_with_the_place(check: Check) -> None:
    policy = json.dumps({"Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]})
    finished = check(
        _plan(
            "us-east-1",
            ("aws_s3_bucket", "delete", {"bucket": "logs"}),
            ("aws_sqs_queue", "create", {"name": "alb-loki"}),
            ("aws_iam_policy", "create", {"policy": policy}),
        )
    )

    assert finished.returncode == 1
    assert [line for line in finished.stdout.splitlines() if line.startswith("  - ")] == [
        "  - aws_s3_bucket.this: delete",
        "  - provider aws: its region is us-east-1",
        "  - aws_sqs_queue.this: has no redrive_policy",
        "  - aws_iam_policy.this: allows s3:*",
    ]
    assert [line.split()[0] for line in finished.stdout.splitlines() if line.startswith("ALB_LOKI_")] == [
        f"ALB_LOKI_{number}" for number in range(1, 5)
    ]


def test_a_plan_that_could_not_be_judged_does_not_pass(check: Check) -> None:
    plan = _plan("eu-west-1")
    plan["configuration"]["provider_config"] = {}

    finished = check(plan)

    assert finished.returncode == 1
    assert "Only 0 of 4 policies were looked at" in finished.stdout
