"""Lines as Loki's push API takes them: logproto.PushRequest in protobuf, compressed in snappy's block format.

https://grafana.com/docs/loki/latest/reference/loki-http-api/#ingest-logs
"""

import json
from collections.abc import Iterable, Mapping

import cramjam

from .batch import Entry
from .logproto_pb2 import PushRequest
from .timestamp import NANOSECONDS


def format_labels(labels: Mapping[str, str]) -> str:
    """Return a label set in Prometheus notation, sorted by name, as Loki parses it.

    Loki reads values as Go strings; each escape that JSON writes is one of Go's as well.
    """
    return (
        "{"
        + ", ".join(f"{name}={json.dumps(labels[name], ensure_ascii=False)}" for name in sorted(labels))
        + "}"
    )


def encode_push(labels: str, entries: Iterable[Entry]) -> bytes:
    """Return the body of a push of one stream. The same input gives the same bytes."""
    request = PushRequest()
    stream = request.streams.add(labels=labels)
    for timestamp_ns, line in entries:
        entry = stream.entries.add(line=line)
        entry.timestamp.seconds, entry.timestamp.nanos = divmod(timestamp_ns, NANOSECONDS)
    return bytes(cramjam.snappy.compress_raw(request.SerializeToString(deterministic=True)))
