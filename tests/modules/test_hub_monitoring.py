"""The hub's alarms and its dashboard: they look at metrics that there are, and tell what to do."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from cdktf_app.modules.hub.alarms import NAMES
from cdktf_app.modules.hub.dashboard import WIDTH
from promtail.outcome.metrics import embedded_metrics
from promtail.outcome.report import Report
from tests.modules.results import Applied, Resources
from tests.modules.scenarios import SCENARIOS
from tests.modules.scenarios.hub_monitoring import CHAT, LONGEST_NAME, ON_CALL
from tests.modules.scenarios.scenario import QUEUE_ARN

ALARM = "aws_cloudwatch_metric_alarm"
OF_QUEUE = {"oldest_message"}
OF_METRICS = {"delivery_delay", "refused_lines"}

WITH_DASHBOARD = [
    *("hub_default", "hub_monitoring", "hub_monitoring_direct", "hub_monitoring_no_metrics"),
    "hub_monitoring_dashboard_only",
]
METRICS_OF_AWS = {
    # AWS Lambda Developer Guide, "Types of metrics for Lambda functions".
    "AWS/Lambda": {
        *("Invocations", "Errors", "Throttles", "Duration", "ConcurrentExecutions"),
        *("AsyncEventsReceived", "AsyncEventsDropped", "AsyncEventAge"),
    },
    # Amazon SQS Developer Guide, "Available CloudWatch metrics for Amazon SQS".
    "AWS/SQS": {
        "ApproximateAgeOfOldestMessage",
        "ApproximateNumberOfMessagesVisible",
        "ApproximateNumberOfMessagesNotVisible",
    },
}


def metrics_of_the_function() -> set[str]:
    """All metrics that the function can write."""
    report = Report(push_seconds=[0.1], delay_seconds=1.0)
    (directive,) = embedded_metrics("AlbLoki", report)["_aws"]["CloudWatchMetrics"]
    assert directive["Dimensions"] == [["FunctionName"]]
    return {metric["Name"] for metric in directive["Metrics"]}


def alarms(hub: Resources) -> dict[str, dict[str, Any]]:
    """The alarms of a hub, by their name in the module."""
    return {
        address.removeprefix(f"{ALARM}.").removesuffix("[0]"): values
        for address, values in hub.values.items()
        if address.startswith(f"{ALARM}.")
    }


def widgets(hub: Resources) -> list[dict[str, Any]]:
    """The widgets of a hub's dashboard."""
    body = json.loads(hub["aws_cloudwatch_dashboard.this[0]"]["dashboard_body"])
    found: list[dict[str, Any]] = body["widgets"]
    return found


def graphs(hub: Resources) -> Iterator[tuple[str, list[list[Any]]]]:
    """The title and the metrics of each graph."""
    for widget in widgets(hub):
        if widget["type"] == "metric":
            yield widget["properties"]["title"], widget["properties"]["metrics"]


@pytest.mark.parametrize(
    ("scenario", "expected"),
    [
        ("hub_default", {*NAMES}),
        ("hub_monitoring", {*NAMES}),
        ("hub_monitoring_alarms_only", {*NAMES}),
        ("hub_monitoring_direct", {*NAMES} - OF_QUEUE),
        ("hub_monitoring_no_metrics", {*NAMES} - OF_METRICS),
        ("hub_monitoring_dashboard_only", set()),
    ],
)
def test_there_are_the_alarms_that_can_go_off(scenario: str, expected: set[str], applied: Applied) -> None:
    hub = applied.scenarios[scenario]

    assert set(alarms(hub)) == expected
    assert ("aws_cloudwatch_dashboard.this[0]" in hub) is (scenario in WITH_DASHBOARD)


