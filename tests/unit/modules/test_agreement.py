"""What the hub's inputs take, the function takes: a value that a plan lets pass must not fail the function's start."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cdktf_app.modules.hub.loki_inputs import STAGES
from promtail.content.relabel import parse_relabel_configs
from promtail.content.stages import parse_stage_configs
from promtail.content.tenants import parse_tenant_rules
from promtail.errors import ConfigurationError
from promtail.parking import parse_destination
from promtail.secrets import SecretReference, parse_secret
from promtail.settings import read_settings
from tests.modules.cases import CASES
from tests.modules.cases.case import GOOD_SECRET_ARNS


def good(variable: str) -> list[Any]:
    """The values of an input of the hub that pass."""
    return [
        case.value for case in CASES if (case.module, case.variable, case.refused) == ("hub", variable, None)
    ]


def members(name: str) -> list[Any]:
    """The lists of rules in the values of the input `loki` that pass, as the module writes them."""
    return [
        [{key: value for key, value in rule.items() if value is not None} for rule in case[name]]
        for case in good("loki")
        if case.get(name)
    ]


@pytest.mark.parametrize("rules", members("relabel_configs"))
def test_relabel_rules_that_pass_are_taken(rules: list[dict[str, Any]]) -> None:
    # The cases are HCL, where $${ stands for ${.
    assert len(parse_relabel_configs(json.dumps(rules).replace("$${", "${"))) == len(rules)


@pytest.mark.parametrize("rules", members("tenant_rules"))
def test_tenant_rules_that_pass_are_taken(rules: list[dict[str, Any]]) -> None:
    assert len(parse_tenant_rules(json.dumps(rules))) == len(rules)


def test_every_stage_that_passes_is_one_of_the_function_s() -> None:
    with pytest.raises(ConfigurationError) as caught:
        parse_stage_configs('[{"no_stage_of_promtail": {}}]')

    assert len(STAGES) > 10
    assert [stage for stage in STAGES if stage not in str(caught.value)] == []


@pytest.mark.parametrize("arn", GOOD_SECRET_ARNS)
def test_arns_of_secrets_that_pass_are_taken(arn: str) -> None:
    assert isinstance(parse_secret("PASSWORD", arn), SecretReference)


@pytest.mark.parametrize("arn", [arn for arn in good("refused_destination_arn") if arn])
def test_destinations_that_pass_are_taken(arn: str) -> None:
    assert parse_destination(arn)


@pytest.mark.parametrize("namespace", good("metrics_namespace"))
def test_namespaces_that_pass_are_taken(namespace: str) -> None:
    settings = read_settings(
        {"WRITE_ADDRESS": "https://loki/loki/api/v1/push", "METRICS_NAMESPACE": namespace or "none"}
    )

    assert settings.metrics_namespace == (namespace or None)
