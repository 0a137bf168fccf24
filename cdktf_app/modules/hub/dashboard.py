"""The hub's dashboard: what was delivered, how fast, how the function and the queues are, and what failed last."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from imports.aws.cloudwatch_dashboard import CloudwatchDashboard

from cdktf_app.emitter.value import hcl_value
from cdktf_app.modules.expressions import number
from cdktf_app.modules.hub.metrics import OWN, QUEUE
from cdktf_app.modules.metrics import DEAD_LETTERS, FUNCTION, PERIOD, Source
from cdktf_app.modules.module import Module, comment

WIDTH = 24
"""Columns of a dashboard's grid (Amazon CloudWatch API reference, "Dashboard body structure and syntax")."""

_HEIGHT = 6

_BLUE, _GREEN, _GRAY, _ORANGE, _RED = "#1f77b4", "#2ca02c", "#7f7f7f", "#ff7f0e", "#d62728"


def add_dashboard(module: Module) -> None:
    """Add the dashboard, row by row; each row fills the grid, so that CloudWatch places the widgets by itself."""
    scope = module.concern("dashboard")
    rows = (
        ("var.monitoring.alarms", _alarms()),
        ("local.use_metrics", [*_delivered(), *_speed(), *_volume()]),
        (None, _function()),
        ("local.use_queue", _queue()),
        ("!local.use_queue", _events()),
        (None, [_failures()]),
    )
    widgets = ", ".join(_where(condition, hcl_value(row)) for condition, row in rows)
    dashboard = CloudwatchDashboard(
        scope,
        "dashboard.this",
        count=number("${var.monitoring.dashboard ? 1 : 0}"),
        dashboard_name="${var.name}",
        dashboard_body=f"${{jsonencode({{ widgets = concat({widgets}) }})}}",
    )
    comment(
        dashboard,
        "Widgets without a position go to the next free one: rows that are not wanted leave no gap.",
    )


def _where(condition: str | None, widgets: str) -> str:
    """Leave widgets out where the condition does not hold; a conditional's branches would have to be of one type."""
    return widgets if condition is None else f"[for widget in {widgets} : widget if {condition}]"


def _alarms() -> list[dict[str, Any]]:
    properties = {"title": "Alarms", "alarms": "${values(local.alarm_arns)}"}
    return [{"type": "alarm", "width": WIDTH, "height": 2, "properties": properties}]


def _delivered() -> list[dict[str, Any]]:
    return [
        _graph(
            "Lines",
            12,
            [
                _metric(OWN, "LinesRead", "read", _GRAY),
                _metric(OWN, "LinesSent", "sent", _GREEN),
                _metric(OWN, "LinesDropped", "dropped on purpose", _BLUE),
                _metric(OWN, "LinesCut", "cut", _ORANGE),
                _metric(OWN, "LinesRefused", "refused by Loki", _RED),
            ],
        ),
        _graph(
            "Objects",
            12,
            [
                _metric(OWN, "ObjectsDelivered", "delivered", _GREEN),
                _metric(OWN, "ObjectsSkipped", "skipped", _GRAY),
                _metric(OWN, "ObjectsContinued", "continued later", _BLUE),
                _metric(OWN, "ObjectsFailed", "failed, tried again", _RED),
            ],
        ),
    ]


def _speed() -> list[dict[str, Any]]:
    return [
        _graph(
            "Delay from a line's time to Loki",
            12,
            _distribution(OWN, "DeliveryDelay"),
            unit="Seconds",
            limit=("alarm", "${var.monitoring.delivery_delay_seconds}"),
        ),
        _graph("Loki's answer to a push", 12, _distribution(OWN, "PushLatency"), unit="Milliseconds"),
    ]


def _volume() -> list[dict[str, Any]]:
    return [
        _graph(
            "Bytes",
            12,
            [
                _metric(OWN, "BytesRead", "read, unpacked", _GRAY),
                _metric(OWN, "BytesSent", "sent, compressed", _GREEN),
            ],
            unit="Bytes",
        ),
        _graph("Pushes that had to be made again", 12, [_metric(OWN, "Retries", "retries", _ORANGE)]),
    ]


