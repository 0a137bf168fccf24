"""The reading part of S3 for files in a folder: `python -m tests.bench.s3_server FOLDER`.

GET and HEAD of an object, with Range and If-Match as forwarders use them
(https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html). Signatures are not looked at.
"""

from __future__ import annotations

import re
import sys
import threading
from email.utils import formatdate
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

_RANGE = re.compile(r"bytes=(\d+)-(\d*)")
_VIRTUAL_HOST = re.compile(r"(?P<bucket>.+)\.(?:localhost|127\.0\.0\.1)(?::\d+)?")


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    root: Path

    def do_GET(self) -> None:
        self._serve(with_body=True)

    def do_HEAD(self) -> None:
        self._serve(with_body=False)

    def _serve(self, *, with_body: bool) -> None:
        path = self._file()
        if path is None:
            self._refuse(HTTPStatus.NOT_FOUND, "NoSuchKey")
            return
        facts = path.stat()
        etag = f'"{facts.st_ino:x}-{facts.st_mtime_ns:x}-{facts.st_size:x}"'
        if self.headers.get("If-Match", etag) != etag:
            self._refuse(HTTPStatus.PRECONDITION_FAILED, "PreconditionFailed")
            return
        begin, end = 0, facts.st_size
        wanted = _RANGE.fullmatch(self.headers.get("Range", ""))
        if wanted:
            begin = int(wanted[1])
            end = min(end, int(wanted[2]) + 1) if wanted[2] else end
            if begin >= end:
                self._refuse(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, "InvalidRange")
                return
        self.send_response(HTTPStatus.PARTIAL_CONTENT if wanted else HTTPStatus.OK)
        self.send_header("Content-Type", "application/x-gzip")
        self.send_header("Content-Length", str(end - begin))
        self.send_header("ETag", etag)
        self.send_header("Last-Modified", formatdate(facts.st_mtime, usegmt=True))
        self.send_header("Accept-Ranges", "bytes")
        if wanted:
            self.send_header("Content-Range", f"bytes {begin}-{end - 1}/{facts.st_size}")
        self.end_headers()
        if with_body:
            with path.open("rb") as file:
                self.connection.sendfile(file, begin, end - begin)

    def _file(self) -> Path | None:
        """Return the file of the object that is asked for, in path style or in virtual host style."""
        key = unquote(urlsplit(self.path).path).lstrip("/")
        host = _VIRTUAL_HOST.fullmatch(self.headers.get("Host", ""))
        path = (self.root / (f"{host['bucket']}/{key}" if host else key)).resolve()
        return path if path.is_relative_to(self.root) and path.is_file() else None

    def _refuse(self, status: HTTPStatus, code: str) -> None:
        body = b"" if self.command == "HEAD" else f"<Error><Code>{code}</Code></Error>".encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_arguments: object) -> None:
        """Say nothing of a client that hangs up: a stopped program does."""


def main() -> None:
    """Serve until standard input ends."""
    _Handler.root = Path(sys.argv[1]).resolve()
    server = _Server(("127.0.0.1", 0), _Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_port, flush=True)
    sys.stdin.read()
    server.server_close()


if __name__ == "__main__":
    main()
