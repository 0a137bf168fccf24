"""Takes pushes as Loki does and keeps their bodies in a file: `python -m tests.bench.sink FILE LATENCY_MS`.

Nothing is decoded while it serves: that would take the machine's time from the measured process. Each push is
answered after the given latency, any number of them at the same time. The file holds each body after its length, as
four bytes, least significant first; see `read_pushes`.
"""

from __future__ import annotations

import asyncio
import struct
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

_PUSH = "POST /loki/api/v1/push HTTP/1.1"
_CONTENT_TYPE = "application/x-protobuf"
_LENGTH = struct.Struct("<I")


def read_pushes(path: Path) -> Iterator[bytes]:
    """Return the bodies that a sink kept, in the order in which they came."""
    with path.open("rb") as file:
        while head := file.read(_LENGTH.size):
            yield file.read(_LENGTH.unpack(head)[0])


class _Sink:
    def __init__(self, file: BinaryIO, latency: float) -> None:
        self._file = file
        self._latency = latency

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the requests of one connection."""
        try:
            while True:
                request, headers = _parse((await reader.readuntil(b"\r\n\r\n")).decode("latin-1"))
                if headers.get("expect", "").lower() == "100-continue":
                    writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
                length = headers.get("content-length", "")
                if not length.isdecimal():
                    writer.write(_answer("411 Length Required"))
                    break
                body = await reader.readexactly(int(length))
                if request != _PUSH:
                    writer.write(_answer("404 Not Found"))
                    continue
                if headers.get("content-type") != _CONTENT_TYPE:
                    writer.write(_answer("415 Unsupported Media Type"))
                    continue
                self._file.write(_LENGTH.pack(len(body)) + body)
                if self._latency:
                    await asyncio.sleep(self._latency)
                writer.write(_answer("204 No Content"))
        except (asyncio.IncompleteReadError, ConnectionError):
            pass  # The client has gone, between two requests or because its process was ended.
        finally:
            writer.close()


def _parse(head: str) -> tuple[str, dict[str, str]]:
    request, *lines = head.split("\r\n")
    headers = (line.partition(":") for line in lines if line)
    return request, {name.lower(): value.strip() for name, _, value in headers}


def _answer(status: str) -> bytes:
    # RFC 9110 allows no Content-Length with 204.
    length = "" if status.startswith("204") else "Content-Length: 0\r\n"
    return f"HTTP/1.1 {status}\r\n{length}\r\n".encode()


async def _run(path: Path, latency: float) -> None:
    with path.open("wb") as file:
        sink = _Sink(file, latency)
        server = await asyncio.start_server(sink.serve, "127.0.0.1", 0, limit=1 << 22)
        print(server.sockets[0].getsockname()[1], flush=True)
        await asyncio.to_thread(sys.stdin.read)
        server.close()


def main() -> None:
    """Serve until standard input ends."""
    asyncio.run(_run(Path(sys.argv[1]), float(sys.argv[2]) / 1_000))


if __name__ == "__main__":
    main()
