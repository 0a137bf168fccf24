"""The figures as tables."""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.bench import targets
from tests.bench.emission import Emission
from tests.bench.package import LABEL
from tests.bench.plan import Results
from tests.bench.scenarios import Measurement, Scenario
from tests.bench.synthesis import Synthesis
from tests.bench.targets import Target, targets_of

_MB = 1e6
_DECIMALS_BELOW = 20


def print_machine(console: Console) -> None:
    """Say on what the figures come about."""
    console.print(
        f"{platform.machine()}, {_processor()}, {len(os.sched_getaffinity(0))} cores, "
        f"Python {platform.python_version()}. Medians, and below them the least and the most. "
        "Only figures of one run of this command compare with each other: a program varies from minute to minute."
    )


def print_results(console: Console, all_results: Sequence[Results]) -> None:
    """Print what was measured, and whether this function meets its targets."""
    starts = [results for results in all_results if not results.scenario.lines]
    loads = [results for results in all_results if results.scenario.lines]
    if starts:
        console.print(_start_table(starts))
    if loads:
        console.print(_load_table(loads))
    verdicts = list(_verdicts(all_results))
    if verdicts:
        table = Table(
            "target", "aimed at", "measured", "", title="targets of this function", title_justify="left"
        )
        for verdict in verdicts:
            table.add_row(*verdict)
        console.print(table)


def print_zips(console: Console, zips: Iterable[Path]) -> None:
    """Print the sizes of the committed packages."""
    table = Table("zip", "size", "aimed at", "", title="packages", title_justify="left")
    for path in zips:
        size = path.stat().st_size / _MB
        table.add_row(path.name, f"{size:.1f} MB", targets.ZIP.text, targets.ZIP.mark(size))
    console.print(table)


def print_emission(console: Console, emission: Emission) -> None:
    """Print how long the modules take to emit."""
    spread = _spread(emission.seconds, 2).replace("\n", ", ")
    console.print(f"emission of all modules, whole process, {len(emission.seconds)} runs: {spread} s")
    console.print(f"The emitter's own account of its last run: {emission.account}")


def print_synthesis(console: Console, measured: Iterable[Synthesis]) -> None:
    """Print how long deployments take to synthesize."""
    table = _table(
        "synthesis of a deployment file: a hub and its spokes", "spokes", "seconds", "peak MB", "runs"
    )
    for each in measured:
        table.add_row(
            str(each.spokes), _spread(each.seconds, 1), _spread(each.peak_mb, 0), str(len(each.seconds))
        )
    console.print(table)


def print_failures(console: Console, all_results: Sequence[Results]) -> bool:
    """Say what did not work; returns whether anything did not."""
    failed = False
    for results in all_results:
        for label, why in results.failures.items():
            failed = True
            console.print(f"[red]FAILED[/red] {results.scenario.title}, {label}:", highlight=False)
            console.print(why, markup=False, highlight=False, soft_wrap=True)
    return failed


def _start_table(all_results: Sequence[Results]) -> Table:
    table = _table(
        "cold start, ms", "program", "start to first poll", "start to end of a first event", "runs"
    )
    for results in all_results:
        for label, runs in results.runs.items():
            table.add_row(
                label,
                _figure(runs, lambda run: run.first_poll_ms),
                _figure(runs, lambda run: run.first_event_ms),
                str(len(runs)),
            )
    return table


def _load_table(all_results: Sequence[Results]) -> Table:
    table = _table(
        "throughput and memory, of runs whose every line arrived as it should",
        "scenario",
        "program",
        "lines/s",
        "CPU s per million lines",
        "peak MB",
        "pushes",
        "KB a push",
        "runs",
    )
    for results in all_results:
        for label, runs in results.runs.items():
            table.add_row(
                _title(results.scenario),
                label,
                _figure(runs, lambda run: run.lines_per_second),
                _figure(runs, lambda run: run.cpu_seconds_per_million, 2),
                _figure(runs, lambda run: run.peak_mb, 1),
                _figure(runs, lambda run: run.pushes),
                _figure(runs, lambda run: run.push_kb),
                str(len(runs)),
            )
    return table


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left")
    for column in columns:
        words = column in ("scenario", "program")
        table.add_column(column, justify="left" if words else "right", no_wrap=not words)
    return table


def _title(scenario: Scenario) -> str:
    lines = f"{scenario.lines:,} lines"
    return scenario.title if not scenario.lines or lines in scenario.title else f"{scenario.title}, {lines}"


def _verdicts(all_results: Sequence[Results]) -> Iterator[tuple[str, str, str, str]]:
    peaks = []
    for results in all_results:
        own = results.runs.get(LABEL, [])
        for target, value in targets_of(results.scenario):
            figures = _figures(own, value)
            if figures:
                yield _verdict(target, f" ({_title(results.scenario)})", statistics.median(figures))
        if results.scenario.memory and own:
            peaks.append(statistics.median(_figures(own, lambda run: run.peak_mb)))
    if len(peaks) > 1:
        yield _verdict(targets.SAME_MEMORY, "", peaks[-1] / peaks[0])


def _verdict(target: Target, of: str, value: float) -> tuple[str, str, str, str]:
    return (
        target.title + of,
        target.text,
        f"{value:,.{2 if value < _DECIMALS_BELOW else 0}f}",
        target.mark(value),
    )


def _figure(
    runs: Sequence[Measurement], value: Callable[[Measurement], float | None], digits: int = 0
) -> str:
    figures = _figures(runs, value)
    return _spread(figures, digits) if figures else ""


def _figures(runs: Sequence[Measurement], value: Callable[[Measurement], float | None]) -> list[float]:
    return [figure for run in runs if (figure := value(run)) is not None]


def _spread(figures: Sequence[float], digits: int) -> str:
    """Return the median and, below it, the least and the most, unless they are the same."""
    middle, least, most = (
        f"{figure:,.{digits}f}" for figure in (statistics.median(figures), min(figures), max(figures))
    )
    return middle if least == most else f"{middle}\n{least}…{most}"


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return "unknown processor"
