"""Lambda's Runtime API for one execution environment.

The contract is AWS's (https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html): the function's process
asks for the next invocation, blocks until there is one, and posts its response or its error.
"""

import queue
import re
import threading
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

# Seconds between two looks for a request to stop.
_POLL = 0.02
_ROOT = "/2018-06-01/runtime"
_OUTCOME = re.compile(rf"{_ROOT}/invocation/(?P<id>[^/]+)/(?P<kind>response|error)")


@dataclass(frozen=True)
class Invocation:
    """One event for the function. `deadline` is in milliseconds since the epoch."""

    request_id: str
    payload: bytes
    function_arn: str
    trace_id: str
    deadline: int


@dataclass(frozen=True)
class Ready:
    """The function's module is imported, and its process asks for the first invocation."""


@dataclass(frozen=True)
class InitError:
    """The function's module could not be imported. `body` is the JSON error document."""

    body: bytes


@dataclass(frozen=True)
class Result:
    """The function's answer to one invocation, or its error document."""

    request_id: str
    body: bytes
    is_error: bool


@dataclass(frozen=True)
class Exited:
    """The process ended. `code` is as of `subprocess.Popen.returncode`."""

    code: int


Message = Ready | InitError | Result | Exited


class RuntimeApi:
    """Serves one function process on a free port of the loopback interface.

    What the process does arrives in `messages`, in order.
    """

    def __init__(self) -> None:
        self.messages: queue.Queue[Message] = queue.Queue()
        self._invocations: queue.Queue[Invocation | None] = queue.Queue()
        self._asked = False
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        serve = threading.Thread(
            target=self._server.serve_forever, args=(_POLL,), name="lambda-runtime-api", daemon=True
        )
        serve.start()

    @property
    def address(self) -> str:
        """Host and port, the value of AWS_LAMBDA_RUNTIME_API."""
        return f"127.0.0.1:{self._server.server_port}"

    def offer(self, invocation: Invocation) -> None:
        """Hand the invocation to the process as soon as it asks."""
        self._invocations.put(invocation)

    def close(self) -> None:
        """Stop serving."""
        self._invocations.put(None)
        self._server.shutdown()
        self._server.server_close()

    def _next(self) -> Invocation | None:
        if not self._asked:
            self._asked = True
            self.messages.put(Ready())
        return self._invocations.get()

    def _handler(api) -> type[BaseHTTPRequestHandler]:  # noqa: N805
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            # Headers and body in one segment; else Nagle's algorithm adds 40 ms to every invocation.
            wbufsize = -1

            def do_GET(self) -> None:
                if self.path != f"{_ROOT}/invocation/next":
                    self._answer(HTTPStatus.NOT_FOUND)
                    return
                invocation = api._next()
                if invocation is None:
                    self.close_connection = True
                    return
                self.send_response(HTTPStatus.OK)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(invocation.payload)))
                self.send_header("Lambda-Runtime-Aws-Request-Id", invocation.request_id)
                self.send_header("Lambda-Runtime-Deadline-Ms", str(invocation.deadline))
                self.send_header("Lambda-Runtime-Invoked-Function-Arn", invocation.function_arn)
                self.send_header("Lambda-Runtime-Trace-Id", invocation.trace_id)
                self.end_headers()
                self.wfile.write(invocation.payload)

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                outcome = _OUTCOME.fullmatch(self.path)
                if outcome:
                    self._answer(HTTPStatus.ACCEPTED)
                    api.messages.put(Result(outcome["id"], body, is_error=outcome["kind"] == "error"))
                elif self.path == f"{_ROOT}/init/error":
                    self._answer(HTTPStatus.ACCEPTED)
                    api.messages.put(InitError(body))
                else:
                    self._answer(HTTPStatus.NOT_FOUND)

            def _answer(self, status: HTTPStatus) -> None:
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_arguments: object) -> None:
                """Say nothing: the function's output is the log."""

        return Handler
