"""Runs something several times, and takes the medians."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

# The kernel's own figure for the program itself. What wait4 tells of a child begins with its parent's peak.
_PRINT_PEAK = """
import pathlib, re
print(re.search(r"VmHWM:\\s+(\\d+) kB", pathlib.Path("/proc/self/status").read_text())[1])
"""


@dataclass(frozen=True, slots=True)
class Process:
    """A whole process: seconds from start to end, and its peak memory in MB."""

    seconds: float
    megabytes: float


def median_seconds(work: Callable[[], object], runs: int) -> float:
    """Run once to warm up, then `runs` times; returns the median of the seconds."""
    work()
    measured = []
    for _ in range(runs):
        begun = time.perf_counter()
        work()
        measured.append(time.perf_counter() - begun)
    return statistics.median(measured)


def median_process(code: str, runs: int) -> Process:
    """Run Python code in a new interpreter, once to warm up, then `runs` times; returns the medians.

    Raises:
        subprocess.CalledProcessError: The code failed.
    """
    _run(code)
    measured = [_run(code) for _ in range(runs)]
    return Process(
        statistics.median(process.seconds for process in measured),
        statistics.median(process.megabytes for process in measured),
    )


def _run(code: str) -> Process:
    begun = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", code + _PRINT_PEAK], check=True, stdout=subprocess.PIPE, text=True
    )
    return Process(time.perf_counter() - begun, int(done.stdout.split()[-1]) * 1024 / 1e6)
