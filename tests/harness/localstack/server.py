"""Starts and stops LocalStack."""

import contextlib
import json
import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.harness.direct import direct_opener
from tests.harness.localstack.entry_points import write_entry_points
from tests.harness.process.run import guard_command
from tests.harness.process.tail import tail

_REPOSITORY = Path(__file__).parents[len(__name__.split(".")) - 1]
_HEALTH = "/_localstack/health"
# Seconds for the guard to end what it started. LocalStack is killed: it would take four seconds to save
# state that is thrown away.
_STOP_LIMIT = 60.0
# Below those that Linux and macOS choose from by themselves, which begin at 32768 and 49152.
_PORTS = (20_000, 32_000)
_LOG_NAME = "localstack.log"

Progress = Callable[[str], None]


class LocalStackError(RuntimeError):
    """LocalStack did not start, or does not answer."""


@dataclass(frozen=True)
class LocalStack:
    """A running LocalStack, or what the user named in its place.

    `endpoint` is its URL. `log` is None where the harness did not start it. `seconds` is how long the start took.
    """

    endpoint: str
    log: Path | None = None
    seconds: float = 0.0

    def log_tail(self, lines: int = 40) -> str:
        """The end of the log, for error messages."""
        return tail(self.log, lines) if self.log else f"[{self.endpoint} was not started here: no log]"

    def check(self) -> None:
        """Make sure that it still answers.

        Raises:
            LocalStackError: it does not; the message holds the end of its log.
        """
        try:
            with contextlib.suppress(urllib.error.HTTPError):  # another emulator may have no such path
                direct_opener().open(self.endpoint + _HEALTH, timeout=10).close()
        except OSError as error:
            raise LocalStackError(
                f"{self.endpoint} does not answer any more: {error}. The end of its log:\n{self.log_tail()}"
            ) from error


def existing_localstack(endpoint: str) -> LocalStack:
    """The server that the user named; it has to answer.

    Raises:
        LocalStackError: it does not.
    """
    try:
        server = LocalStack(_by_address(endpoint.rstrip("/")))
        server.check()
    except (LocalStackError, ValueError, OSError) as error:
        raise LocalStackError(
            f"LOCALSTACK_ENDPOINT={endpoint} does not answer: {error.__cause__ or error}. Start it, correct the "
            "URL, or unset the variable to have LocalStack started."
        ) from error
    return server


@contextlib.contextmanager
def running_localstack(
    *,
    port: int | None = None,
    settings: Mapping[str, str] | None = None,
    start_limit: float = 120.0,
    progress: Progress = lambda _text: None,
) -> Iterator[LocalStack]:
    """LocalStack for the time of a `with` block; nothing of it outlives this process.

    Args:
        port: where to listen on the loopback interface; a free one by default.
        settings: further environment variables of LocalStack.
        start_limit: seconds to wait until it answers.
        progress: is told what happens.

    Raises:
        LocalStackError: it did not start; the message holds the end of its log.
    """
    read_end, lifeline = os.pipe()
    folder = Path(tempfile.mkdtemp(prefix="localstack-"))
    process: subprocess.Popen[bytes] | None = None
    try:
        server, process = start_localstack(
            folder, read_end, port=port, settings=settings, start_limit=start_limit, progress=progress
        )
        yield server
    finally:
        os.close(read_end)
        os.close(lifeline)
        if process is not None:
            process.wait(_STOP_LIMIT)
        shutil.rmtree(folder, ignore_errors=True)


