"""Measures an emission: time, and memory of this process and of the Node process that CDKTF runs in."""

from __future__ import annotations

import os
import re
import resource
import sys
from pathlib import Path

_PROC = Path("/proc")
_PEAK = re.compile(r"^VmHWM:\s+(\d+) kB$", re.MULTILINE)


def peak_memory() -> tuple[float, float | None]:
    """The peak resident memory of this process and of its living children, in MB.

    The children's is None where the system has no `/proc` to read it from.
    """
    if not _PROC.is_dir():
        # The unit of ru_maxrss is bytes on macOS, kilobytes elsewhere (getrusage(2)).
        unit = 1_000_000 if sys.platform == "darwin" else 1_000
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit, None
    # Not by ru_maxrss: on Linux it counts what this process was before it started Python, a copy of its parent.
    process = os.getpid()
    return _peak(process) / 1_000, sum(map(_peak, _descendants(process))) / 1_000


def _descendants(process: int) -> list[int]:
    found: list[int] = []
    for children in _PROC.glob(f"{process}/task/*/children"):
        for child in map(int, children.read_text().split()):
            found += [child, *_descendants(child)]
    return found


def _peak(process: int) -> int:
    found = _PEAK.search((_PROC / str(process) / "status").read_text())
    return int(found.group(1)) if found else 0
