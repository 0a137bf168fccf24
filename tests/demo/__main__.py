"""Command line of the demo."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from tests.demo import kept
from tests.demo.ending import end
from tests.demo.errors import FAILURES, message
from tests.demo.run import run
from tests.demo.scenario import DEFAULT_FOLDER

app = typer.Typer(
    help="See log lines arrive in Loki: hub and spoke in two accounts on LocalStack, with real Terraform.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    add_completion=False,
)
_console = Console(highlight=False)

Folder = Annotated[
    Path,
    typer.Option(
        envvar="DEMO_FOLDER",
        resolve_path=True,
        show_default=".build/demo",
        help="Where the demo keeps its files.",
    ),
]


@app.command()
def up(folder: Folder = DEFAULT_FOLDER) -> None:
    """Run the demo, then destroy all of it.

    In the environment: KEEP=1 leaves it running. LOKI_URL sends to a real Loki, with LOKI_USERNAME and
    LOKI_PASSWORD if it asks for them, and LOKI_TENANT_ID if it has several tenants. LOCALSTACK_ENDPOINT uses a
    LocalStack that `python -m tests.harness.localstack` started on this machine. One in Docker does not do: the
    function is packaged for this machine's Python and pushes to an address of this machine.
    """
    before = kept.load(folder)
    if before is not None and (before.services_run() or before.localstack_answers()):
        _fail("A demo is there already, kept by KEEP=1 or not destroyed. End it first: make demo-down")
    kept.forget(folder)
    # Terraform's state and its input hold Loki's credentials.
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    _guarded(folder, lambda: run(_console, folder, keep=os.environ.get("KEEP", "") not in ("", "0")))


@app.command()
def down(folder: Folder = DEFAULT_FOLDER) -> None:
    """End a demo that was kept with KEEP=1: destroy what it made, and its services."""
    before = kept.load(folder)
    if before is None:
        _console.print("No demo is running.")
        return
    _guarded(folder, lambda: end(_console, folder, before))


def _guarded(folder: Path, work: Callable[[], None]) -> None:
    # SIGTERM ends the demo as Ctrl-C does.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        work()
    except KeyboardInterrupt:
        left = kept.load(folder)
        _fail(
            "Interrupted. Nothing was left running."
            if left is None
            else f"Interrupted. What the demo made may still be in the LocalStack at {left.localstack}. To end it: "
            "make demo-down",
            status=130,
        )
    except FAILURES as error:
        _fail(message(error))


def _fail(text: str, status: int = 1) -> None:
    _console.print(text, style="red", markup=False, soft_wrap=True)
    sys.exit(status)


if __name__ == "__main__":
    app()
