"""The policies of the example `gitops` on plans: each with a plan that it passes, and plans that it refuses."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

SETTINGS = {"regions": ["eu-west-1"], "may_be_destroyed": []}
DEAD_LETTERS = json.dumps(
    {"deadLetterTargetArn": "arn:aws:sqs:eu-west-1:111111111111:dead", "maxReceiveCount": 3}
)

Plan = dict[str, Any]
Rule = Callable[[Plan, Mapping[str, Any]], list[str]]


@pytest.fixture(scope="module")
def rules(repository: Path) -> ModuleType:
    """The rules, as checkov loads them: by their file."""
    file = repository / "examples/gitops/policy/plan_rules.py"
    found = importlib.util.spec_from_file_location("plan_rules", file)
    assert found
    assert found.loader
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def change(
    kind: str,
    name: str = "this",
    *,
    actions: tuple[str, ...] = ("create",),
    after: Mapping[str, Any] | None = None,
    unknown: tuple[str, ...] = (),
    mode: str = "managed",
) -> dict[str, Any]:
    """A change of a resource, as it stands in a plan."""
    return {
        "address": f"module.hub.{kind}.{name}",
        "mode": mode,
        "type": kind,
        "name": name,
        "change": {
            "actions": list(actions),
            "after": None if actions == ("delete",) else dict(after or {}),
            "after_unknown": dict.fromkeys(unknown, True),
        },
    }


def plan(
    *changes: dict[str, Any],
    region: Mapping[str, Any] | None = None,
    variables: Mapping[str, str] | None = None,
) -> Plan:
    """A plan with these changes, by a provider with this expression as its region."""
    expressions = {"region": region or {"constant_value": "eu-west-1"}}
    return {
        "variables": {name: {"value": value} for name, value in (variables or {}).items()},
        "resource_changes": list(changes),
        "configuration": {"provider_config": {"aws": {"name": "aws", "expressions": expressions}}},
    }


def policy(**statement: Any) -> str:
    return json.dumps(
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Resource": "*", **statement}]}
    )


GOOD = plan(
    change("aws_s3_bucket", actions=("update",), after={"arn": "arn:aws:s3:::logs", "region": "eu-west-1"}),
    change("aws_vpc", actions=("delete",)),
    change("aws_sqs_queue", "ingestion", after={"redrive_policy": DEAD_LETTERS}),
    change("aws_sqs_queue", "first_apply", unknown=("redrive_policy",)),
    change("aws_sqs_queue", "dead_letter", after={"arn": "arn:aws:sqs:eu-west-1:111111111111:dead"}),
    change("aws_iam_role", after={"arn": "arn:aws:iam::111111111111:role/alb-loki"}),
    change("aws_iam_role_policy", after={"policy": policy(Action=["s3:GetObject"])}),
    change("aws_iam_role_policy", "first_apply", unknown=("policy",)),
    change("aws_s3_bucket_policy", after={"policy": policy(Effect="Deny", Action="s3:*")}),
    change("aws_s3_bucket", mode="data", actions=("read",), after={"region": "us-east-1"}),
)
BROKEN: dict[str, list[tuple[Plan, str]]] = {
    "destroyed_data": [
        (plan(change("aws_s3_bucket", actions=("delete",))), "module.hub.aws_s3_bucket.this: delete"),
        (
            plan(change("aws_s3_bucket", actions=("delete", "create"))),
            "module.hub.aws_s3_bucket.this: delete and create",
        ),
        (
            plan(
                change("aws_sqs_queue", actions=("create", "delete"), after={"redrive_policy": DEAD_LETTERS})
            ),
            "module.hub.aws_sqs_queue.this: create and delete",
        ),
    ],
    "outside_regions": [
        (plan(region={"constant_value": "us-east-1"}), "provider aws: its region is us-east-1"),
        (
            plan(region={"references": ["var.region"]}),
            "provider aws: its region is not in the configuration",
        ),
        (
            plan(
                change(
                    "aws_sqs_queue", "dead_letter", after={"arn": "arn:aws:sqs:us-east-1:111111111111:dead"}
                )
            ),
            "module.hub.aws_sqs_queue.dead_letter: is in us-east-1",
        ),
        (
            plan(change("aws_s3_bucket", after={"region": "eu-central-1"})),
            "module.hub.aws_s3_bucket.this: is in eu-central-1",
        ),
    ],
    "queues_without_dead_letters": [
        (plan(change("aws_sqs_queue")), "module.hub.aws_sqs_queue.this: has no redrive_policy"),
        (
            plan(change("aws_sqs_queue", "ingestion", actions=("update",), after={"redrive_policy": ""})),
            "module.hub.aws_sqs_queue.ingestion: has no redrive_policy",
        ),
    ],
    "wildcard_actions": [
        (
            plan(change("aws_iam_role_policy", after={"policy": policy(Action=["s3:GetObject", "s3:*"])})),
            "module.hub.aws_iam_role_policy.this: allows s3:*",
        ),
        (
            plan(change("aws_sqs_queue_policy", after={"policy": policy(Action="sqs:Send*")})),
            "module.hub.aws_sqs_queue_policy.this: allows sqs:Send*",
        ),
        (
            plan(change("aws_iam_policy", after={"policy": policy(NotAction="iam:*")})),
            "module.hub.aws_iam_policy.this: allows all actions but some (NotAction)",
        ),
        (
            plan(change("aws_iam_role", after={"inline_policy": [{"policy": policy(Action="*")}]})),
            "module.hub.aws_iam_role.this: allows *",
        ),
    ],
}


@pytest.mark.parametrize("rule", BROKEN)
def test_a_good_plan_passes(rule: str, rules: ModuleType) -> None:
    found: Rule = getattr(rules, rule)

    assert found(GOOD, SETTINGS) == []


@pytest.mark.parametrize(
    ("rule", "broken", "finding"),
    [
        pytest.param(rule, broken, finding, id=f"{rule}-{finding}")
        for rule, rows in BROKEN.items()
        for broken, finding in rows
    ],
)
def test_a_plan_is_refused(rule: str, broken: Plan, finding: str, rules: ModuleType) -> None:
    found: Rule = getattr(rules, rule)

    assert found(broken, SETTINGS) == [finding]


def test_the_region_may_be_a_variable(rules: ModuleType) -> None:
    by_variable = plan(region={"references": ["var.region"]}, variables={"region": "eu-west-1"})

    assert rules.outside_regions(by_variable, SETTINGS) == []


def test_what_the_settings_name_may_be_destroyed(rules: ModuleType) -> None:
    named = SETTINGS | {"may_be_destroyed": ["module.hub.aws_s3_bucket.this"]}

    assert rules.destroyed_data(plan(change("aws_s3_bucket", actions=("delete",))), named) == []
