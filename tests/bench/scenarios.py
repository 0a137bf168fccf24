"""What is measured, and one run of it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.bench import differences, verify
from tests.bench.drive import Program, running
from tests.bench.inputs import Input
from tests.bench.serving import serving
from tests.bench.stream import METADATA_FIELDS, Expected

FIRST_EVENT_LINES = 1


@dataclass(frozen=True, slots=True)
class Scenario:
    """One way to run a program: it is started, handles an object of one line, and then the measured one.

    Attributes:
        title: Its name in the tables.
        lines: Lines of the measured object; 0 for none, when only the start is of interest.
        runs: How often it is run.
        latency_ms: How long each push waits for its answer.
        one_core: Whether the program has one core for itself, with the servers on the others.
        metadata: Whether structured metadata is on, which only this function has.
        memory: Whether its peak memory is compared with that of the other scenarios of which this is true.
    """

    title: str
    lines: int
    runs: int
    latency_ms: float = 0
    one_core: bool = False
    metadata: bool = False
    memory: bool = False

    def environment(self) -> dict[str, str]:
        """Return the function's settings."""
        return {"STRUCTURED_METADATA": ",".join(METADATA_FIELDS)} if self.metadata else {}


@dataclass(frozen=True, slots=True)
class Measurement:
    """One run whose every line arrived as it should.

    Attributes:
        first_poll_ms: From the process's start until it asked for its first event.
        first_event_ms: From the process's start until it had handled an object of one line.
        peak_mb: Peak of its resident memory, in millions of bytes.
        pushes: Pushes that the sink took, that of the first event included.
        push_kb: Their mean size, compressed, in thousands of bytes.
        lines_per_second: Of the measured object; None if there was none.
        cpu_seconds_per_million: CPU seconds for a million lines, start and first event not included; None as well.
    """

    first_poll_ms: float
    first_event_ms: float
    peak_mb: float
    pushes: int
    push_kb: float
    lines_per_second: float | None
    cpu_seconds_per_million: float | None


@dataclass(frozen=True, slots=True)
class Workplace:
    """Where runs take place.

    Attributes:
        buckets: Folder of the buckets.
        folder: For what a run needs; emptied before each.
        readers: Processes that decode what arrived, once nothing is measured any more.
    """

    buckets: Path
    folder: Path
    readers: Executor


def measure(
    scenario: Scenario, program: Program, inputs: Sequence[Input], workplace: Workplace
) -> Measurement:
    """Run a program once and check what arrived.

    Args:
        scenario: The scenario.
        program: The program.
        inputs: The object of the first event and, if there is one, the measured object.
        workplace: Where the run takes place.

    Raises:
        ProgramError: The program failed.
        VerificationError: Not exactly the lines that were sent arrived.
    """
    folder = workplace.folder
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    bodies = folder / "pushes"
    mine, others = _cores(one_core=scenario.one_core)
    with (
        serving("tests.bench.s3_server", str(workplace.buckets), cores=others) as s3_port,
        serving("tests.bench.sink", str(bodies), str(scenario.latency_ms), cores=others) as sink_port,
        running(
            program,
            {
                "AWS_ENDPOINT_URL_S3": f"http://127.0.0.1:{s3_port}",
                "WRITE_ADDRESS": f"http://127.0.0.1:{sink_port}/loki/api/v1/push",
                **scenario.environment(),
            },
            folder,
            cores=mine,
        ) as run,
    ):
        first, *measured = inputs
        run.invoke(first.event())
        first_event_seconds = run.age_seconds
        usages = [run.invoke(each.event()) for each in measured]
        peak = run.peak_bytes
    arrived = _read(bodies, workplace.readers)
    try:
        verify.check(arrived, sum((each.expected for each in inputs), Expected()), metadata=scenario.metadata)
    except verify.VerificationError as error:
        counts = [each.lines for each in inputs]
        shown = differences.describe(bodies, counts, metadata=scenario.metadata)
        raise verify.VerificationError(f"{error}\n{shown}") from error
    lines = sum(each.lines for each in measured)
    return Measurement(
        first_poll_ms=run.first_poll_seconds * 1_000,
        first_event_ms=first_event_seconds * 1_000,
        peak_mb=peak / 1e6,
        pushes=arrived.pushes,
        push_kb=arrived.push_bytes / max(arrived.pushes, 1) / 1e3,
        lines_per_second=lines / sum(usage.seconds for usage in usages) if usages else None,
        cpu_seconds_per_million=sum(usage.cpu_seconds for usage in usages) / lines * 1e6 if usages else None,
    )


def _read(bodies: Path, readers: Executor) -> verify.Arrived:
    parts = len(os.sched_getaffinity(0))
    return sum(readers.map(partial(verify.read, bodies, of=parts), range(parts)), verify.Arrived())


def _cores(*, one_core: bool) -> tuple[set[int], set[int]]:
    """Return the cores of the program and those of the servers; empty for any."""
    cores = sorted(os.sched_getaffinity(0))
    return ({cores[-1]}, set(cores[:-1])) if one_core else (set(), set())
