"""Servers that behave badly, in ways that the other doubles have not."""

import http.client
import socket
import struct
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

import cramjam

from tests.harness.http_double import HttpDouble, QuietHandler
from tests.harness.loki.receiver import PUSH_PATH
from tests.proto.logproto_pb2 import PushRequest
from tests.unit.promtail.aws_double import AwsDouble, Refused

_MAX_DELAY_SECONDS = 900


class SilentServer(HttpDouble):
    """Takes requests while it is used as a context manager, and never answers.

    Attributes:
        asked: Set when a request has come.
    """

    def __init__(self) -> None:
        self.asked = threading.Event()
        self._ended = threading.Event()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        super().__exit__(kind, error, trace)

    def handler(self) -> type[BaseHTTPRequestHandler]:
        return _silent_handler(self.asked, self._ended)


def _silent_handler(asked: threading.Event, ended: threading.Event) -> type[BaseHTTPRequestHandler]:
    class Handler(QuietHandler):
        def do_GET(self) -> None:
            asked.set()
            ended.wait()
            self.close_connection = True

        do_POST = do_GET

    return Handler


@contextmanager
def closed_port() -> Iterator[int]:
    """A port where nobody listens, and that nobody else gets for the time of a `with` block."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        yield int(bound.getsockname()[1])


class CuttingProxy(HttpDouble):
    """Stands before an HTTP server, and resets the connection in the middle of the first answers.

    Args:
        target: The server's URL.
        cuts: How many answers are cut.
    """

    def __init__(self, target: str, cuts: int) -> None:
        self._target = target
        self._cuts = cuts

    def handler(self) -> type[BaseHTTPRequestHandler]:
        return _proxy_handler(self._target, [True] * self._cuts)


def _proxy_handler(target: str, cuts: list[bool]) -> type[BaseHTTPRequestHandler]:
    class Handler(QuietHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            connection = http.client.HTTPConnection(urlsplit(target).netloc)
            connection.request("POST", self.path, body, dict(self.headers))
            status = connection.getresponse().status
            connection.close()
            if not cuts:
                self.wfile.write(f"HTTP/1.1 {status} Answer\r\n\r\n".encode())
                return
            cuts.pop()
            self.wfile.write(f"HTTP/1.1 {status // 100}".encode())
            self.close_connection = True
            # Linger for no time: the peer gets a reset.
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    return Handler


@dataclass
class QueueDouble(AwsDouble):
    """AWS whose queues also take messages with a delay and without attributes, as those that continue objects.

    Attributes:
        delays: The seconds of delay of each of them.
    """

    delays: list[int] = field(default_factory=list)

    def clear(self) -> None:
        super().clear()
        self.delays.clear()

    def answer(self, operation: str, region: str, request: Mapping[str, Any]) -> Mapping[str, Any]:
        if operation != "AmazonSQS.SendMessage" or "DelaySeconds" not in request:
            return super().answer(operation, region, request)
        delay = request["DelaySeconds"]
        if (
            not isinstance(delay, int)
            or not 0 <= delay <= _MAX_DELAY_SECONDS
            or "MessageAttributes" in request
        ):
            raise Refused("InvalidParameterValue", f"DelaySeconds is {delay!r}.")
        others = {name: value for name, value in request.items() if name != "DelaySeconds"}
        answer = super().answer(operation, region, {**others, "MessageAttributes": {}})
        self.delays.append(delay)
        return answer


class Sink(HttpDouble):
    """Takes every push at once and keeps its body, while it is used as a context manager.

    It looks into nothing, so that a million lines take no time of it.

    Attributes:
        bodies: What was sent, in the order in which it came.
    """

    def __init__(self) -> None:
        self.bodies: list[bytes] = []

    def handler(self) -> type[BaseHTTPRequestHandler]:
        return _sink_handler(self.bodies)

    @property
    def push_url(self) -> str:
        return self.url + PUSH_PATH

    def entries(self) -> Iterator[tuple[int, str]]:
        """Yield time and text of every line, as often as it was sent."""
        for body in self.bodies:
            for stream in PushRequest.FromString(bytes(cramjam.snappy.decompress_raw(body))).streams:
                for entry in stream.entries:
                    yield entry.timestamp.seconds * 1_000_000_000 + entry.timestamp.nanos, entry.line


def _sink_handler(bodies: list[bytes]) -> type[BaseHTTPRequestHandler]:
    class Handler(QuietHandler):
        wbufsize = -1

        def do_POST(self) -> None:
            bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(204)
            self.end_headers()

    return Handler
