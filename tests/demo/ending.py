"""The end of a demo: what it made is destroyed, and its services end, whatever fails on the way."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from tests.demo import kept
from tests.demo.deployment import logs_folder, workspace
from tests.demo.errors import FAILURES, DemoError
from tests.demo.kept import Kept
from tests.demo.progress import Steps
from tests.harness.terraform.workspace import TerraformWorkspace


def end(console: Console, folder: Path, demo: Kept) -> None:
    """Destroy what a kept demo made, and end its services.

    Raises:
        DemoError: Not all of it could be destroyed. A LocalStack of the demo's has ended all the same, with all that
            was in it; for one of the user's the demo stays on record, for another try.
    """
    steps = Steps(console)
    try:
        if demo.localstack_answers():
            destroy(steps, folder, demo, workspace(folder, demo.localstack, demo.variables))
        else:
            console.print(
                f"The LocalStack at {demo.localstack} is gone, and with it all that the demo made.",
                soft_wrap=True,
            )
            kept.forget(folder)
    finally:
        with steps.step("End the demo's services"):
            demo.stop_services()
        if demo.own_localstack:
            kept.forget(folder)


def destroy(steps: Steps, folder: Path, demo: Kept, terraform: TerraformWorkspace) -> None:
    """Destroy what the demo made; if that fails in a LocalStack of the user's, keep the demo on record.

    Raises:
        DemoError: Not all of it could be destroyed; the message says what that means.
    """
    if not demo.own_localstack:
        demo.save(folder)
    try:
        with steps.step("Destroy all of it", logs_folder(folder)):
            terraform.destroy()
    except FAILURES as error:
        raise DemoError(f"{error}\n\n{_consequence(demo)}") from error
    kept.forget(folder)


def _consequence(demo: Kept) -> str:
    if demo.own_localstack:
        return (
            "Not all of it could be destroyed, but LocalStack has been ended, and with it all that was in it."
        )
    return (
        f"What the demo made may still be in the LocalStack at {demo.localstack}. Try again, or end that LocalStack "
        "and then tell the demo so, both with: make demo-down"
    )
