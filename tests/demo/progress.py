"""Shows what goes on, and measures how long each step takes."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.status import Status
from rich.table import Table

from tests.demo.terraform_output import summary
from tests.harness.timing import Timings

_INTERVAL = 0.5
# Where there is no terminal to animate, as in CI, a line now and then shows that work goes on.
_LINE_EVERY = 15.0


class Steps:
    """The steps of the demo, on a terminal or not."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.timings = Timings()

    @contextmanager
    def step(self, text: str, logs: Path | None = None) -> Iterator[None]:
        """Show a step while it runs; with `logs`, also how far Terraform is by what it prints there."""
        begun = time.monotonic()
        ended = threading.Event()
        with self.console.status(escape(text)) as status:
            follower = threading.Thread(target=self._follow, args=(text, status, logs, ended), daemon=True)
            if logs is not None:
                follower.start()
            try:
                with self.timings.measure(text, text):
                    yield
            finally:
                ended.set()
                if logs is not None:
                    follower.join()
        seconds = time.monotonic() - begun
        self.console.print(f"[green]✓[/] {escape(text)} [dim]({seconds:.1f} s)[/]", soft_wrap=True)

    def table(self) -> Table:
        """Make the table of the steps and their seconds."""
        table = Table("step", "seconds", title="How long it took", title_justify="left")
        table.columns[1].justify = "right"
        for timing in self.timings.measured:
            table.add_row(timing.subject, f"{timing.seconds:.1f}")
        table.add_section()
        table.add_row("all", f"{sum(timing.seconds for timing in self.timings.measured):.1f}")
        return table

    def _follow(self, text: str, status: Status, logs: Path, ended: threading.Event) -> None:
        said = time.monotonic()
        while not ended.wait(_INTERVAL):
            newest = max(logs.glob("*.stdout"), key=lambda path: path.stat().st_mtime, default=None)
            said_by_terraform = summary(newest.read_text(errors="replace")) if newest else ""
            if not said_by_terraform:
                continue
            state = escape(f"{text}: {said_by_terraform}")
            status.update(state)
            if not self.console.is_terminal and time.monotonic() - said > _LINE_EVERY:
                said = time.monotonic()
                self.console.print(f"  {state}", style="dim", soft_wrap=True)