def test_alarms_look_at_what_the_hub_makes(applied: Applied) -> None:
    found = alarms(applied.scenarios["hub_monitoring"])

    function, queue = {"FunctionName": LONGEST_NAME}, {"QueueName": LONGEST_NAME}
    assert {
        name: (alarm["namespace"], alarm["metric_name"], alarm["dimensions"]) for name, alarm in found.items()
    } == {
        "errors": ("AWS/Lambda", "Errors", function),
        "throttles": ("AWS/Lambda", "Throttles", function),
        "oldest_message": ("AWS/SQS", "ApproximateAgeOfOldestMessage", queue),
        "dead_letters": (
            "AWS/SQS",
            "ApproximateNumberOfMessagesVisible",
            {"QueueName": f"{LONGEST_NAME}-dead-letter"},
        ),
        "delivery_delay": ("Platform/Logs", "DeliveryDelay", function),
        "refused_lines": ("Platform/Logs", "LinesRefused", function),
    }
    assert {found[name]["metric_name"] for name in OF_METRICS} <= metrics_of_the_function()


def test_alarms_go_off_above_their_threshold_and_not_for_want_of_data(applied: Applied) -> None:
    found = alarms(applied.scenarios["hub_monitoring"])

    assert {alarm["comparison_operator"] for alarm in found.values()} == {"GreaterThanThreshold"}
    # SQS falls silent about a queue that nobody uses, with messages in it or not.
    assert {name: alarm["treat_missing_data"] for name, alarm in found.items()} == (
        dict.fromkeys(found, "notBreaching") | {"dead_letters": "ignore"}
    )
    assert {name: (alarm["threshold"], alarm["datapoints_to_alarm"]) for name, alarm in found.items()} == {
        "errors": (0, 2),
        "throttles": (0, 2),
        "oldest_message": (7200, None),
        "dead_letters": (0, None),
        "delivery_delay": (1800, 2),
        "refused_lines": (0, None),
    }
    assert {name: alarm["statistic"] or alarm["extended_statistic"] for name, alarm in found.items()} == {
        "errors": "Sum",
        "throttles": "Sum",
        "oldest_message": "Maximum",
        "dead_letters": "Maximum",
        "delivery_delay": "p90",
        "refused_lines": "Sum",
    }


def test_alarms_tell_those_who_want_to_know(applied: Applied) -> None:
    told, untold = alarms(applied.scenarios["hub_monitoring"]), alarms(applied.scenarios["hub_default"])

    assert {(*sorted(alarm["alarm_actions"]), *alarm["ok_actions"]) for alarm in told.values()} == {
        (ON_CALL, CHAT, CHAT)
    }
    assert [alarm for alarm in untold.values() if alarm["alarm_actions"] or alarm["ok_actions"]] == []


def test_each_alarm_says_where_to_look_and_what_to_do(applied: Applied) -> None:
    queued, direct = (
        alarms(applied.scenarios["hub_monitoring"]),
        alarms(applied.scenarios["hub_monitoring_direct"]),
    )

    for name, says in {
        "errors": f"/aws/lambda/{LONGEST_NAME}",
        "throttles": "function.reserved_concurrency",
        "oldest_message": "ingestion.maximum_concurrency",
        "dead_letters": "aws sqs start-message-move-task --source-arn "
        f"arn:aws:sqs:eu-west-1:111111111111:{LONGEST_NAME}-dead-letter",
        "delivery_delay": "push latency",
        "refused_lines": f"They are kept in {QUEUE_ARN}",
    }.items():
        assert says in queued[name]["alarm_description"]
    assert "requestPayload" in direct["dead_letters"]["alarm_description"]
    assert "set refused_destination_arn" in direct["refused_lines"]["alarm_description"]
    # PutMetricAlarm, Amazon CloudWatch API reference.
    assert max(len(alarm["alarm_description"]) for alarm in queued.values()) <= 1024


@pytest.mark.parametrize("scenario", WITH_DASHBOARD)
def test_each_row_of_the_dashboard_fills_its_width(scenario: str, applied: Applied) -> None:
    row: list[dict[str, Any]] = []
    for widget in widgets(applied.scenarios[scenario]):
        # CloudWatch puts it at the next free place, which in full rows of equal heights is the one behind the last.
        assert "x" not in widget
        assert "y" not in widget
        row.append(widget)
        assert {one["height"] for one in row} == {widget["height"]}
        assert sum(one["width"] for one in row) <= WIDTH
        if sum(one["width"] for one in row) == WIDTH:
            row = []
    assert row == []


