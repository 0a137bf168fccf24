"""LocalStack and the stand-in for Loki, in a process of their own: `python -m tests.demo.services`.

The process ends, and with it all that it started, at SIGTERM, and as soon as its standard input does: when the demo
has ended, in whatever way, also while the services still start. What the demo writes there keeps them.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from tests.demo.errors import ServicesError
from tests.harness.localstack.server import LocalStackError, existing_localstack, running_localstack
from tests.harness.loki.receiver import LokiReceiver

_KEEP = b"keep"
_LOG = "services.log"
_STOP_LIMIT = 30.0
# How often the process looks for a signal that came just before it went to sleep, in seconds.
_NAP = 1.0


@dataclass(frozen=True, slots=True)
class Services:
    """What runs, and how to keep it running.

    Attributes:
        process: The process that everything hangs on.
        localstack: LocalStack's endpoint.
        own_localstack: It was started here, and is not one that the user named.
        loki: The base URL of the stand-in for Loki; empty when it was not wanted.
    """

    process: subprocess.Popen[bytes]
    localstack: str
    own_localstack: bool
    loki: str

    def keep(self) -> None:
        """Let the services outlive this process."""
        assert self.process.stdin is not None
        self.process.stdin.write(_KEEP)
        self.process.stdin.flush()

    def stop(self) -> None:
        """End the services and wait until they are gone."""
        _stop(self.process)


def start_services(folder: Path, *, username: str, password: str, with_loki: bool) -> Services:
    """Start the services with their log in `folder`; takes some seconds.

    Raises:
        ServicesError: They did not start.
        BaseException: What interrupted the start, after the services were ended.
    """
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / _LOG
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", __spec__.name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=output,
            env={
                **os.environ,
                "DEMO_WITH_LOKI": "1" if with_loki else "",
                "DEMO_LOKI_USERNAME": username,
                "DEMO_LOKI_PASSWORD": password,
            },
            # Ctrl-C in the terminal is for the demo, which ends these when it is done with them.
            start_new_session=True,
        )
    assert process.stdout is not None
    try:
        answer = process.stdout.readline()
    except BaseException:
        _stop(process)
        raise
    if not answer:
        process.wait(_STOP_LIMIT)
        raise ServicesError(log.read_text(errors="replace").strip())
    started = json.loads(answer)
    return Services(process, started["localstack"], started["own_localstack"], started["loki"])


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    process.wait(_STOP_LIMIT)


def _serve() -> None:
    signal.signal(signal.SIGTERM, _end)
    threading.Thread(target=_end_with_the_demo, daemon=True).start()
    with contextlib.ExitStack() as stack:
        named = os.environ.get("LOCALSTACK_ENDPOINT")
        localstack = (
            existing_localstack(named)
            if named
            else stack.enter_context(
                running_localstack(progress=lambda text: print(text, file=sys.stderr, flush=True))
            )
        )
        loki = ""
        if os.environ["DEMO_WITH_LOKI"]:
            loki = stack.enter_context(
                LokiReceiver(
                    username=os.environ["DEMO_LOKI_USERNAME"], password=os.environ["DEMO_LOKI_PASSWORD"]
                )
            ).url
        started = {"localstack": localstack.endpoint, "own_localstack": not named, "loki": loki}
        print(json.dumps(started), flush=True)
        while True:
            time.sleep(_NAP)


def _end(_number: int, _frame: object) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # once is enough: what follows is the clean-up
    raise SystemExit(0)


def _end_with_the_demo() -> None:
    """Send SIGTERM to the main thread when the demo is gone without a word; return when it said to keep going."""
    if os.read(sys.stdin.fileno(), len(_KEEP)) != _KEEP:
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGTERM)


if __name__ == "__main__":
    try:
        _serve()
    except LocalStackError as error:
        sys.exit(str(error))
