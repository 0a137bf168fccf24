"""The output and tenant stages: cases of Promtail's tests and documentation."""

import json
from typing import Any

import pytest

from promtail.content.stages.pipeline import parse_stage_configs
from promtail.entry import Entry
from promtail.errors import ConfigurationError


def run(stage: dict[str, Any], extracted: dict[str, object], tenant: str | None = None) -> Entry:
    entry = Entry(0, "the line", {"namespace": "shop"}, tenant=tenant, extracted=extracted)
    assert parse_stage_configs(json.dumps([stage])).process(entry) is None
    return entry


@pytest.mark.parametrize(
    ("value", "line"), [("new", "new"), ("", ""), (5, "5"), (1.5, "1.5"), (True, "true"), (None, "the line")]
)
def test_an_extracted_value_becomes_the_line(value: object, line: str) -> None:
    assert run({"output": {"source": "out"}}, {"out": value}).line == line


def test_the_line_stays_without_a_value() -> None:
    assert run({"output": {"source": "out"}}, {}).line == "the line"


@pytest.mark.parametrize("config", [None, {}, {"source": ""}, {"source": 5}])
def test_an_output_without_a_source_is_refused(config: Any) -> None:
    with pytest.raises(ConfigurationError, match=r"stage 1 \(output\): source is"):
        run({"output": config}, {})


@pytest.mark.parametrize(
    ("config", "extracted", "tenant"),
    [
        ({"value": "team-a"}, {}, "team-a"),
        ({"source": "customer_id"}, {"customer_id": "1"}, "1"),
        ({"source": "customer_id"}, {"customer_id": 1.0}, "1"),
        ({"label": "namespace"}, {}, "shop"),
        ({"label": "missing"}, {}, "before"),
        ({"source": "customer_id"}, {}, "before"),
        ({"source": "customer_id"}, {"customer_id": ""}, "before"),
        ({"source": "customer_id"}, {"customer_id": None}, "before"),
        ({"source": "customer_id"}, {"customer_id": "x\r\nAuthorization: y"}, "before"),
        ({"source": "customer_id"}, {"customer_id": "a/b"}, "before"),
        ({"source": "customer_id"}, {"customer_id": ".."}, "before"),
        ({"source": "customer_id"}, {"customer_id": "..a"}, "..a"),
        ({"source": "customer_id"}, {"customer_id": "x" * 151}, "before"),
        ({"source": "customer_id", "value": "", "label": None}, {"customer_id": "2"}, "2"),
    ],
)
def test_the_tenant_is_set(config: dict[str, Any], extracted: dict[str, object], tenant: str) -> None:
    entry = run({"tenant": config}, dict(extracted), "before")
    assert (entry.tenant, entry.labels) == (tenant, {"namespace": "shop"})


@pytest.mark.parametrize(
    ("config", "message"),
    [
        (None, "exactly one of label, source and value must be set"),
        ({}, "exactly one of"),
        ({"source": "a", "value": "b"}, "exactly one of"),
        ({"label": "a", "source": "b"}, "exactly one of"),
        ({"value": "a/b"}, "value is 'a/b'. It must be up to 150 letters"),
        ({"value": 5}, "value is 5. It must be a string"),
    ],
)
def test_a_wrong_tenant_is_refused(config: Any, message: str) -> None:
    with pytest.raises(ConfigurationError, match=rf"stage 1 \(tenant\): {message}"):
        run({"tenant": config}, {})
