"""LocalStack and the stand-in for Loki, in a process of their own: `python -m tests.demo.services`.

The process ends, and with it all that it started, when the demo does, in whatever way; unless the demo writes to
its standard input to keep it. Then it ends at SIGTERM.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.harness.localstack.server import LocalStackError, existing_localstack, running_localstack
from tests.harness.loki.receiver import LokiReceiver

_KEEP = b"keep"
_LOG = "services.log"


class ServicesError(RuntimeError):
    """LocalStack or the stand-in for Loki did not start; the message says why."""


@dataclass(frozen=True, slots=True)
class Services:
    """What runs, and how to keep it running.

    Attributes:
        process: The process that everything hangs on.
        localstack: LocalStack's endpoint.
        loki: The base URL of the stand-in for Loki; empty when it was not wanted.
    """

    process: subprocess.Popen[bytes]
    localstack: str
    loki: str

    def keep(self) -> None:
        """Let the services outlive this process."""
        assert self.process.stdin is not None
        self.process.stdin.write(_KEEP)
        self.process.stdin.flush()

    def stop(self) -> None:
        """End the services and wait until they are gone."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(timeout=30)


def start_services(folder: Path, *, username: str, password: str, with_loki: bool) -> Services:
    """Start the services with their log in `folder`; takes some seconds.

    Raises:
        ServicesError: They did not start.
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
    answer = process.stdout.readline()
    if not answer:
        process.wait(timeout=30)
        raise ServicesError(log.read_text(errors="replace").strip())
    started = json.loads(answer)
    return Services(process, started["localstack"], started["loki"])


def _serve() -> None:
    def end(_number: int, _frame: object) -> None:
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, end)
    with contextlib.ExitStack() as stack:
        named = os.environ.get("LOCALSTACK_ENDPOINT")
        localstack = (
            existing_localstack(named)
            if named
            else stack.enter_context(running_localstack(progress=lambda text: print(text, file=sys.stderr)))
        )
        loki = ""
        if os.environ["DEMO_WITH_LOKI"]:
            loki = stack.enter_context(
                LokiReceiver(
                    username=os.environ["DEMO_LOKI_USERNAME"], password=os.environ["DEMO_LOKI_PASSWORD"]
                )
            ).url
        print(json.dumps({"localstack": localstack.endpoint, "loki": loki}), flush=True)
        _wait_for_the_end()


def _wait_for_the_end() -> None:
    """Return when the demo is gone without a word; when it said to keep the services, wait for SIGTERM."""
    descriptor = sys.stdin.fileno()
    select.select([descriptor], [], [])
    if os.read(descriptor, len(_KEEP)) == _KEEP:
        while True:
            signal.pause()


if __name__ == "__main__":
    try:
        _serve()
    except LocalStackError as error:
        sys.exit(str(error))