def start_localstack(
    folder: Path,
    lifeline: int,
    *,
    port: int | None = None,
    settings: Mapping[str, str] | None = None,
    start_limit: float = 120.0,
    progress: Progress = lambda _text: None,
) -> tuple[LocalStack, "subprocess.Popen[bytes]"]:
    """Start LocalStack with its state in `folder`, which is removed when it ends.

    It runs until no process holds the writing end of `lifeline` (the descriptor of a pipe's reading end) any more.
    """
    begun = time.monotonic()
    listen = port or _free_port()
    endpoint = f"http://127.0.0.1:{listen}"
    log = folder / _LOG_NAME
    with log.open("wb") as output:
        process = subprocess.Popen(
            guard_command(
                [sys.executable, "-m", "localstack.runtime.main"],
                grace=0,
                stop_signal="SIGKILL",
                remove=folder,
            ),
            env=_environment(folder, listen, settings or {}),
            cwd=folder,
            stdin=lifeline,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        progress(f"LocalStack starts on {endpoint}")
        _wait_until_ready(endpoint, process, log, start_limit, progress)
    except BaseException:
        process.terminate()
        process.wait(_STOP_LIMIT)
        raise
    seconds = time.monotonic() - begun
    progress(f"LocalStack is ready after {seconds:.1f} s")
    return LocalStack(endpoint, log, seconds), process


def _environment(folder: Path, port: int, settings: Mapping[str, str]) -> dict[str, str]:
    temporary = folder / "tmp"
    temporary.mkdir()
    plugins = write_entry_points(folder / "plugins")
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "LANG": "C.UTF-8",
        "HOME": str(folder),  # and with it the caches, plux's index of entry points among them
        "TMPDIR": str(temporary),
        "FILESYSTEM_ROOT": str(folder / "filesystem"),
        "PYTHONPATH": os.pathsep.join([str(plugins), str(_REPOSITORY)]),
        "PYTHONUNBUFFERED": "1",
        "GATEWAY_LISTEN": f"127.0.0.1:{port}",
        "LAMBDA_RUNTIME_EXECUTOR": "host-process",
        "PROVIDER_OVERRIDE_S3": "private-storage",
        "PROVIDER_OVERRIDE_CLOUDFORMATION": "mended",
        "PROVIDER_OVERRIDE_CLOUDWATCH": "tagged-alarms",
        "PROVIDER_OVERRIDE_KMS": "any-python",
        "PROVIDER_OVERRIDE_SNS": "across-accounts",
        "EAGER_SERVICE_LOADING": "0",
        # Nothing is fetched, and nothing is reported.
        "SKIP_SSL_CERT_DOWNLOAD": "1",
        "DISABLE_EVENTS": "1",
        "DNS_ADDRESS": "0",
        # AWS waits one minute, then two, before it repeats a failed asynchronous invocation; tests wait seconds.
        "LAMBDA_RETRY_BASE_DELAY": "1",
        # Seconds; AWS reports the depth of queues once a minute.
        "SQS_CLOUDWATCH_METRICS_REPORT_INTERVAL": "2",
        **settings,
    }


def _wait_until_ready(
    endpoint: str, process: "subprocess.Popen[bytes]", log: Path, limit: float, progress: Progress
) -> None:
    begun = time.monotonic()
    told = begun
    while True:
        now = time.monotonic()
        if process.poll() is not None:
            raise LocalStackError(
                f"LocalStack ended with exit code {process.returncode} while it started. If the log names a "
                f"missing module, install the locked dependencies; its end:\n{tail(log)}"
            )
        try:
            services = _services(endpoint)
        except (OSError, ValueError, KeyError) as error:  # not yet, or only half
            said = error
        else:
            if "elbv2" not in services:
                raise LocalStackError(
                    f"LocalStack runs without the plugin for load balancers; the end of its log:\n{tail(log)}"
                )
            _check_service(endpoint, log)
            return
        if now - begun > limit:
            raise LocalStackError(
                f"LocalStack did not answer on {endpoint} within {limit:g} s; at last: {said!r}. Is the machine "
                f"very busy, or the port taken? A running LocalStack can be named by LOCALSTACK_ENDPOINT. The end "
                f"of its log:\n{tail(log)}"
            )
        if now - told > 5:
            told = now
            progress(f"LocalStack is still starting ({now - begun:.0f} s)")
        time.sleep(0.1)


def _services(endpoint: str) -> dict[str, str]:
    with direct_opener().open(endpoint + _HEALTH, timeout=5) as answer:
        services: dict[str, str] = json.load(answer)["services"]
    return services


def _by_address(url: str) -> str:
    """The URL with the address of its host, so that the AWS SDKs put a bucket's name into the path.

    With `http://localhost:4566` they would ask for the host `bucket.localhost`. Not for HTTPS, whose certificate
    is for the name.
    """
    parts = urllib.parse.urlsplit(url)
    if parts.scheme != "http" or not parts.hostname:
        return url
    address = socket.gethostbyname(parts.hostname)
    return parts._replace(netloc=f"{address}:{parts.port or 80}").geturl()


def _check_service(endpoint: str, log: Path) -> None:
    """Make sure that a service can be loaded: LocalStack imports them when they are first used.

    With an interpreter that is too old for it, LocalStack starts, and then every call ends in a SyntaxError.
    """
    credential = "000000000000/20000101/us-east-1/s3/aws4_request"
    authorization = f"AWS4-HMAC-SHA256 Credential={credential}, SignedHeaders=host, Signature=0"
    request = urllib.request.Request(endpoint, headers={"Authorization": authorization})  # noqa: S310
    try:
        direct_opener().open(request, timeout=60).close()
    except OSError as error:
        answer = error.read().decode(errors="replace") if isinstance(error, urllib.error.HTTPError) else ""
        version = ".".join(map(str, sys.version_info[:3]))
        raise LocalStackError(
            f"LocalStack started, but its S3 does not work: {error}: {answer}\nDoes this version of LocalStack run "
            f"on Python {version}? (4.13.1 does on 3.11, 4.14.0 does not.) The end of its log:\n{tail(log)}"
        ) from error


def _free_port() -> int:
    """A port that nobody has, of those that no system gives to connections: LocalStack takes it only seconds later."""
    while True:
        port = random.randint(*_PORTS)  # noqa: S311
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
