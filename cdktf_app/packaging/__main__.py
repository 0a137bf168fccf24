"""Command line of the packaging: `python -m cdktf_app.packaging --help`."""

from pathlib import Path
from typing import Annotated

import typer

from cdktf_app.packaging.archive import write_if_changed
from cdktf_app.packaging.build import build_committed, build_zip, check_committed
from cdktf_app.packaging.errors import PackagingError
from cdktf_app.packaging.paths import LOCK, REQUIREMENTS, committed_zip
from cdktf_app.packaging.requirements import names, pinned
from cdktf_app.packaging.target import ARCHITECTURES, DEFAULT_PYTHON

app = typer.Typer(
    help="Package the functions for AWS Lambda.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.command()
def build(
    architecture: Annotated[
        str | None, typer.Option(help=f"Of the promtail, {' or '.join(ARCHITECTURES)} alone.")
    ] = None,
    python: Annotated[
        str, typer.Option(help="The Python version that runs the package. Another one needs --output.")
    ] = DEFAULT_PYTHON,
    output: Annotated[
        Path | None,
        typer.Option(help="Where to write it; in the hub module when not given. Needs --architecture."),
    ] = None,
) -> None:
    """Write the zips that travel with the modules, or the promtail's for another Python somewhere else.

    The other one is for a hub with another runtime: give its path as the module's input function.zip_path.
    Wheels are downloaded once and kept below .build/. The same sources give the same bytes on every machine.
    """
    if output is not None and architecture is None:
        raise typer.BadParameter("One file holds one architecture: give --architecture too.")
    if output is None and python != DEFAULT_PYTHON:
        raise typer.BadParameter(f"The hub module runs Python {DEFAULT_PYTHON}: give --output too.")
    if architecture is None:
        build_committed(typer.echo)
    else:
        build_zip(architecture, python, output or committed_zip(architecture), typer.echo)


@app.command()
def check() -> None:
    """Fail, naming the members that differ, when a zip of a module is not what the sources make."""
    drifted = False
    for path, differences in check_committed(typer.echo).items():
        typer.echo(f"{path.name}: {'differs from its sources' if differences else 'up to date'}")
        for difference in differences:
            typer.echo(f"  {difference}")
        drifted = drifted or bool(differences)
    if drifted:
        raise PackagingError("Run `make package` and commit the zips.")


@app.command()
def pin() -> None:
    """Give the function's requirements the versions and hashes of Pipfile.lock."""
    text = pinned(names(REQUIREMENTS.read_text(encoding="utf-8")), LOCK)
    written = write_if_changed(REQUIREMENTS, text.encode())
    typer.echo(f"{REQUIREMENTS.name}: {'written' if written else 'up to date'}")


if __name__ == "__main__":
    try:
        app()
    except PackagingError as error:
        typer.secho(str(error), fg=typer.colors.RED, err=True)
        raise SystemExit(1) from None
