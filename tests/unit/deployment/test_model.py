"""The deployment file's fields take and refuse what the modules' inputs do."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

from cdktf_app.deployment import fields
from cdktf_app.deployment.hub import Hub
from cdktf_app.deployment.spoke import Spoke
from tests.modules.cases import CASES
from tests.modules.cases.case import (
    BAD_ACCOUNTS,
    BAD_BUCKETS,
    BAD_PREFIXES,
    GOOD_ACCOUNTS,
    GOOD_BUCKETS,
    GOOD_PREFIXES,
    Case,
)

MODELS: dict[str, type[BaseModel]] = {"hub": Hub, "spoke": Spoke}
REQUIRED: dict[str, dict[str, Any]] = {
    "hub": {
        "account_id": "111111111111",
        "region": "eu-west-1",
        "loki": {"write_address": "https://loki.example.com/loki/api/v1/push"},
    },
    "spoke": {"account_id": "222222222222", "bucket_name": "shop-alb-logs"},
}
# Of the modules, and made of other parts of the file, or not in it.
MADE = {("hub", "spokes"), ("hub", "loki_credentials"), ("spoke", "hub")}

LEFT_TO_THE_MODULES = (
    "Each value of a match in content.filter_rules",
    "username and password go together",
    "must hold together exactly one kind",
    "loki_credential_arns and loki_credentials",
    "kms_key_arns are the keys of secrets, and there is no secret",
    "The zip in this module",
    "function.image_uri must",
    "function.environment must not name a variable that the module sets",
    "loki.ca_bundle",
    "loki.stage_configs",
    "Each of loki.tenant_rules",
    "Each tenant in loki.tenant_rules",
    "In loki.tenant_rules",
    "Each action in loki.relabel_configs",
    "needs a modulus",
    "needs a target_label",
    "Each regex in loki.relabel_configs",
    "Each name in loki.extra_labels",
    "network.cidr_block",
    "network.availability_zones must be",
    "demo_load_balancer.",
)
"""The rules that a plan checks and the file does not, by how the tables' messages begin: on texts in free form, on what
Loki's credentials are, which are not in the file, on address
ranges, and on the module's own environment variables."""


def given(case: Case) -> dict[str, Any]:
    """What a file gives to a model, for a case of an input."""
    others = {name: value for name, value in case.others.items() if (case.module, name) not in MADE}
    return REQUIRED[case.module] | others | {case.variable: case.value}


def cases(*, good: bool) -> list[Case]:
    return [
        case
        for case in CASES
        if case.module in MODELS
        and (case.module, case.variable) not in MADE
        and (case.refused is None) == good
        and not (case.refused or "").startswith(LEFT_TO_THE_MODULES)
        # The file's path of a zip is looked up.
        and not (case.variable == "function" and "zip_path" in case.value)
    ]


@pytest.mark.parametrize("case", cases(good=True), ids=str)
def test_what_the_modules_take_is_taken(case: Case) -> None:
    MODELS[case.module].model_validate(given(case))


@pytest.mark.parametrize("case", cases(good=False), ids=str)
def test_what_the_modules_refuse_is_refused(case: Case) -> None:
    with pytest.raises(ValidationError):
        MODELS[case.module].model_validate(given(case))


@pytest.mark.parametrize("rule", LEFT_TO_THE_MODULES)
def test_what_is_left_to_the_modules_is_a_rule_of_theirs(rule: str) -> None:
    assert [case for case in CASES if (case.refused or "").startswith(rule)]


@pytest.mark.parametrize(
    ("field", "good", "bad"),
    [
        (fields.BucketName, GOOD_BUCKETS, BAD_BUCKETS),
        (fields.AccountId, GOOD_ACCOUNTS, BAD_ACCOUNTS),
        (fields.Prefix, GOOD_PREFIXES, BAD_PREFIXES),
    ],
)
def test_names_and_ids_have_the_modules_rules(field: Any, good: list[str], bad: list[str]) -> None:
    adapter = TypeAdapter(field)

    for value in good:
        adapter.validate_python(value)
    for value in bad:
        with pytest.raises(ValidationError):
            adapter.validate_python(value)
