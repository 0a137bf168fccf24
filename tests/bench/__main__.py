"""Command line of the measurements."""

from __future__ import annotations

import multiprocessing
import shlex
import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from cdktf_app.packaging import PackagingError
from tests.bench import report
from tests.bench.drive import Program
from tests.bench.emission import EmissionError, measure_emission
from tests.bench.inputs import Input, provide
from tests.bench.package import LABEL, packaged_function
from tests.bench.plan import Results, memory_scenarios, programs_of, run_all, scenarios
from tests.bench.scenarios import Scenario, Workplace
from tests.bench.synthesis import SynthesisError, measure_synthesis
from tests.harness.localstack.native_code import ForeignNativeCodeError

_ROOT = Path(__file__).parents[2]
_FOLDER = _ROOT / ".build" / "bench"
_ZIPS = _ROOT / "modules" / "hub" / "lambda"
# Of the tables in a file or a pipe, which say nothing of their width.
_WIDTH = 120
_QUICK_LINES, _QUICK_RUNS = 100_000, 2

app = typer.Typer(pretty_exceptions_enable=False, rich_markup_mode=None, add_completion=False)
_console = Console(highlight=False)
if not _console.is_terminal:
    _console.width = _WIDTH


@app.command()
def main(
    lines: Annotated[int, typer.Option(min=1, help="Lines of the largest object.")] = 1_000_000,
    runs: Annotated[int, typer.Option(min=1, help="Runs of each scenario and program.")] = 5,
    latency_ms: Annotated[float, typer.Option(min=0, help="How long a push waits, in one scenario.")] = 20,
    quick: Annotated[
        bool, typer.Option("--quick", help=f"{_QUICK_LINES:,} lines and {_QUICK_RUNS} runs: a minute.")
    ] = False,
    memory: Annotated[
        bool, typer.Option("--memory", help="Compare peak memory with an object five times as long, too.")
    ] = False,
    only: Annotated[
        list[str] | None,
        typer.Option(help="Only scenarios whose title has this text, such as 'latency'. Repeatable."),
    ] = None,
    program: Annotated[
        list[str] | None,
        typer.Option(
            help="Command of another program that speaks Lambda's Runtime API and forwards the same objects, run by "
            "turns with this function. 'env NAME=value … command' sets its variables. Repeatable."
        ),
    ] = None,
    label: Annotated[
        list[str] | None, typer.Option(help="Name of the program in the tables. Repeatable, in their order.")
    ] = None,
    zip_path: Annotated[
        Path | None,
        typer.Option(
            "--zip", exists=True, dir_okay=False, help="This function's package, if not from the sources."
        ),
    ] = None,
    emission: Annotated[bool, typer.Option(help="Measure the emitter of the modules as well.")] = True,
    synthesis: Annotated[bool, typer.Option(help="Measure deployments of many spokes as well.")] = True,
) -> None:
    """Measure the packaged function as Lambda runs it, the emission of the modules, and the synthesis of deployments.

    The real runtime interface client runs the package; S3 and Loki are small servers in processes of their own. Every
    line that arrives is checked for its labels, time and content: figures of a run that lost, doubled or changed
    one are not shown, and the command fails. A missed target does not make it fail.
    """
    if quick:
        lines, runs = min(lines, _QUICK_LINES), min(runs, _QUICK_RUNS)
    others = _programs(program or [], label or [])
    planned = [
        *scenarios(lines, runs, latency_ms),
        *(memory_scenarios(lines, min(runs, 2)) if memory else []),
    ]
    if only:
        planned = [each for each in planned if any(text in each.title for text in only)]
        if not planned:
            raise typer.BadParameter("No scenario has such a title.", param_hint="--only")
    _FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=_FOLDER, prefix="run-") as name:
        try:
            own = packaged_function(Path(name) / "function", zip_path)
        except (PackagingError, ForeignNativeCodeError) as error:
            _console.print(f"The function's package cannot be used: {error}", soft_wrap=True, markup=False)
            raise typer.Exit(1) from error
        failed = _measure(planned, [own, *others], Path(name) / "work")
    if emission and not only:
        failed |= _measure_emission(runs)
    if synthesis and not only:
        failed |= _measure_synthesis(runs)
    if failed:
        raise typer.Exit(1)


def _measure(planned: list[Scenario], programs: list[Program], folder: Path) -> bool:
    """Run all scenarios and print their figures; returns whether something failed."""
    all_results: list[Results] = []
    buckets = _FOLDER / "buckets"
    # Started anew and not forked: this process has threads.
    readers = ProcessPoolExecutor(mp_context=multiprocessing.get_context("spawn"))
    workplace = Workplace(buckets, folder, readers)
    with readers, _progress() as progress:
        for scenario in planned:
            total = scenario.runs * len(programs_of(scenario, programs))
            task = progress.add_task(scenario.title, total=total, phase="")

            phase = partial(_show_phase, progress, task)
            done = partial(progress.advance, task)
            all_results.append(
                run_all(scenario, programs, _inputs(buckets, progress), workplace, phase, done)
            )
            phase("")
    report.print_machine(_console)
    report.print_results(_console, all_results)
    report.print_zips(_console, sorted(_ZIPS.glob("*.zip")))
    return report.print_failures(_console, all_results)


def _show_phase(progress: Progress, task: TaskID, phase: str) -> None:
    progress.update(task, phase=phase)


def _inputs(buckets: Path, progress: Progress) -> Callable[[int], Input]:
    def made(lines: int) -> Input:
        task = progress.add_task(f"making {lines:,} lines", total=lines, phase="", visible=False)
        try:
            return provide(buckets, lines, lambda more: progress.update(task, advance=more, visible=True))
        finally:
            progress.remove_task(task)

    return made


def _measure_emission(runs: int) -> bool:
    try:
        with _console.status("emission of all modules …"):
            measured = measure_emission(runs)
    except EmissionError as error:
        _console.print(f"Emission failed:\n{error}", markup=False, soft_wrap=True)
        return True
    report.print_emission(_console, measured)
    return False


def _measure_synthesis(runs: int) -> bool:
    try:
        with _console.status("synthesis of deployments …"):
            measured = list(measure_synthesis(runs))
    except SynthesisError as error:
        _console.print(f"Synthesis failed:\n{error}", markup=False, soft_wrap=True)
        return True
    report.print_synthesis(_console, measured)
    return False


def _programs(commands: list[str], labels: list[str]) -> list[Program]:
    if len(labels) > len(commands):
        raise typer.BadParameter("There are more labels than programs.", param_hint="--label")
    named = [*labels, *(Path(shlex.split(each)[-1]).name for each in commands[len(labels) :])]
    if len({LABEL, *named}) <= len(named):
        raise typer.BadParameter(
            f"Every program needs a label of its own; {LABEL!r} is taken.", param_hint="--label"
        )
    return [
        Program(name, tuple(shlex.split(command)), Path.cwd())
        for name, command in zip(named, commands, strict=True)
    ]


def _progress() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[phase]}"),
        console=_console,
        transient=True,
    )


if __name__ == "__main__":
    app()
