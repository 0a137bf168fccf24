"""The measured objects: made once, kept in a folder, and served from it by `s3_server`."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from tests.bench import generator
from tests.bench.stream import Expected, Fingerprint, fingerprint, item

BUCKET = "bench"

_GZIP = 16 + zlib.MAX_WBITS
_LEVEL = 6  # gzip's own default


@dataclass(frozen=True, slots=True)
class Input:
    """One object: its key, the number of its lines, its file, and what must arrive of it."""

    key: str
    lines: int
    path: Path
    expected: Expected

    def event(self) -> dict[str, Any]:
        """Return S3's notification of it.

        https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
        """
        return {
            "Records": [
                {
                    "eventVersion": "2.1",
                    "eventSource": "aws:s3",
                    "awsRegion": generator.BALANCER.region,
                    "eventTime": f"{generator.END:%Y-%m-%dT%H:%M:%S.000Z}",
                    "eventName": "ObjectCreated:Put",
                    "s3": {
                        "s3SchemaVersion": "1.0",
                        "bucket": {"name": BUCKET, "arn": f"arn:aws:s3:::{BUCKET}"},
                        "object": {"key": self.key, "size": self.path.stat().st_size},
                    },
                }
            ]
        }


def provide(folder: Path, lines: int, progress: Callable[[int], None] = lambda _lines: None) -> Input:
    """Return the object of so many lines, made anew only if it is not in `folder` or was made by other code.

    Args:
        folder: Root of the buckets; what must arrive is kept beside the objects.
        lines: The number of lines.
        progress: Is told how many lines were made since it was last called.
    """
    key = generator.BALANCER.key(generator.END, rand=f"{lines:08d}")
    path = folder / BUCKET / key
    facts = path.with_suffix(".json")
    made_by = _version()
    if path.is_file() and facts.is_file():
        kept = json.loads(facts.read_text())
        if kept["made_by"] == made_by:
            return Input(key, lines, path, _expected(kept))
    path.parent.mkdir(parents=True, exist_ok=True)
    expected = _write(path, lines, progress)
    # Last of all: an object without it is made again.
    facts.write_text(json.dumps({"made_by": made_by, **_facts(expected)}))
    return Input(key, lines, path, expected)


def _write(path: Path, lines: int, progress: Callable[[int], None]) -> Expected:
    plain, full, sharing = Fingerprint(), Fingerprint(), _Sharing()
    gzip = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP)
    partial = path.with_suffix(".partial")
    # zlib lets go of the interpreter's lock: the next portion is made while one is compressed.
    with partial.open("wb") as file, ThreadPoolExecutor(1) as worker:
        compressed: Future[bytes] | None = None
        for portion in generator.records(lines):
            text = "".join(f"{record.line}\n" for record in portion).encode()
            if compressed is not None:
                file.write(compressed.result())
            compressed = worker.submit(gzip.compress, text)
            plain += fingerprint(item(record.microseconds, record.line) for record in portion)
            full += fingerprint(item(record.microseconds, record.line, record.metadata) for record in portion)
            sharing.see(record.microseconds for record in portion)
            progress(len(portion))
        if compressed is not None:
            file.write(compressed.result())
        file.write(gzip.flush())
    partial.replace(path)
    return Expected(plain, full, sharing.count)


class _Sharing:
    """Counts times that come more than once, among times in order."""

    def __init__(self) -> None:
        self.count = 0
        self._last = -1
        self._last_counted = False

    def see(self, times: Iterator[int]) -> None:
        for before, time in pairwise((self._last, *times)):
            if time == before:
                self.count += 1 if self._last_counted else 2
            self._last, self._last_counted = time, time == before


def _version() -> str:
    content = b"".join(Path(module).read_bytes() for module in (generator.__file__, __file__))
    return hashlib.sha256(content).hexdigest()


def _facts(expected: Expected) -> dict[str, Any]:
    # Digests do not fit into the numbers of other JSON readers.
    return {
        "lines": expected.lines.count,
        "digest": f"{expected.lines.digest:032x}",
        "digest_with_metadata": f"{expected.lines_with_metadata.digest:032x}",
        "sharing": expected.sharing,
    }


def _expected(facts: dict[str, Any]) -> Expected:
    return Expected(
        Fingerprint(facts["lines"], int(facts["digest"], 16)),
        Fingerprint(facts["lines"], int(facts["digest_with_metadata"], 16)),
        facts["sharing"],
    )
