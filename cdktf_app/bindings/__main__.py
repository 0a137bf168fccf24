"""Command line of the provider bindings: `python -m cdktf_app.bindings --help`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from cdktf_app.bindings import prebuilt, schema
from cdktf_app.bindings.errors import BindingsError
from cdktf_app.bindings.generate import OUTPUT, generate, is_current

app = typer.Typer(
    help="Make the typed Python bindings of the AWS provider, which cdktf_app is written with.\n\n"
    "They hold the types of cdktf_app/bindings/types.txt only, so that importing them takes half a second.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
_console = Console(stderr=True)


@app.command("generate")
def generate_command() -> None:
    """Generate imports/aws, unless it is up to date.

    It is made from the committed schema.json by the official generator.
    """
    if is_current():
        _console.print(f"Provider bindings in {OUTPUT.name}/ are up to date.")
        return
    with _console.status("Generating the provider bindings (10 to 40 s) …"):
        generate()
    _console.print(f"Generated the provider bindings in {OUTPUT.name}/.")


@app.command("add")
def add_command(
    types: Annotated[
        list[str], typer.Argument(help="aws_sqs_queue for a resource, data.aws_region for a data source.")
    ],
) -> None:
    """Add provider types, and generate the bindings.

    They are added to types.txt, and schema.json is cut anew from the provider's own, which Terraform installs.
    """
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


@app.command("record-provider-6")
def record_command(
    package: Annotated[
        Path, typer.Argument(help="The folder of the unpacked npm package @cdktf/provider-aws.")
    ],
) -> None:
    """Record what version 6 of the provider has of the types in use, in provider_6.json.

    A test compares the modules and examples with it. Needed again when they use another type.
    """
    provider = prebuilt.read_package(package, prebuilt.types_in_use())
    prebuilt.write(provider)
    _console.print(
        f"Recorded {len(provider['types'])} types of version {provider['version']} in "
        f"{prebuilt.PROVIDER_6_FILE.name}."
    )


if __name__ == "__main__":
    try:
        app()
    except BindingsError as error:
        typer.secho(str(error), fg=typer.colors.RED, err=True)
        raise SystemExit(1) from None
