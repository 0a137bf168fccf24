"""What the stand-ins for services have in common: an HTTP server in a thread of this process."""

import ssl
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self

# Seconds between two looks for a request to stop.
_POLL = 0.02


class HttpDouble:
    """Listens while it is used as a context manager, on a free port unless it is told which.

    Attributes:
        tls: The certificate, for one that speaks HTTPS.
    """

    host = "127.0.0.1"
    port = 0
    tls: ssl.SSLContext | None = None

    def handler(self) -> type[BaseHTTPRequestHandler]:
        """Return what answers requests."""
        raise NotImplementedError

    def __enter__(self) -> Self:
        self._server = ThreadingHTTPServer((self.host, self.port), self.handler())
        self._server.daemon_threads = True
        if self.tls:
            self._server.socket = self.tls.wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(_POLL,), name=type(self).__name__, daemon=True
        )
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
        """The base URL."""
        return f"{'https' if self.tls else 'http'}://{self.host}:{self._server.server_port}"


class QuietHandler(BaseHTTPRequestHandler):
    """Keeps connections open, as services do, and logs nothing."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # A second segment would wait 40 ms for the first.

    def log_message(self, *_arguments: object) -> None:
        """Log nothing."""
