"""Prints what is measured, as medians and ratios; takes about two minutes."""

from __future__ import annotations

import gzip
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.bench.function import deliver, read_only, write_sample
from tests.bench.measure import median_process, median_seconds
from tests.bench.sink import running_sink

_RUNS = 5
_LINES = 50_000


def main() -> None:
    """Measure and print."""
    console = Console(highlight=False)
    table = Table("what", "median", "ratio", title=f"medians of {_RUNS} runs", title_justify="left")
    with console.status("Emission of all modules …"):
        printed: list[str] = []
        seconds = median_seconds(lambda: printed.append(_emit()), _RUNS)
    table.add_row("emission of all modules, whole process", f"{seconds:.2f} s", "")
    with console.status("The function: start …"):
        bare = median_process("import boto3", _RUNS)
        start = median_process("import promtail.handler", _RUNS)
    table.add_row("import of boto3 alone", f"{bare.seconds:.2f} s, {bare.megabytes:.0f} MB", "1.00")
    table.add_row(
        "import of the function's handler",
        f"{start.seconds:.2f} s, {start.megabytes:.0f} MB",
        f"{start.seconds / bare.seconds:.2f} of boto3 alone",
    )
    with (
        console.status("The function: throughput …"),
        running_sink() as url,
        tempfile.TemporaryDirectory() as name,
    ):
        folder = Path(name)
        sample = write_sample(folder / "sample.log.gz", _LINES)
        megabytes = len(gzip.decompress(sample.read_bytes())) / 1e6
        floor = median_seconds(lambda: read_only(sample), _RUNS)
        whole = median_seconds(lambda: deliver(sample, url), _RUNS)
        small = _peak(write_sample(folder / "small.log.gz", 1_000), url)
        large = _peak(write_sample(folder / "large.log.gz", 4 * _LINES), url)
    table.add_row(f"{_LINES:,} lines, unpacked and split only", _rate(floor, megabytes), "1.00")
    table.add_row(
        f"{_LINES:,} lines, delivered", _rate(whole, megabytes), f"{whole / floor:.2f} of unpacking only"
    )
    table.add_row("peak memory, 1,000 lines", f"{small:.0f} MB", "1.00")
    table.add_row(
        f"peak memory, {4 * _LINES:,} lines ({4 * megabytes:.0f} MB unpacked)",
        f"{large:.0f} MB",
        f"{large / small:.2f} of 1,000 lines",
    )
    console.print(table)
    console.print("The emitter's own account of its last run: " + printed[-1])


def _emit() -> str:
    command = [sys.executable, "-m", "cdktf_app.emitter", "check"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def _peak(sample: Path, url: str) -> float:
    code = (
        "from pathlib import Path\n"
        "from tests.bench.function import deliver\n"
        f"deliver(Path({str(sample)!r}), {url!r})\n"
    )
    return median_process(code, _RUNS).megabytes


def _rate(seconds: float, megabytes: float) -> str:
    return f"{_LINES / seconds:,.0f} lines/s, {megabytes / seconds:.1f} MB/s"


if __name__ == "__main__":
    main()
