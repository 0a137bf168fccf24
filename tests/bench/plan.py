"""Which scenarios are run, and every run of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from tests.bench.drive import Program, ProgramError
from tests.bench.inputs import Input
from tests.bench.scenarios import FIRST_EVENT_LINES, Measurement, Scenario, Workplace, measure
from tests.bench.verify import VerificationError

_SMALL = (10_000, 100_000)
_MORE_MEMORY = 5
# A fifth of the lines tells the rate as well, and spares a program that waits for each push some minutes.
_LATENCY_PART = 5


@dataclass(slots=True)
class Results:
    """The runs of one scenario by program, and why a program has none, or no more."""

    scenario: Scenario
    runs: dict[str, list[Measurement]] = field(default_factory=dict)
    failures: dict[str, str] = field(default_factory=dict)


def scenarios(lines: int, runs: int, latency_ms: float) -> list[Scenario]:
    """Return what is measured by default: start, defaults with growing objects, latency, structured metadata."""
    sizes = sorted({*(size for size in _SMALL if size < lines), lines})
    return [
        Scenario("start", 0, runs * 2),
        *(Scenario(f"defaults, {size:,} lines", size, runs) for size in sizes),
        Scenario(
            f"latency {latency_ms:g} ms, one core",
            max(lines // _LATENCY_PART, 1),
            runs,
            latency_ms=latency_ms,
            one_core=True,
        ),
        Scenario("structured metadata, 8 fields", lines, runs, metadata=True),
    ]


def memory_scenarios(lines: int, runs: int) -> list[Scenario]:
    """Return the objects whose peak memory is compared: one, and one five times as long."""
    return [
        Scenario(f"memory, {size:,} lines", size, runs, memory=True) for size in (lines, _MORE_MEMORY * lines)
    ]


def programs_of(scenario: Scenario, programs: Sequence[Program]) -> Sequence[Program]:
    """Return the programs that a scenario is for: structured metadata is a setting of the first one only."""
    return programs[:1] if scenario.metadata else programs


def run_all(
    scenario: Scenario,
    programs: Sequence[Program],
    inputs: Callable[[int], Input],
    workplace: Workplace,
    phase: Callable[[str], None],
    done: Callable[[], None],
) -> Results:
    """Run the programs by turns, so that all of them meet the same good and bad moments of the machine.

    Args:
        scenario: The scenario.
        programs: The programs; which one comes first changes with every round.
        inputs: Gives the object of so many lines.
        workplace: Where the runs take place.
        phase: Is told which program runs.
        done: Is called after every run, also of a program that has failed.
    """
    objects = [inputs(FIRST_EVENT_LINES), *([inputs(scenario.lines)] if scenario.lines else [])]
    results = Results(scenario)
    for program in _by_turns(programs_of(scenario, programs), scenario.runs):
        if program.label not in results.failures:
            phase(program.label)
            try:
                measurement = measure(scenario, program, objects, workplace)
                results.runs.setdefault(program.label, []).append(measurement)
            except (ProgramError, VerificationError) as error:
                results.failures[program.label] = str(error)
        done()
    return results


def _by_turns(programs: Sequence[Program], rounds: int) -> Iterator[Program]:
    for number in range(rounds):
        first = number % len(programs)
        yield from (*programs[first:], *programs[:first])
