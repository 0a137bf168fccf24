"""A process that looks like that of the demo's services, but serves nothing."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def services_process(first: str = "") -> Iterator[subprocess.Popen[str]]:
    """Run one for the time of a `with` block; `first` is what it does at the start."""
    code = f"import signal, time\n{first}\nprint('ready', flush=True)\ntime.sleep(600)"
    process = subprocess.Popen(
        [sys.executable, "-I", "-S", "-c", code, "tests.demo.services"], stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        process.stdout.readline()
        yield process
    finally:
        process.kill()
        process.wait()
