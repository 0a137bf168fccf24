"""Command line of the demo."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable

import typer
from rich.console import Console

from cdktf_app.packaging.errors import PackagingError
from tests.demo import kept
from tests.demo.run import DemoError, end, run
from tests.demo.services import ServicesError
from tests.harness.loki.query import LokiQueryError
from tests.harness.process.run import CommandTimeoutError
from tests.harness.terraform.errors import TerraformError

app = typer.Typer(
    help="See log lines arrive in Loki: hub and spoke in two accounts on LocalStack, with real Terraform.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    add_completion=False,
)
_console = Console(highlight=False)
_FAILURES = (
    CommandTimeoutError,
    DemoError,
    LokiQueryError,
    PackagingError,
    ServicesError,
    TerraformError,
)


@app.command()
def up() -> None:
    """Run the demo, then destroy all of it.

    In the environment: KEEP=1 leaves it running. LOKI_URL sends to a real Loki, with LOKI_USERNAME,
    LOKI_PASSWORD and LOKI_TENANT_ID. LOCALSTACK_ENDPOINT uses a running LocalStack.
    """
    before = kept.load()
    if before is not None and before.is_running():
        _fail("A demo is running already, kept by KEEP=1. End it first: make demo-down")
    _guarded(lambda: run(_console, keep=os.environ.get("KEEP", "") not in ("", "0")))


@app.command()
def down() -> None:
    """End a demo that was kept with KEEP=1: destroy what it made, and its services."""
    before = kept.load()
    if before is None:
        _console.print("No demo is running.")
        return
    _guarded(lambda: end(_console, before))


def _guarded(work: Callable[[], None]) -> None:
    # SIGTERM ends the demo as Ctrl-C does: with everything destroyed.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        work()
    except KeyboardInterrupt:
        _fail("Interrupted. Nothing was left running.", status=130)
    except _FAILURES as error:
        _fail(str(error))


def _fail(message: str, status: int = 1) -> None:
    _console.print(message, style="red", markup=False)
    sys.exit(status)


if __name__ == "__main__":
    app()
