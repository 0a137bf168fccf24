"""What a row of the fault matrix says."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.samples.alb_access import gzipped
from tests.unit.promtail.faults.rig import LINES, POLICY, Context, Rig, line_time
from tests.unit.promtail.scenario import KEY

DELIVERED = {"outcome": "delivered", "ObjectsDelivered": 1, "ObjectsFailed": 0}
FAILED = {"outcome": "failed", "ObjectsDelivered": 0, "ObjectsFailed": 1}


def nothing(_rig: Rig) -> None:
    """Break nothing."""


def timed(lines: Sequence[str]) -> list[tuple[int, str]]:
    """Return lines with the times that they state."""
    return [(line_time(line), line) for line in lines]


@dataclass(frozen=True)
class Fault:
    """A fault of one object; there is a healthy one behind it in each event.

    Attributes:
        id: The fault, in words.
        arrange: Breaks something.
        content: What the object holds.
        key: Its key.
        delivered: What Loki has of it afterwards, with times.
        raises: A part of the error; None when the function succeeds, for an event that S3 sends directly.
        queue: What becomes of the object's message in a queue: `answered`, `repeated` (SQS delivers it again),
            `continued` (what is left is in a new message), `all repeated`, with the healthy object's, or `answered, but
            for the sibling`, when only the healthy object's is repeated.
        continued: The lines that the new message counts as done, and its delay.
        sibling: Whether the healthy object is delivered.
        statuses: How Loki's answers to all pushes were, in their order, with that for the healthy object at the end.
        waits: The seconds waited before pushes were repeated.
        parked: Reason, first and last line of what is parked.
        latency_ms: What the slowest push took at least.
        report: Members of the object's log line, metrics among them.
        environment: Further variables.
        context: Makes what Lambda passes beside the event; a minute, on the clock of the waits, unless it is given.
    """

    id: str
    arrange: Callable[[Rig], None] = nothing
    content: bytes = gzipped(iter(LINES))
    key: str = KEY
    delivered: Sequence[tuple[int, str]] = ()
    raises: str | None = None
    queue: str = "answered"
    continued: tuple[list[list[int]], int] | None = None
    sibling: bool = True
    statuses: Sequence[int | None] = (204, 204)
    waits: Sequence[float] = ()
    parked: Sequence[tuple[str, int, int]] = ()
    latency_ms: float = 0
    report: Mapping[str, Any] = field(default_factory=dict)
    environment: Mapping[str, str] = field(default_factory=dict)
    context: Callable[[Rig], Context] | None = None


ALL = timed(LINES)
WAITS_UNTIL_GIVEN_UP = [POLICY.delay(attempt, 1.0) for attempt in range(1, POLICY.attempts)]
