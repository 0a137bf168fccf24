"""What this function aims at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.bench.scenarios import Measurement, Scenario

Figure = Callable[[Measurement], float | None]

# Figures of small objects say nothing of a rate: what comes once for each event weighs too much.
_ENOUGH_LINES = 100_000
_TARGET_LATENCY_MS = 20


@dataclass(frozen=True, slots=True)
class Target:
    """A bound for a figure."""

    title: str
    bound: float
    unit: str
    at_most: bool

    @property
    def text(self) -> str:
        """The bound in words."""
        return f"{'at most' if self.at_most else 'at least'} {self.bound:,g} {self.unit}"

    def mark(self, value: float) -> str:
        """Return whether a figure keeps to the bound."""
        return "met" if (value <= self.bound if self.at_most else value >= self.bound) else "missed"


_FIRST_POLL = Target("start to first poll", 300, "ms", at_most=True)
_FIRST_EVENT = Target("start to end of a first event", 600, "ms", at_most=True)
_CPU = Target("CPU per million lines", 5, "s", at_most=True)
_CPU_WITH_METADATA = Target("CPU per million lines", 12, "s", at_most=True)
_MEMORY = Target("peak memory", 96, "MB", at_most=True)
_RATE_WITH_LATENCY = Target("throughput", 60_000, "lines/s", at_most=False)

# Peaks differ by a few percent between runs of the same object.
SAME_MEMORY = Target("peak memory, the longest object to the shortest", 1.05, "times", at_most=True)
ZIP = Target("a zip", 10, "MB", at_most=True)


def targets_of(scenario: Scenario) -> list[tuple[Target, Figure]]:
    """Return the targets that a scenario has, each with its figure."""
    if not scenario.lines:
        return [
            (_FIRST_POLL, lambda run: run.first_poll_ms),
            (_FIRST_EVENT, lambda run: run.first_event_ms),
        ]
    found: list[tuple[Target, Figure]] = [(_MEMORY, lambda run: run.peak_mb)]
    if scenario.lines < _ENOUGH_LINES:
        return found
    if scenario.latency_ms:
        if scenario.latency_ms == _TARGET_LATENCY_MS:
            found.append((_RATE_WITH_LATENCY, lambda run: run.lines_per_second))
    else:
        bound = _CPU_WITH_METADATA if scenario.metadata else _CPU
        found.append((bound, lambda run: run.cpu_seconds_per_million))
    return found
