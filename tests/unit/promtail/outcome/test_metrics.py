"""Metrics by the rules of the embedded metric format's specification.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
"""

import json
import time
from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promtail.outcome.metrics import embedded_metrics
from promtail.outcome.report import Report

_UNITS = ("Seconds", "Milliseconds", "Bytes", "Count")


def check(document: dict[str, Any], namespace: str) -> None:
    """Check what CloudWatch would check."""
    json.loads(json.dumps(document, allow_nan=False))
    metadata = document["_aws"]
    assert isinstance(metadata["Timestamp"], int)
    assert abs(metadata["Timestamp"] - time.time() * 1_000) < 60_000
    (directive,) = metadata["CloudWatchMetrics"]
    assert set(directive) == {"Namespace", "Dimensions", "Metrics"}
    assert directive["Namespace"] == namespace
    for dimensions in directive["Dimensions"]:
        assert len(dimensions) <= 30
        for dimension in dimensions:
            assert isinstance(document[dimension], str)
            assert 1 <= len(document[dimension]) <= 1_024
    assert 1 <= len(directive["Metrics"]) <= 100
    names = [metric["Name"] for metric in directive["Metrics"]]
    assert len(set(names)) == len(names)
    for metric in directive["Metrics"]:
        assert set(metric) == {"Name", "Unit"}
        assert metric["Unit"] in _UNITS
        value = document[metric["Name"]]
        values = value if isinstance(value, list) else [value]
        assert 1 <= len(values) <= 100
        assert all(isinstance(each, int | float) and not isinstance(each, bool) for each in values)
    # Nothing else stands there that could be taken for one.
    assert set(document) == {"_aws", "FunctionName", *names}


REPORTS = st.builds(
    Report,
    outcome=st.sampled_from(["delivered", "refused", "skipped", "continued", "failed"]),
    lines_read=st.integers(0, 10**9),
    lines_sent=st.integers(0, 10**9),
    lines_dropped=st.dictionaries(st.text(max_size=5), st.integers(0, 10), max_size=3).map(Counter),
    lines_refused=st.dictionaries(st.text(max_size=5), st.integers(0, 10), max_size=3).map(Counter),
    lines_cut=st.integers(0, 10**9),
    bytes_read=st.integers(0, 10**12),
    bytes_sent=st.integers(0, 10**12),
    delay_seconds=st.none() | st.floats(-1_000, 10**7),
    push_seconds=st.lists(st.floats(0, 100), max_size=450),
)


@given(REPORTS)
def test_every_report_makes_a_valid_document(report: Report) -> None:
    check(embedded_metrics("AlbLoki", report), "AlbLoki")


@pytest.mark.parametrize(
    ("outcome", "metric"),
    [
        ("delivered", "ObjectsDelivered"),
        ("refused", "ObjectsDelivered"),
        ("skipped", "ObjectsSkipped"),
        ("continued", "ObjectsContinued"),
        ("failed", "ObjectsFailed"),
    ],
)
def test_each_outcome_is_counted_once(outcome: str, metric: str) -> None:
    document = embedded_metrics("AlbLoki", Report(outcome=outcome))
    counted = {name: value for name, value in document.items() if name.startswith("Objects") and value}
    assert counted == {metric: 1}
    # Zeros are told as well, so that alarms have something to look at.
    assert sum(name.startswith("Objects") for name in document) == 4


def test_the_values_are_those_of_the_report() -> None:
    report = Report(
        outcome="delivered",
        lines_read=10,
        lines_sent=5,
        lines_dropped=Counter(empty=1, filter_rules=2),
        lines_refused=Counter(other=1, out_of_order=1),
        lines_cut=4,
        bytes_read=1_000,
        bytes_sent=100,
        retries=3,
        push_seconds=[0.01234, 2.0],
        delay_seconds=12.5,
    )
    document = embedded_metrics("Other", report)
    values = {name: value for name, value in document.items() if name not in ("_aws", "FunctionName")}
    assert values == {
        "ObjectsDelivered": 1,
        "ObjectsSkipped": 0,
        "ObjectsContinued": 0,
        "ObjectsFailed": 0,
        "LinesRead": 10,
        "LinesSent": 5,
        "LinesDropped": 3,
        "LinesRefused": 2,
        "LinesCut": 4,
        "BytesRead": 1_000,
        "BytesSent": 100,
        "Retries": 3,
        "PushLatency": [12.3, 2_000.0],
        "DeliveryDelay": 12.5,
    }
    (directive,) = document["_aws"]["CloudWatchMetrics"]
    assert directive["Namespace"] == "Other"
    units = {metric["Name"]: metric["Unit"] for metric in directive["Metrics"]}
    assert (units["BytesSent"], units["PushLatency"], units["DeliveryDelay"]) == (
        "Bytes",
        "Milliseconds",
        "Seconds",
    )


def test_what_was_not_measured_is_not_named() -> None:
    document = embedded_metrics("AlbLoki", Report())
    assert "PushLatency" not in document
    assert "DeliveryDelay" not in document


def test_the_dimension_is_the_functions_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_LAMBDA_FUNCTION_NAME", "loki-hub")
    assert embedded_metrics("AlbLoki", Report())["FunctionName"] == "loki-hub"
    monkeypatch.delenv("AWS_LAMBDA_FUNCTION_NAME")
    assert embedded_metrics("AlbLoki", Report())["FunctionName"] == "promtail"
