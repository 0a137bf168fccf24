"""A stand-in for Loki: takes pushes, checks them, and can be told to fail.

It is a test double. What it checks as Loki 3 does, with Loki's defaults and messages: the path and method; basic
auth, bearer token and tenant, when it is told to expect them; snappy and protobuf, or JSON; that there is a
stream; the syntax, number and size of labels; the size of lines and of structured metadata; the age of
timestamps. Valid entries of a push are kept when others are refused; duplicates are kept once.

Stricter than Loki: a content type other than protobuf or JSON is refused with 415 (Loki takes it for protobuf),
and credentials are exact. Not here: rate limits (but for a switch), the window for unordered entries of an
ingester, retention, stream limits, OTLP, compression by Content-Encoding, and LogQL beyond a stream selector.
The same tests can run against a real Loki: see `query`.
"""

import base64
import binascii
import json
import socket
import struct
import threading
import time
import urllib.parse
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler

from tests.harness.http_double import HttpDouble, QuietHandler
from tests.harness.loki.entries import Entry
from tests.harness.loki.labels import LabelSyntaxError, parse_selector
from tests.harness.loki.limits import Limits
from tests.harness.loki.reading import QueryError, query_range
from tests.harness.loki.store import Refusal, Store
from tests.harness.loki.wire import WireError, decode_json, decode_protobuf

PUSH_PATH = "/loki/api/v1/push"
_DEFAULT_TENANT = "fake"  # the name that Loki itself uses when it has one tenant only
_KNOWN_PATHS = {
    PUSH_PATH: "POST",
    "/loki/api/v1/query_range": "GET",
    "/loki/api/v1/labels": "GET",
    "/ready": "GET",
}


