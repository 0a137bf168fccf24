"""The function's throughput and memory, from a gzip object in a file to an HTTP server that takes every push."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import urllib3

from promtail.config import Config
from promtail.deadline import Deadline
from promtail.event import ObjectReference
from promtail.pipeline import Pipeline
from promtail.push import LokiClient
from promtail.reader import read_lines
from promtail.source import OpenObject
from tests.samples import alb_access
from tests.samples.alb_access import LoadBalancer

_CHUNK = 64 * 1024
_BALANCER = LoadBalancer()
_END = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class FileSource:
    """S3 without the network: the measured work is the function's own."""

    path: Path

    def open(self, reference: ObjectReference) -> OpenObject:  # noqa: ARG002
        """Start to read the object."""
        return OpenObject(chunks=self.chunks(), last_modified_ns=0)

    def chunks(self) -> Iterator[bytes]:
        """Read the object in the pieces that S3 is read in."""
        with self.path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                yield chunk


def write_sample(path: Path, lines: int) -> Path:
    """Write an object of so many lines."""
    path.write_bytes(alb_access.gzipped(alb_access.lines(lines, _END, _BALANCER)))
    return path


def deliver(path: Path, url: str) -> int:
    """Deliver the object and return the number of lines that were sent."""
    pipeline = Pipeline(
        source=FileSource(path),
        pusher=LokiClient(Config(write_address=url), urllib3.PoolManager(num_pools=1, maxsize=1)),
        extra_labels={},
        batch_size=131_072,
    )
    event = {
        "Records": [
            {
                "eventSource": "aws:s3",
                "eventName": "ObjectCreated:Put",
                "s3": {"bucket": {"name": "bench"}, "object": {"key": _BALANCER.key(_END)}},
            }
        ]
    }
    return pipeline.run(event, Deadline(lambda: 900_000)).lines_sent


def read_only(path: Path) -> int:
    """Only unpack the object and split it into lines: what no forwarder can do without."""
    return sum(1 for _ in read_lines(FileSource(path).chunks()))