def _function() -> list[dict[str, Any]]:
    return [
        _graph(
            "Function: invocations",
            8,
            [
                _metric(FUNCTION, "Invocations", "invocations", _GREEN),
                _metric(FUNCTION, "Errors", "errors", _RED),
                _metric(FUNCTION, "Throttles", "throttled", _ORANGE),
            ],
        ),
        _graph(
            "Function: duration",
            8,
            _distribution(FUNCTION, "Duration"),
            unit="Milliseconds",
            limit=("timeout", "${var.function.timeout * 1000}"),
        ),
        _graph(
            "Function: at once",
            8,
            [_metric(FUNCTION, "ConcurrentExecutions", "executions", _BLUE, stat="Maximum")],
        ),
    ]


def _queue() -> list[dict[str, Any]]:
    return [
        _graph(
            "Queue: messages",
            8,
            [
                _metric(QUEUE, "ApproximateNumberOfMessagesVisible", "waiting", _BLUE, stat="Maximum"),
                _metric(
                    QUEUE,
                    "ApproximateNumberOfMessagesNotVisible",
                    "with the function",
                    _GREEN,
                    stat="Maximum",
                ),
            ],
        ),
        _graph(
            "Queue: age of the oldest message",
            8,
            [_metric(QUEUE, "ApproximateAgeOfOldestMessage", "age", _BLUE, stat="Maximum")],
            unit="Seconds",
            limit=("alarm", "${var.monitoring.oldest_message_age_seconds}"),
        ),
        _dead_letters(),
    ]


def _events() -> list[dict[str, Any]]:
    return [
        _graph(
            "Events of S3",
            8,
            [
                _metric(FUNCTION, "AsyncEventsReceived", "received", _GREEN),
                _metric(FUNCTION, "AsyncEventsDropped", "given up", _RED),
            ],
        ),
        _graph(
            "Events of S3: age when the function starts",
            8,
            _distribution(FUNCTION, "AsyncEventAge"),
            unit="Milliseconds",
        ),
        _dead_letters(),
    ]


def _dead_letters() -> dict[str, Any]:
    metric = _metric(DEAD_LETTERS, "ApproximateNumberOfMessagesVisible", "given up", _RED, stat="Maximum")
    return _graph("Dead letters", 8, [metric])


def _failures() -> dict[str, Any]:
    query = (
        "SOURCE '${aws_cloudwatch_log_group.this.name}'"
        " | fields @timestamp, outcome, reason, first_refusal, bucket, key"
        ' | filter level = "ERROR"'
        " | sort @timestamp desc"
        " | limit 50"
    )
    properties = {
        "title": "What failed or was refused last",
        "region": "${local.region}",
        "view": "table",
        "query": query,
    }
    return {"type": "log", "width": WIDTH, "height": 8, "properties": properties}


def _graph(
    title: str,
    width: int,
    metrics: Sequence[list[Any]],
    *,
    unit: str | None = None,
    limit: tuple[str, str] | None = None,
) -> dict[str, Any]:
    """Draw metrics over time, with a line at a limit where there is one."""
    properties: dict[str, Any] = {
        "title": title,
        "region": "${local.region}",
        "view": "timeSeries",
        "stat": "Sum",
        "period": PERIOD,
        "yAxis": {"left": {"min": 0, "showUnits": False, **({"label": unit} if unit else {})}},
        "metrics": list(metrics),
    }
    if limit:
        label, value = limit
        properties["annotations"] = {"horizontal": [{"label": label, "value": value, "color": _RED}]}
    return {"type": "metric", "width": width, "height": _HEIGHT, "properties": properties}


def _metric(source: Source, name: str, label: str, color: str, stat: str | None = None) -> list[Any]:
    options = {"label": label, "color": color, **({"stat": stat} if stat else {})}
    return [source.namespace, name, source.dimension, source.value, options]


def _distribution(source: Source, name: str) -> list[list[Any]]:
    return [
        _metric(source, name, "half are below", _BLUE, stat="p50"),
        _metric(source, name, "99 of 100 are below", _ORANGE, stat="p99"),
        _metric(source, name, "most", _GRAY, stat="Maximum"),
    ]
