"""Emit the Terraform modules: `python -m cdktf_app.emitter write` and `check`."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Annotated

import typer

from cdktf_app.bindings.schema import read_schema
from cdktf_app.emitter.emit import emit
from cdktf_app.emitter.errors import EmitError
from cdktf_app.emitter.files import apply, changes
from cdktf_app.emitter.measure import peak_memory

MODULES = Path(__file__).parents[2] / "modules"

app = typer.Typer(
    help="Emit the Terraform modules of cdktf_app/modules as HCL files and READMEs below modules/.\n\n"
    "Files without the emitter's header (packages, licences) are never touched.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Root = Annotated[Path, typer.Option("--root", help="Folder that holds one folder for each module.")]


@app.command()
def write(root: Root = MODULES) -> None:
    """Write the modules, and remove emitted files that are no longer emitted."""
    started = time.monotonic()
    modules = _emit_all()
    listed = changes(root, modules)
    apply(root, listed)
    for change in listed:
        done = {"missing": "wrote", "drifting": "updated", "stale": "removed"}[change.kind]
        typer.echo(f"{done} modules/{change.path}")
    typer.echo(_summary(modules, f"{len(listed)} changed", started))


@app.command()
def check(root: Root = MODULES) -> None:
    """Fail, and show how, when a module's files are not what is emitted. Writes nothing."""
    started = time.monotonic()
    modules = _emit_all()
    listed = changes(root, modules)
    for change in listed:
        typer.echo(f"{change.kind}: modules/{change.path}\n{change.diff()}\n")
    typer.echo(_summary(modules, f"{len(listed)} not as emitted", started))
    if listed:
        typer.echo("Run `make modules` to mend it, and commit what it writes.", err=True)
        raise typer.Exit(1)


def _emit_all() -> dict[str, dict[str, str]]:
    # CDKTF's Node process runs for a second: with a small heap for young objects and no threads of its own, it
    # takes a tenth less memory and no more time.
    os.environ.setdefault("NODE_OPTIONS", "--max-semi-space-size=1 --v8-pool-size=0")
    # Starts that process, which --help does not need.
    from cdktf_app.modules.synthesis import synthesize_all

    schema = read_schema()
    try:
        return {module.name: emit(module, schema) for module in synthesize_all()}
    except EmitError as error:
        typer.echo(f"cannot emit: {error}", err=True)
        raise typer.Exit(1) from error


def _summary(modules: dict[str, dict[str, str]], result: str, started: float) -> str:
    own, children = peak_memory()
    node = "" if children is None else f" + {children:.0f} MB in Node"
    count = sum(map(len, modules.values()))
    return (
        f"{count} files of {len(modules)} modules, {result}; "
        f"{time.monotonic() - started:.1f} s, peak memory {own:.0f} MB{node}"
    )


if __name__ == "__main__":
    app()
