"""A small S3 over HTTP, so that the real client's streaming, checks and errors are what is tested."""

import contextlib
import hashlib
import re
import urllib.parse
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler

import boto3
from botocore.config import Config
from mypy_boto3_s3 import S3Client

from tests.harness.http_double import HttpDouble, QuietHandler

LAST_MODIFIED = "Mon, 02 Jun 2025 10:07:11 GMT"
LAST_MODIFIED_NS = 1_748_858_831 * 1_000_000_000


@dataclass
class S3Double(HttpDouble):
    """Serves objects by bucket and key (path style) while it is used as a context manager.

    Attributes:
        objects: Content by `bucket/key`, or by `bucket/key?version` for a version.
        refusals: Error code by `bucket/key`, such as AccessDenied.
        cut_after: Bytes of one answer after which the connection is closed, by `bucket/key`; of every answer.
        cuts: The same, for the next answers only: the first number for the next answer, and so on.
        stalls: By `bucket/key`, bytes after which nothing is sent for as long as the client waits.
        reads: What was asked for, as in `objects`.
        ranges: The Range header of each read; None where there was none.
    """

    objects: dict[str, bytes] = field(default_factory=dict)
    refusals: dict[str, str] = field(default_factory=dict)
    cut_after: dict[str, int] = field(default_factory=dict)
    cuts: dict[str, list[int]] = field(default_factory=dict)
    stalls: dict[str, int] = field(default_factory=dict)
    reads: list[str] = field(default_factory=list)
    ranges: list[str | None] = field(default_factory=list)

    def clear(self) -> None:
        """Forget everything."""
        for store in (
            self.objects,
            self.refusals,
            self.cut_after,
            self.cuts,
            self.stalls,
            self.reads,
            self.ranges,
        ):
            store.clear()

    def handler(self) -> type[BaseHTTPRequestHandler]:
        return _handler(self)

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
    class Handler(QuietHandler):
        wbufsize = -1

        def do_GET(self) -> None:
            parts = urllib.parse.urlsplit(self.path)
            name = urllib.parse.unquote(parts.path).lstrip("/")
            version = urllib.parse.parse_qs(parts.query).get("versionId")
            asked = f"{name}?{version[0]}" if version else name
            double.reads.append(asked)
            double.ranges.append(self.headers.get("Range"))
            if name in double.refusals:
                self._refuse(double.refusals[name])
            elif asked not in double.objects:
                self._refuse("NoSuchVersion" if version else "NoSuchKey")
            else:
                self._serve(name, double.objects[asked])

        def _serve(self, name: str, content: bytes) -> None:
            etag = f'"{hashlib.md5(content, usedforsecurity=False).hexdigest()}"'
            if self.headers.get("If-Match", etag) != etag:
                self._refuse("PreconditionFailed")
                return
            wanted = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
            start = int(wanted[1]) if wanted else 0
            if wanted and start >= len(content):
                self._refuse("InvalidRange")
                return
            part = content[start:]
            self.send_response(206 if wanted else 200)
            self.send_header("Last-Modified", LAST_MODIFIED)
            self.send_header("ETag", etag)
            self.send_header("Content-Length", str(len(part)))
            if wanted:
                self.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
            self.end_headers()
            stall = double.stalls.get(name)
            cuts = double.cuts.get(name)
            end = cuts.pop(0) if cuts else double.cut_after.get(name, len(part))
            with contextlib.suppress(ConnectionError):  # A client that gave up has closed the connection.
                self.wfile.write(part[: end if stall is None else min(stall, end)])
                self.wfile.flush()
                if stall is not None:
                    self.connection.recv(1)  # Nothing comes any more: it returns when the client closes.
            self.close_connection = stall is not None or end < len(part)

        def _refuse(self, code: str) -> None:
            body = f"<Error><Code>{code}</Code><Message>refused</Message></Error>".encode()
            self.send_response(
                {"AccessDenied": 403, "SlowDown": 503, "PreconditionFailed": 412, "InvalidRange": 416}.get(
                    code, 404
                )
            )
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    return Handler
