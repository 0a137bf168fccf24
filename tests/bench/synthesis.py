"""How long the stacks of a deployment file take to synthesize, and with how much memory, by the number of spokes."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import yaml

_ROOT = Path(__file__).parents[2]
_SPOKES = (10, 100, 500)
_SAMPLE_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Synthesis:
    """The runs of one deployment.

    Attributes:
        spokes: How many spokes it has, beside one hub.
        seconds: Wall time of the whole process in each run.
        peak_mb: Peak of the resident memory of Python and Node.js together in each run, in millions of bytes.
    """

    spokes: int
    seconds: tuple[float, ...]
    peak_mb: tuple[float, ...]


class SynthesisError(Exception):
    """A deployment could not be synthesized."""


def measure_synthesis(runs: int) -> Iterator[Synthesis]:
    """Synthesize deployments of growing size, `runs` times each.

    Raises:
        SynthesisError: It failed.
    """
    for spokes in _SPOKES:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "deployment.yaml").write_text(yaml.safe_dump(_deployment(spokes)))
            figures = [_synthesize(folder) for _ in range(runs)]
            written = len(list(folder.glob("cdktf.out/stacks/*/cdk.tf.json")))
            if written != spokes + 1:
                raise SynthesisError(f"{written} stacks were made of a hub and {spokes} spokes.")
        yield Synthesis(spokes, tuple(seconds for seconds, _ in figures), tuple(peak for _, peak in figures))


def _deployment(spokes: int) -> dict[str, Any]:
    return {
        "hubs": {
            "main": {
                "region": "eu-west-1",
                "account_id": "111111111111",
                "loki": {"write_address": "https://loki.example.com/loki/api/v1/push"},
            }
        },
        "defaults": {"spoke": {"prefix": "logs", "expiration_days": 14}},
        "spokes": {
            f"team-{number}": {
                "account_id": f"{number:012}",
                "profile": f"team-{number}",
                "bucket_name": f"alb-logs-of-team-{number}",
                "labels": {"team": f"team-{number}"},
            }
            for number in range(spokes)
        },
    }


def _synthesize(folder: Path) -> tuple[float, float]:
    environment = os.environ | {"PYTHONPATH": str(_ROOT), "ALB_LOKI_DEPLOYMENT": "deployment.yaml"}
    with (folder / "output").open("w+") as output:
        begun = time.perf_counter()
        process = psutil.Popen(
            [sys.executable, "-m", "cdktf_app.main"],
            cwd=folder,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        peak = 0
        while process.poll() is None:
            peak = max(peak, _resident(process))
            time.sleep(_SAMPLE_SECONDS)
        took = time.perf_counter() - begun
        if process.returncode:
            output.seek(0)
            raise SynthesisError(output.read().strip())
    return took, peak / 1e6


def _resident(process: psutil.Process) -> int:
    found = 0
    with suppress(psutil.NoSuchProcess):
        for each in (process, *process.children(recursive=True)):
            with suppress(psutil.NoSuchProcess):
                found += each.memory_info().rss
    return found
