"""Metrics of the hub alone: the function's own, and those of its queue."""

from __future__ import annotations

from cdktf_app.modules.metrics import Source

OWN = Source("${var.metrics_namespace}", "FunctionName", "${var.name}")
"""What the function says of itself (docs/function.md, "What it tells")."""

QUEUE = Source("AWS/SQS", "QueueName", "${var.name}")
