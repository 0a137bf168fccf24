"""A small S3 over HTTP, so that the real client's streaming, checks and errors are what is tested."""

import contextlib
import threading
import time
import urllib.parse
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self

import boto3
from botocore.config import Config
from mypy_boto3_s3 import S3Client

LAST_MODIFIED = "Mon, 02 Jun 2025 10:07:11 GMT"
LAST_MODIFIED_NS = 1_748_858_831 * 1_000_000_000


@dataclass
class S3Double:
    """Serves objects by bucket and key (path style) while it is used as a context manager.

    Attributes:
        objects: Content by `bucket/key`, or by `bucket/key?version` for a version.
        refusals: Error code by `bucket/key`, such as AccessDenied.
        cut_after: Bytes after which the connection is closed, by `bucket/key`.
        stalls: By `bucket/key`, bytes after which nothing is sent for so many seconds. What follows is sent then.
        reads: What was asked for, as in `objects`.
    """

    objects: dict[str, bytes] = field(default_factory=dict)
    refusals: dict[str, str] = field(default_factory=dict)
    cut_after: dict[str, int] = field(default_factory=dict)
    stalls: dict[str, tuple[int, float]] = field(default_factory=dict)
    reads: list[str] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def client(self) -> S3Client:
        return boto3.client(
            "s3",
            endpoint_url=self.url,
            region_name="eu-west-1",
            aws_access_key_id="test",
            aws_secret_access_key="test",
            config=Config(retries={"total_max_attempts": 1}, read_timeout=5, proxies={}),
        )


def _handler(double: S3Double) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1

        def do_GET(self) -> None:
            parts = urllib.parse.urlsplit(self.path)
            name = urllib.parse.unquote(parts.path).lstrip("/")
            version = urllib.parse.parse_qs(parts.query).get("versionId")
            asked = f"{name}?{version[0]}" if version else name
            double.reads.append(asked)
            if name in double.refusals:
                self._refuse(double.refusals[name])
            elif asked not in double.objects:
                self._refuse("NoSuchVersion" if version else "NoSuchKey")
            else:
                content = double.objects[asked]
                self.send_response(200)
                self.send_header("Last-Modified", LAST_MODIFIED)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                begun, seconds = double.stalls.get(name, (0, 0.0))
                with contextlib.suppress(ConnectionError):  # A client that gave up has closed the connection.
                    self.wfile.write(content[:begun])
                    self.wfile.flush()
                    time.sleep(seconds)
                    self.wfile.write(content[begun : double.cut_after.get(name, len(content))])
                    self.wfile.flush()
                self.close_connection = name in double.cut_after

        def _refuse(self, code: str) -> None:
            body = f"<Error><Code>{code}</Code><Message>refused</Message></Error>".encode()
            self.send_response({"AccessDenied": 403, "SlowDown": 503}.get(code, 404))
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments: object) -> None:
            pass

    return Handler
