"""Command line: `python -m tests.fuzz --seconds 60`, and `python -m tests.fuzz one keys …` for one target."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer

# Inputs that made a target fail.
_FOUND = Path(".build/fuzz")

app = typer.Typer(add_completion=False, rich_markup_mode=None, help=__doc__)


@app.callback(invoke_without_command=True)
def all_targets(
    context: typer.Context,
    seconds: Annotated[int, typer.Option(help="Seconds for each target.")] = 60,
) -> None:
    """Fuzz every target, each in a process of its own, and say how many inputs it took."""
    if context.invoked_subcommand is not None:
        return
    from tests.fuzz.targets import TARGETS

    _FOUND.mkdir(parents=True, exist_ok=True)
    failed = []
    for name in TARGETS:
        command = [
            sys.executable,
            "-m",
            "tests.fuzz",
            "one",
            name,
            f"-max_total_time={seconds}",
            "-print_final_stats=1",
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        executed = [
            line.split()[-1] for line in done.stderr.splitlines() if "number_of_executed_units" in line
        ]
        typer.echo(
            f"{name}: {executed[0] if executed else '?'} inputs, {'failed' if done.returncode else 'nothing found'}"
        )
        if done.returncode:
            failed.append(name)
            typer.echo(done.stderr[-4_000:], err=True)
    if failed:
        raise typer.Exit(1)


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def one(context: typer.Context, target: str) -> None:
    """Fuzz one target; what follows its name are options of libFuzzer."""
    import atheris

    from tests.fuzz.targets import TARGETS

    function, seeds = TARGETS[target]
    with tempfile.TemporaryDirectory() as name:
        for number, seed in enumerate(seeds):
            (Path(name) / str(number)).write_bytes(seed)
        atheris.Setup(
            [sys.argv[0], "-max_len=4096", f"-artifact_prefix={_FOUND}/", *context.args, name], function
        )
        atheris.Fuzz()


if __name__ == "__main__":
    app()
