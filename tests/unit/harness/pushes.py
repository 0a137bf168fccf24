"""Makes pushes by hand: the receiver must not be tested with the code that it is to test."""

import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass

import cramjam

from tests.harness.direct import direct_opener

SECOND = 1_000_000_000


@dataclass(frozen=True)
class Answer:
    status: int
    text: str
    headers: dict[str, str]


def varint(number: int) -> bytes:
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def bytes_field(number: int, content: bytes) -> bytes:
    return varint(number << 3 | 2) + varint(len(content)) + content


def int_field(number: int, value: int) -> bytes:
    return varint(number << 3) + varint(value)


def entry(timestamp: int, line: str, metadata: Mapping[str, str] | None = None) -> bytes:
    """`logproto.Entry`, byte by byte."""
    moment = int_field(1, timestamp // SECOND) + int_field(2, timestamp % SECOND)
    content = bytes_field(1, moment) + bytes_field(2, line.encode())
    for name, value in (metadata or {}).items():
        content += bytes_field(3, bytes_field(1, name.encode()) + bytes_field(2, value.encode()))
    return content


def stream(labels: str, *entries: bytes) -> bytes:
    """`logproto.Stream`."""
    return bytes_field(1, labels.encode()) + b"".join(bytes_field(2, content) for content in entries)


def push_body(*streams: bytes) -> bytes:
    """`logproto.PushRequest`, compressed."""
    return bytes(cramjam.snappy.compress_raw(b"".join(bytes_field(1, content) for content in streams)))


def post(url: str, body: bytes, headers: Mapping[str, str] | None = None, method: str = "POST") -> Answer:
    sent = {"Content-Type": "application/x-protobuf", **(headers or {})}
    request = urllib.request.Request(url, data=body, headers=sent, method=method)  # noqa: S310
    try:
        with direct_opener().open(request, timeout=10) as answer:
            return Answer(answer.status, answer.read().decode(), dict(answer.headers))
    except urllib.error.HTTPError as error:
        return Answer(error.code, error.read().decode(), dict(error.headers))
