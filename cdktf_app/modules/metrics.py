"""Metrics of what the hub and the onboarding both make: of Lambda and SQS."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """Where metrics come from: a namespace, and the one dimension that tells the module's from others."""

    namespace: str
    dimension: str
    value: str


FUNCTION = Source("AWS/Lambda", "FunctionName", "${var.name}")
DEAD_LETTERS = Source("AWS/SQS", "QueueName", "${var.name}-dead-letter")

PERIOD = 300
"""Seconds. Elastic Load Balancing writes its logs every five minutes: shorter periods would often be empty."""