@dataclass(frozen=True)
class ReceivedRequest:
    """A request as it came. Header names are in lower case; `status` is the answer, None for a dropped connection."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    status: int | None


@dataclass(frozen=True)
class Failure:
    """What to do to a push instead of taking it; see `LokiReceiver.fail_next`."""

    status: int
    retry_after: str | None
    drop_connection: bool
    accept_entries: int
    delay: float
    hold: Callable[[], object]
    text: str


@dataclass(frozen=True)
class _Answer:
    status: int
    body: str = ""
    content_type: str = "text/plain; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()


class LokiReceiver(HttpDouble):
    """Listens on a free port while it is used as a context manager.

        with LokiReceiver(username="user", password="secret") as loki:
            ...push to loki.push_url...
            assert [entry.line for entry in loki.entries('{job="x"}')] == ["first", "second"]

    Args:
        host: the address to listen on.
        port: the port, 0 for a free one.
        username: with `password`, the basic auth to insist on.
        password: see `username`.
        bearer_token: the bearer token to insist on.
        tenant_id: the value of X-Scope-OrgID to insist on. Without it any tenant is taken, as by Loki.
        limits: Loki's limits.
        clock: the time in nanoseconds since the epoch.

    Attributes:
        rate_limited: while true, every push is answered by 429.
    """

    def __init__(
        self,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        username: str | None = None,
        password: str | None = None,
        bearer_token: str | None = None,
        tenant_id: str | None = None,
        limits: Limits | None = None,
        clock: Callable[[], int] = time.time_ns,
    ) -> None:
        self.rate_limited = False
        self.host = host
        self.port = port
        self._basic = (username or "", password or "") if username or password else None
        self._bearer = bearer_token
        self._tenant = tenant_id
        self._limits = limits or Limits()
        self._clock = clock
        self._lock = threading.Lock()
        self._stores: dict[str, Store] = {}
        self._failures: deque[Failure] = deque()
        self._requests: list[ReceivedRequest] = []

    def handler(self) -> type[BaseHTTPRequestHandler]:
        """Return what answers requests."""
        return _handler(self)

    @property
    def push_url(self) -> str:
        """The URL to push to."""
        return self.url + PUSH_PATH

    @property
    def requests(self) -> list[ReceivedRequest]:
        """All requests so far, refused ones too, in the order of their answers."""
        with self._lock:
            return list(self._requests)

    def streams(self, tenant_id: str | None = None) -> list[dict[str, str]]:
        """The labels of every stream that was taken."""
        with self._lock:
            return self._store(tenant_id).streams()

    def entries(self, selector: str | None = None, tenant_id: str | None = None) -> list[Entry]:
        """All entries that were taken, or those of the streams that a selector names, in the order of time."""
        matchers = parse_selector(selector) if selector else []
        with self._lock:
            return self._store(tenant_id).entries(matchers)

    def fail_next(
        self,
        count: int = 1,
        *,
        status: int = 503,
        retry_after: str | int | None = None,
        drop_connection: bool = False,
        accept_entries: int = 0,
        delay: float = 0.0,
        hold: Callable[[], object] = lambda: None,
        text: str = "told to fail",
    ) -> None:
        """Make the next pushes fail.

        Args:
            count: how many pushes.
            status: the answer. With 204 the push is taken as a whole, which is of use with `delay` and `hold`.
            retry_after: value of the Retry-After header.
            drop_connection: close the connection without an answer; with the status 204 after the push was taken.
            accept_entries: keep so many of the valid entries before the failure, as Loki does when some of its
                ingesters are away.
            delay: seconds to wait before the answer.
            hold: called before the answer, which waits until it returns.
            text: what the answer says.
        """
        failure = Failure(
            status,
            None if retry_after is None else str(retry_after),
            drop_connection,
            accept_entries,
            delay,
            hold,
            text,
        )
        with self._lock:
            self._failures.extend([failure] * count)

    def recover(self) -> None:
        """Forget the failures that are still to come."""
        with self._lock:
            self._failures.clear()

    def _store(self, tenant_id: str | None) -> Store:
        return self._stores.setdefault(tenant_id or self._tenant or _DEFAULT_TENANT, Store(self._limits))

    def _answer(self, request: ReceivedRequest) -> _Answer | None:
        parts = urllib.parse.urlsplit(request.path)
        method = _KNOWN_PATHS.get(parts.path)
        if method is None:
            return _Answer(404, "404 page not found\n")
        if request.method != method:
            return _Answer(405, headers=(("Allow", method),))
        if parts.path == "/ready":
            return _Answer(200, "ready\n")
        refused = self._unauthorized(request.headers)
        if refused:
            return refused
        tenant = request.headers.get("x-scope-orgid")
        if parts.path == PUSH_PATH:
            return self._push(request, tenant)
        parameters = dict(urllib.parse.parse_qsl(parts.query, keep_blank_values=True))
        with self._lock:
            entries = self._store(tenant).entries()
        if parts.path == "/loki/api/v1/labels":
            names = sorted({name for entry in entries for name in entry.labels})
            return _Answer(200, json.dumps({"status": "success", "data": names}), "application/json")
        try:
            document = query_range(entries, parameters, self._clock(), self._limits)
        except (QueryError, LabelSyntaxError) as error:
            return _Answer(
                400, f"{error} (asked of the stand-in for Loki, which knows stream selectors only)\n"
            )
        return _Answer(200, json.dumps(document), "application/json")

    def _unauthorized(self, headers: Mapping[str, str]) -> _Answer | None:
        sent = headers.get("authorization", "")
        if self._basic is not None and _basic_credentials(sent) != self._basic:
            return _Answer(401, "401 Authorization Required\n", headers=(("WWW-Authenticate", "Basic"),))
        if self._bearer is not None and sent != f"Bearer {self._bearer}":
            return _Answer(401, "401 Authorization Required\n", headers=(("WWW-Authenticate", "Bearer"),))
        if self._tenant is not None and headers.get("x-scope-orgid") != self._tenant:
            return _Answer(401, "no org id\n")
        return None

    def _push(self, request: ReceivedRequest, tenant: str | None) -> _Answer | None:
        with self._lock:
            failure = self._failures.popleft() if self._failures else None
        if failure:
            time.sleep(failure.delay)
            failure.hold()
        content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        decode = {"application/x-protobuf": decode_protobuf, "application/json": decode_json}.get(
            content_type
        )
        if not content_type:
            return _Answer(400, "mime: no media type\n")
        if decode is None:
            return _Answer(415, f"content type {content_type} is neither application/x-protobuf nor JSON\n")
        if "content-encoding" in request.headers and request.headers["content-encoding"] != "snappy":
            return _Answer(400, f'Content-Encoding "{request.headers["content-encoding"]}" not supported\n')
        try:
            streams = decode(request.body)
        except WireError as error:
            return _Answer(400, f"{error}\n")
        if self.rate_limited:
            lines = [entry.line for stream in streams for entry in stream.entries]
            return _Answer(429, _rate_limit_text(tenant or _DEFAULT_TENANT, lines))
        fails = failure is not None and failure.status != 204
        at_most = failure.accept_entries if failure is not None and fails else None
        with self._lock:
            refusal: Refusal | None = self._store(tenant).push(streams, self._clock(), at_most)
        if failure is not None and failure.drop_connection:
            return None
        if failure is not None and fails:
            headers = () if failure.retry_after is None else (("Retry-After", failure.retry_after),)
            return _Answer(failure.status, failure.text + "\n", headers=headers)
        if refusal:
            return _Answer(refusal.status, refusal.text + "\n")
        return _Answer(204)

    def _record(self, request: ReceivedRequest) -> None:
        with self._lock:
            self._requests.append(request)

    @property
    def _max_request_size(self) -> int:
        return self._limits.max_request_size


def _handler(receiver: LokiReceiver) -> type[BaseHTTPRequestHandler]:
    class Handler(QuietHandler):
        wbufsize = -1
        timeout = 60

        def _handle(self) -> None:
            length = self.headers.get("Content-Length")
            if self.headers.get("Transfer-Encoding") or (self.command == "POST" and length is None):
                self._send(_Answer(411, "Content-Length is required\n"), close=True)
                return
            if int(length or 0) > receiver._max_request_size:
                self._send(_Answer(413, "request body too large\n"), close=True)
                return
            request = ReceivedRequest(
                self.command,
                self.path,
                {name.lower(): value for name, value in self.headers.items()},
                self.rfile.read(int(length or 0)),
                None,
            )
            answer = receiver._answer(request)
            receiver._record(replace(request, status=answer.status if answer else None))
            if answer is None:
                self._drop()
            else:
                self._send(answer)

        do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _handle

        def _send(self, answer: _Answer, *, close: bool = False) -> None:
            body = answer.body.encode()
            self.send_response(answer.status)
            for name, value in answer.headers:
                self.send_header(name, value)
            if answer.status != 204:
                self.send_header("Content-Type", answer.content_type)
                self.send_header("Content-Length", str(len(body)))
            if close:
                self.send_header("Connection", "close")
            self.end_headers()
            if answer.status != 204 and self.command != "HEAD":
                self.wfile.write(body)

        def _drop(self) -> None:
            self.close_connection = True
            # Linger for no time: the peer gets a reset, as from a server that died.
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    return Handler


def _basic_credentials(header: str) -> tuple[str, str] | None:
    kind, _, encoded = header.partition(" ")
    if kind.lower() != "basic":
        return None
    try:
        username, separator, password = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return (username, password) if separator else None


def _rate_limit_text(tenant: str, lines: list[str]) -> str:
    total = sum(len(line.encode()) for line in lines)
    return (
        f"Ingestion rate limit exceeded for user {tenant} (limit: 4194304 bytes/sec) while attempting to ingest "
        f"'{len(lines)}' lines totaling '{total}' bytes, reduce log volume or contact your Loki administrator to "
        "see if the limit can be increased\n"
    )
