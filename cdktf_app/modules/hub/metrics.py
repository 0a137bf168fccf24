"""Metrics that alarms and the dashboard look at: the function's own, and those of Lambda and SQS."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """Where metrics come from: a namespace, and the one dimension that tells the hub's from others."""

    namespace: str
    dimension: str
    value: str


OWN = Source("${var.metrics_namespace}", "FunctionName", "${var.name}")
"""What the function says of itself (docs/function.md, "What it tells")."""

FUNCTION = Source("AWS/Lambda", "FunctionName", "${var.name}")
QUEUE = Source("AWS/SQS", "QueueName", "${var.name}")
DEAD_LETTERS = Source("AWS/SQS", "QueueName", "${var.name}-dead-letter")

PERIOD = 300
"""Seconds. Elastic Load Balancing writes its logs every five minutes: shorter periods would often be empty."""
