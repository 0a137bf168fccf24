"""How long the phases of a test run take."""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Timing:
    """One phase of one subject, in seconds."""

    phase: str
    subject: str
    seconds: float


@dataclass
class Timings:
    """Collects what is measured."""

    measured: list[Timing] = field(default_factory=list)

    def add(self, phase: str, subject: str, seconds: float) -> None:
        """Add a measured time."""
        self.measured.append(Timing(phase, subject, seconds))

    @contextmanager
    def measure(self, phase: str, subject: str) -> Iterator[None]:
        """Measure a `with` block, also when it fails."""
        begun = time.monotonic()
        try:
            yield
        finally:
            self.add(phase, subject, time.monotonic() - begun)


def timing_report(timings: Iterable[Timing]) -> list[str]:
    """Lines of a table: each phase in the order of its first appearance, its count, sum and slowest subject."""
    phases: dict[str, list[Timing]] = {}
    for timing in timings:
        phases.setdefault(timing.phase, []).append(timing)
    lines = [f"{'phase':<18}{'count':>6}{'total s':>10}{'slowest s':>11}  slowest"]
    for phase, group in phases.items():
        slowest = max(group, key=lambda timing: timing.seconds)
        total = sum(timing.seconds for timing in group)
        lines.append(f"{phase:<18}{len(group):>6}{total:>10.1f}{slowest.seconds:>11.1f}  {slowest.subject}")
    return lines
