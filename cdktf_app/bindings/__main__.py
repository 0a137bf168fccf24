"""Command line of the provider bindings."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console

from cdktf_app.bindings import schema
from cdktf_app.bindings.generate import OUTPUT, generate, is_current

app = typer.Typer(help=__doc__, no_args_is_help=True, pretty_exceptions_enable=False)
_console = Console(stderr=True)


@app.command("generate")
def generate_command() -> None:
    """Generate imports/aws from the committed schema, unless it is up to date."""
    if is_current():
        _console.print(f"Provider bindings in {OUTPUT.name}/ are up to date.")
        return
    with _console.status("Generating the provider bindings (about 40 s) …"):
        generate()
    _console.print(f"Generated the provider bindings in {OUTPUT.name}/.")


@app.command("add")
def add_command(
    types: Annotated[
        list[str], typer.Argument(help="aws_sqs_queue for a resource, data.aws_region for a data source.")
    ],
) -> None:
    """Add types to types.txt, cut schema.json from the provider's own anew, and generate the bindings."""
    wanted = sorted({*schema.read_types(), *types})
    with _console.status("Reading the provider's schema …"):
        whole = schema.read_provider_schema()
    try:
        cut = schema.cut(whole, wanted)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    schema.write_types(wanted)
    schema.write_schema(cut)
    generate_command()


if __name__ == "__main__":
    app()
