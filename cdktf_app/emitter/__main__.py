"""Emit the Terraform modules: `python -m cdktf_app.emitter write` and `check`."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from cdktf_app.bindings.schema import read_schema
from cdktf_app.diagrams.architecture import architecture
from cdktf_app.diagrams.pictures import picture
from cdktf_app.emitter.emit import emit
from cdktf_app.emitter.errors import EmitError
from cdktf_app.emitter.files import Change, apply, changes
from cdktf_app.emitter.measure import peak_memory
from cdktf_app.emitter.sections import Sections

REPOSITORY = Path(__file__).parents[2]

app = typer.Typer(
    help="Emit the Terraform modules of cdktf_app/modules as HCL files and READMEs: the root module at the top of "
    "the repository, the others below modules/.\n\n"
    "Files without the emitter's header (packages, licences) are never touched. Of the repository's README, only "
    "the sections between the emitter's comments are.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Root = Annotated[Path, typer.Option("--root", help="Folder of the repository.")]


@app.command()
def write(root: Root = REPOSITORY) -> None:
    """Write the modules, and remove emitted files that are no longer emitted."""
    started = time.monotonic()
    emitted, listed = _emit_and_compare(root)
    apply(root, listed)
    for change in listed:
        done = {"missing": "wrote", "drifting": "updated", "stale": "removed"}[change.kind]
        typer.echo(f"{done} {change.path}")
    typer.echo(_summary(emitted, f"{len(listed)} changed", started))


@app.command()
def check(root: Root = REPOSITORY) -> None:
    """Fail, and show how, when a module's files are not what is emitted. Writes nothing."""
    started = time.monotonic()
    emitted, listed = _emit_and_compare(root)
    for change in listed:
        typer.echo(f"{change.kind}: {change.path}\n{change.diff()}\n")
    typer.echo(_summary(emitted, f"{len(listed)} not as emitted", started))
    if listed:
        typer.echo("Run `make modules` to mend it, and commit what it writes.", err=True)
        raise typer.Exit(1)


def _emit_and_compare(root: Path) -> tuple[Mapping[Path, str | Sections], list[Change]]:
    try:
        emitted = _emit_all()
        return emitted, changes(root, emitted)
    except EmitError as error:
        typer.echo(f"cannot emit: {error}", err=True)
        raise typer.Exit(1) from error


def _emit_all() -> dict[Path, str | Sections]:
    from cdktf_app.modules.node import one_process
    from cdktf_app.modules.synthesis import synthesize_all

    schema = read_schema()
    with one_process():
        modules = list(synthesize_all())
    emitted: dict[Path, str | Sections] = {}
    for module in modules:
        # The module at the top calls the others: its picture is the one of them together.
        diagram = architecture(modules) if module.about is None else picture(module)
        for name, content in emit(module, schema, diagram).items():
            emitted[module.folder / name] = content
    return emitted


def _summary(emitted: Mapping[Path, str | Sections], result: str, started: float) -> str:
    own, children = peak_memory()
    node = "" if children is None else f" + {children:.0f} MB in Node"
    modules = {path.parent for path in emitted if path.suffix == ".tf"}
    return (
        f"{len(emitted)} files of {len(modules)} modules, {result}; "
        f"{time.monotonic() - started:.1f} s, peak memory {own:.0f} MB{node}"
    )


if __name__ == "__main__":
    app()
