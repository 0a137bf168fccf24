"""A Lambda function's code in a process of its own, run by AWS's runtime interface client."""

import json
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from tests.harness.localstack.runtime_api import (
    Exited,
    InitError,
    Invocation,
    Message,
    Ready,
    Result,
    RuntimeApi,
)


@dataclass(frozen=True)
class FunctionSettings:
    """What a process needs to know of its function.

    `code` is the unpacked package, `runtime` the folder with the packages that Lambda offers, `environment`
    what AWS would set; nothing of the host's environment is added. `timeout` is in seconds, `memory` in MB.
    """

    code: Path
    runtime: Path
    handler: str
    environment: Mapping[str, str]
    timeout: float
    memory: int
    version: str


@dataclass(frozen=True)
class Outcome:
    """What the caller of the function gets, and the log of this invocation in CloudWatch's form."""

    payload: bytes
    is_error: bool
    logs: str


class FunctionProcess:
    """One execution environment.

    The process is started by `start`, and again by `invoke` after it ended: as in AWS a crash or a time-out
    costs the environment its state, not its existence.
    """

    def __init__(self, settings: FunctionSettings, folder: Path) -> None:
        self._settings = settings
        self._log = folder / "output.log"
        self._temporary = folder / "tmp"
        self._temporary.mkdir(parents=True)
        self._log.touch()
        self._reported = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._api: RuntimeApi | None = None
        self._init_failure: bytes | None = None

    @property
    def output(self) -> str:
        """All that the function printed so far."""
        return self._log.read_text(errors="replace")

    def start(self, limit: float) -> None:
        """Start the process and wait until it has imported the handler.

        An error there is kept for the next `invoke`, which is where AWS reports it.
        """
        self.stop()
        self._init_failure = None
        self._api = api = RuntimeApi()
        with self._log.open("ab") as log:
            # No process group of its own: whoever ends LocalStack by its group ends the functions with it.
            self._process = process = subprocess.Popen(
                [sys.executable, "-S", "-m", "awslambdaric", self._settings.handler],
                cwd=self._settings.code,
                env=self._environment(api.address),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        threading.Thread(target=lambda: api.messages.put(Exited(process.wait())), daemon=True).start()
        message = _wait(api, limit)
        if isinstance(message, Ready):
            return
        if isinstance(message, InitError):
            self._init_failure = message.body
        elif isinstance(message, Exited):
            self._init_failure = _error("Runtime.ExitError", f"Runtime exited {_how(message.code)}")
        else:
            self._init_failure = _error("Sandbox.Timedout", f"Init did not end within {limit:g} seconds")
        self.stop()

    def invoke(
        self, request_id: str, payload: bytes, function_arn: str, trace_id: str, init_limit: float
    ) -> Outcome:
        """Run one invocation to its end: an answer, an error, the process's exit, or the function's time-out."""
        if self._process is None:
            self.start(init_limit)
        begun = time.monotonic()
        begin_of_output = self._log.stat().st_size
        if self._init_failure is not None or self._api is None:
            payload, is_error = self._init_failure or b"", True
            self._init_failure = None
        else:
            deadline = int((time.time() + self._settings.timeout) * 1000)
            self._api.offer(Invocation(request_id, payload, function_arn, trace_id, deadline))
            payload, is_error = self._result(request_id)
        memory = self._peak_memory()
        if self._process is not None and self._process.poll() is not None:
            self.stop()
        return Outcome(payload, is_error, self._report(request_id, begin_of_output, begun, memory))

    def stop(self) -> None:
        """End the process, with SIGKILL as AWS does, and whatever it started."""
        process, self._process = self._process, None
        if process is not None:
            _kill_tree(process)
        api, self._api = self._api, None
        if api is not None:
            api.close()

    def _result(self, request_id: str) -> tuple[bytes, bool]:
        assert self._api is not None
        end = time.monotonic() + self._settings.timeout
        while True:
            message = _wait(self._api, end - time.monotonic())
            if isinstance(message, Result):
                if message.request_id == request_id:
                    return message.body, message.is_error
            elif isinstance(message, Exited):
                self.stop()
                return (
                    _error(
                        "Runtime.ExitError",
                        f"RequestId: {request_id} Error: Runtime exited {_how(message.code)}",
                    ),
                    True,
                )
            elif message is None:
                self.stop()
                text = f"Task timed out after {self._settings.timeout:.2f} seconds"
                with self._log.open("a") as log:
                    log.write(f"{time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime())} {request_id} {text}\n")
                return _error("Sandbox.Timedout", f"RequestId: {request_id} Error: {text}"), True

    def _environment(self, api_address: str) -> dict[str, str]:
        return {
            "PATH": "/usr/local/bin:/usr/bin:/bin",
            "LANG": "en_US.UTF-8",
            "PYTHONPATH": str(self._settings.runtime),
            # AWS gives every environment a /tmp of its own; here it has another name.
            "TMPDIR": str(self._temporary),
            **self._settings.environment,
            "LAMBDA_TASK_ROOT": str(self._settings.code),
            "LAMBDA_RUNTIME_DIR": str(self._settings.runtime),
            "AWS_LAMBDA_RUNTIME_API": api_address,
        }

    def _peak_memory(self) -> float | None:
        """The process's peak in MB, where the operating system tells (Linux)."""
        if self._process is None:
            return None
        try:
            status = Path(f"/proc/{self._process.pid}/status").read_text()
        except OSError:
            return None
        kilobytes = [line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:")]
        return int(kilobytes[0]) / 1024 if kilobytes else None

    def _report(self, request_id: str, begin_of_output: int, begun: float, memory: float | None) -> str:
        written = self._log.read_bytes()
        before, during = written[self._reported : begin_of_output], written[begin_of_output:]
        self._reported = len(written)
        milliseconds = (time.monotonic() - begun) * 1000
        used = "" if memory is None else f"\tMax Memory Used: {memory:.0f} MB"
        return (
            f"{_text(before)}START RequestId: {request_id} Version: {self._settings.version}\n"
            f"{_text(during)}END RequestId: {request_id}\n"
            f"REPORT RequestId: {request_id}\tDuration: {milliseconds:.2f} ms"
            f"\tBilled Duration: {milliseconds + 0.5:.0f} ms\tMemory Size: {self._settings.memory} MB{used}\n"
        )


def _wait(api: RuntimeApi, seconds: float) -> Message | None:
    try:
        return api.messages.get(timeout=max(0.0, seconds))
    except queue.Empty:
        return None


def _kill_tree(process: "subprocess.Popen[bytes]") -> None:
    try:
        descendants = psutil.Process(process.pid).children(recursive=True)
    except psutil.NoSuchProcess:
        descendants = []
    process.kill()
    for descendant in descendants:
        try:
            descendant.kill()
        except psutil.NoSuchProcess:
            continue
    process.wait()


def _how(code: int) -> str:
    if code == 0:
        return "without providing a reason"
    return f"with error: exit status {code}" if code > 0 else f"with error: signal: {-code}"


def _error(kind: str, message: str) -> bytes:
    document: dict[str, Any] = {"errorType": kind, "errorMessage": message}
    return json.dumps(document).encode()


def _text(output: bytes) -> str:
    text = output.decode(errors="replace")
    return text if not text or text.endswith("\n") else text + "\n"
