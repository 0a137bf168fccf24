"""What an object becomes when it is unpacked takes no memory."""

import json
import os
import re
import subprocess
import sys
import zlib
from pathlib import Path

from tests.unit.promtail.faults.rig import Rig
from tests.unit.promtail.s3_double import LAST_MODIFIED_NS
from tests.unit.promtail.scenario import event, record

BLOCK = b"x" * 1024 * 1024
BLOCKS = 1024
LIMIT = 262_144
MARK = " [cut by alb-loki]"
# What the function may take at most, whatever it does.
MAX_MEMORY_KIB = 96 * 1024
LAMBDA_SRC = Path(__file__).parents[4] / "lambda_src"
# A process of its own: in this one, the memory of all other tests would count.
PROGRAM = """
import json, pathlib, sys
from promtail.handler import handler
class Context:
    def get_remaining_time_in_millis(self):
        return 60_000
print(handler(json.loads(sys.argv[1]), Context()))
print(pathlib.Path("/proc/self/status").read_text())
"""


def test_a_gigabyte_of_one_character_takes_no_more_memory_than_other_objects(rig: Rig) -> None:
    content = _gigabyte()
    rig.put(content)

    result = subprocess.run(
        [sys.executable, "-c", PROGRAM, json.dumps(event(record()))],
        env={**os.environ, "PYTHONPATH": str(LAMBDA_SRC)},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=600,
    )

    assert 1_000_000 < len(content) < 1_200_000
    report = json.loads(result.stdout.splitlines()[0])
    assert (report["outcome"], report["LinesRead"], report["LinesSent"], report["LinesCut"]) == (
        "delivered",
        1,
        1,
        1,
    )
    assert rig.entries() == [(LAST_MODIFIED_NS, "x" * (LIMIT - len(MARK)) + MARK)]
    peak = re.search(r"VmHWM:\s+(\d+) kB", result.stdout)
    assert peak
    assert int(peak[1]) < MAX_MEMORY_KIB


def _gigabyte() -> bytes:
    """Return a gigabyte of one character as gzip (RFC 1952): the same block again and again, after a full flush."""
    compressor = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    block = compressor.compress(BLOCK) + compressor.flush(zlib.Z_FULL_FLUSH)
    checksum = 0
    for _ in range(BLOCKS):
        checksum = zlib.crc32(BLOCK, checksum)
    header = b"\x1f\x8b\x08\0\0\0\0\0\0\xff"
    size = len(BLOCK) * BLOCKS % 2**32
    return (
        header
        + block * BLOCKS
        + compressor.flush()
        + checksum.to_bytes(4, "little")
        + size.to_bytes(4, "little")
    )
