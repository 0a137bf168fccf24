"""The deployment file's fields take and refuse what the modules' inputs do."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from cdktf_app.deployment import fields
from cdktf_app.deployment.content import Content
from cdktf_app.deployment.loki import CredentialArns, Loki
from tests.modules.cases import CASES
from tests.modules.cases.case import (
    BAD_ACCOUNTS,
    BAD_BUCKETS,
    BAD_PREFIXES,
    GOOD_ACCOUNTS,
    GOOD_BUCKETS,
    GOOD_PREFIXES,
)

_LOKI_RULES = (
    "loki.write_address",
    "loki.tenant_id",
    "loki.batch_size",
    "loki.push_concurrency",
    "loki.max_line_size",
    "loki.long_lines",
    "Each name in loki.drop_labels",
)


_RULES = {
    "loki": _LOKI_RULES,
    "loki_credential_arns": (
        "Each of loki_credential_arns must be the whole ARN",
        "Each of loki_credential_arns.kms_key_arns must be",
        "loki_credential_arns.lifetime",
    ),
    "content": (
        "Each of content.structured_metadata",
        "Each of content.labels",
        "content.output_format",
        "Each of content.redact",
        "Each match in content.filter_rules",
        "Each keep in content.filter_rules",
    ),
    "refused_destination_arn": ("refused_destination_arn",),
    "metrics_namespace": ("metrics_namespace",),
}
"""The rules of the modules' inputs that the model checks too, by how their messages begin."""

_MODELS = {
    "loki": Loki,
    "loki_credential_arns": CredentialArns,
    "content": Content,
    "refused_destination_arn": fields.RefusedDestination,
    "metrics_namespace": fields.MetricsNamespace,
}


def _cases(*, good: bool) -> list[tuple[Any, Any]]:
    return [
        (field, case.value)
        for variable, field in _MODELS.items()
        for case in CASES
        if case.variable == variable
        and ((case.refused is None) if good else (case.refused or "").startswith(_RULES[variable]))
    ]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *((fields.BucketName, value) for value in GOOD_BUCKETS),
        *((fields.AccountId, value) for value in GOOD_ACCOUNTS),
        *((fields.Prefix, value) for value in GOOD_PREFIXES),
        *_cases(good=True),
    ],
)
def test_what_the_modules_take_is_taken(field: Any, value: object) -> None:
    TypeAdapter(field).validate_python(value)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *((fields.BucketName, value) for value in BAD_BUCKETS),
        *((fields.AccountId, value) for value in BAD_ACCOUNTS),
        *((fields.Prefix, value) for value in BAD_PREFIXES),
        *_cases(good=False),
    ],
)
def test_what_the_modules_refuse_is_refused(field: Any, value: object) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(field).validate_python(value)


@pytest.mark.parametrize(("variable", "rule"), [(name, rule) for name in _RULES for rule in _RULES[name]])
def test_the_table_of_the_modules_has_cases_of_every_rule(variable: str, rule: str) -> None:
    assert [case for case in CASES if case.variable == variable and (case.refused or "").startswith(rule)]
    assert [case for case in CASES if case.variable == variable and case.refused is None]
