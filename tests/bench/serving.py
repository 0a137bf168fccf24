"""Servers in processes of their own, so that they cost the measured process nothing but the machine's time."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

_ROOT = Path(__file__).parents[2]
_END_SECONDS = 10


@contextmanager
def serving(module: str, *arguments: str, cores: Collection[int] = ()) -> Iterator[int]:
    """Run a module that prints its port and serves until its standard input ends; yields the port.

    Args:
        module: The module's full name.
        arguments: For its command line.
        cores: The cores that it may run on; all, if none is given.

    Raises:
        RuntimeError: It ended at once, or failed at its end.
    """
    process = subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        cwd=_ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        if cores:
            os.sched_setaffinity(process.pid, cores)
        port = process.stdout.readline()
        if not port:
            raise RuntimeError(f"{module} did not start: it ended with {process.wait()}.")
        yield int(port)
        process.stdin.close()
        if code := process.wait(_END_SECONDS):
            raise RuntimeError(f"{module} failed: it ended with {code}.")
    finally:
        process.kill()
        process.wait()
        process.stdin.close()
        process.stdout.close()