@pytest.mark.parametrize("scenario", WITH_DASHBOARD)
def test_the_dashboard_shows_metrics_that_there_are(scenario: str, applied: Applied) -> None:
    inputs = SCENARIOS[scenario].inputs
    name, namespace = inputs.get("name", "alb-loki"), inputs.get("metrics_namespace", "AlbLoki")
    known = METRICS_OF_AWS | ({namespace: metrics_of_the_function()} if namespace else {})

    shown = [metric for _title, metrics in graphs(applied.scenarios[scenario]) for metric in metrics]

    assert [metric[:2] for metric in shown if metric[1] not in known[metric[0]]] == []
    assert {(metric[0], metric[2], metric[3]) for metric in shown} <= {
        ("AWS/Lambda", "FunctionName", name),
        ("AWS/SQS", "QueueName", name),
        ("AWS/SQS", "QueueName", f"{name}-dead-letter"),
        (namespace, "FunctionName", name),
    }
    assert [
        title
        for title, metrics in graphs(applied.scenarios[scenario])
        if max(Counter(metric[4]["label"] for metric in metrics).values()) > 1
    ] == []


def test_the_dashboard_shows_all_metrics_of_the_function(applied: Applied) -> None:
    shown = {
        metric[1]
        for _title, metrics in graphs(applied.scenarios["hub_default"])
        for metric in metrics
        if metric[0] == "AlbLoki"
    }

    assert shown == metrics_of_the_function()


def test_the_dashboard_shows_the_way_in_that_there_is(applied: Applied) -> None:
    queued = dict(graphs(applied.scenarios["hub_default"]))
    direct = dict(graphs(applied.scenarios["hub_monitoring_direct"]))
    no_metrics = dict(graphs(applied.scenarios["hub_monitoring_no_metrics"]))

    assert set(queued) - set(direct) == {"Queue: messages", "Queue: age of the oldest message"}
    assert set(direct) - set(queued) == {"Events of S3", "Events of S3: age when the function starts"}
    assert "Dead letters" in set(queued) & set(direct)
    assert "Lines" not in no_metrics


def test_the_dashboard_draws_the_limits_in_its_graphs(applied: Applied) -> None:
    limits = {
        widget["properties"]["title"]: [
            (line["label"], line["value"]) for line in widget["properties"]["annotations"]["horizontal"]
        ]
        for widget in widgets(applied.scenarios["hub_monitoring"])
        if "annotations" in widget["properties"]
    }

    assert limits == {
        "Delay from a line's time to Loki": [("alarm", 1800)],
        "Queue: age of the oldest message": [("alarm", 7200)],
        "Function: duration": [("timeout", 300_000)],
    }


def test_the_dashboard_shows_the_state_of_the_alarms(applied: Applied) -> None:
    hub = applied.scenarios["hub_default"]
    first, *others = widgets(hub)

    assert first["type"] == "alarm"
    assert sorted(first["properties"]["alarms"]) == sorted(alarm["arn"] for alarm in alarms(hub).values())
    assert "alarm" not in {widget["type"] for widget in others}
    assert "alarm" not in {
        widget["type"] for widget in widgets(applied.scenarios["hub_monitoring_dashboard_only"])
    }


def test_the_dashboard_asks_the_function_s_log_for_the_last_failures(applied: Applied) -> None:
    (log,) = (widget for widget in widgets(applied.scenarios["hub_default"]) if widget["type"] == "log")
    source, fields, *_rest = log["properties"]["query"].split(" | ")

    assert source == "SOURCE '/aws/lambda/alb-loki'"
    assert log["properties"]["region"] == "eu-west-1"
    asked = set(re.split(", ", fields.removeprefix("fields ")))
    assert asked - {"@timestamp"} <= set(Report.__dataclass_fields__)
    assert 'filter level = "ERROR"' in log["properties"]["query"]


def test_outputs_name_what_watches_the_hub(applied: Applied) -> None:
    hub, off = applied.scenarios["hub_default"], applied.scenarios["hub_monitoring_dashboard_only"]
    no_dashboard = applied.scenarios["hub_monitoring_alarms_only"]

    assert hub.outputs["alarm_arns"] == {name: alarm["arn"] for name, alarm in alarms(hub).items()}
    assert off.outputs["alarm_arns"] == {}
    assert hub.outputs["dashboard_name"] == "alb-loki"
    assert no_dashboard.outputs.get("dashboard_name") is None
