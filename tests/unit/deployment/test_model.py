"""The deployment file's fields take and refuse what the modules' inputs do."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from cdktf_app.deployment import model
from tests.modules.validation_cases import (
    BAD_ACCOUNTS,
    BAD_BUCKETS,
    BAD_PREFIXES,
    CASES,
    GOOD_ACCOUNTS,
    GOOD_BUCKETS,
    GOOD_PREFIXES,
)

_LOKI_RULES = ("loki.write_address", "loki.batch_size", "loki.tenant_id")


def _loki_cases(*, good: bool) -> list[dict[str, Any]]:
    return [
        case.value
        for case in CASES
        if case.variable == "loki"
        and ((case.refused is None) if good else (case.refused or "").startswith(_LOKI_RULES))
    ]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *((model.BucketName, value) for value in GOOD_BUCKETS),
        *((model.AccountId, value) for value in GOOD_ACCOUNTS),
        *((model.Prefix, value) for value in GOOD_PREFIXES),
        *((model.Loki, value) for value in _loki_cases(good=True)),
    ],
)
def test_what_the_modules_take_is_taken(field: Any, value: object) -> None:
    TypeAdapter(field).validate_python(value)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *((model.BucketName, value) for value in BAD_BUCKETS),
        *((model.AccountId, value) for value in BAD_ACCOUNTS),
        *((model.Prefix, value) for value in BAD_PREFIXES),
        *((model.Loki, value) for value in _loki_cases(good=False)),
    ],
)
def test_what_the_modules_refuse_is_refused(field: Any, value: object) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(field).validate_python(value)


def test_the_table_of_the_modules_has_cases_of_every_loki_rule() -> None:
    assert len(_loki_cases(good=True)) > 5
    assert len(_loki_cases(good=False)) > 15
