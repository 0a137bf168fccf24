"""How long the emitter takes to write all modules anew and compare them."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

_ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Emission:
    """Seconds of the whole process in each run, and what the emitter itself said of the last one."""

    seconds: tuple[float, ...]
    account: str


class EmissionError(Exception):
    """The emitter failed, or the modules are not what it emits."""


def measure_emission(runs: int) -> Emission:
    """Run the emitter once to warm up, then `runs` times.

    Raises:
        EmissionError: It failed.
    """
    account, _ = _emit()
    seconds = []
    for _ in range(runs):
        account, took = _emit()
        seconds.append(took)
    return Emission(tuple(seconds), account)


def _emit() -> tuple[str, float]:
    begun = time.perf_counter()
    process = subprocess.run(
        [sys.executable, "-m", "cdktf_app.emitter", "check"],
        cwd=_ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    took = time.perf_counter() - begun
    if process.returncode:
        raise EmissionError(f"{process.stdout}{process.stderr}".strip())
    return process.stdout.strip(), took
