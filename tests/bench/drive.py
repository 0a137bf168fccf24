"""Runs a program as Lambda does, event by event, and measures its process."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import threading
import time
import uuid
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from tests.harness.localstack.runtime_api import Exited, Invocation, Ready, Result, RuntimeApi

_TIMEOUT_SECONDS = 900  # Lambda's longest
_MEMORY_MB = 256  # the hub module's default
_NAME = "bench"
_REGION = "eu-west-1"
_OUTPUT_SHOWN = 2_000


class ProgramError(Exception):
    """The program did not do what Lambda expects; the message says what, and the end of its output."""


@dataclass(frozen=True, slots=True)
class Program:
    """Something that speaks Lambda's Runtime API (https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html).

    Attributes:
        label: Its name in the tables.
        command: What starts it.
        folder: Where it is started.
        environment: What it needs beside the variables that Lambda sets.
    """

    label: str
    command: tuple[str, ...]
    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Usage:
    """What one event took.

    Attributes:
        seconds: From handing the event over until its answer.
        cpu_seconds: User and system time of the process and its children meanwhile, to the kernel's tick (10 ms).
    """

    seconds: float
    cpu_seconds: float


class Running:
    """A started program that has asked for its first event.

    Attributes:
        first_poll_seconds: From the process's start until it asked for its first event.
    """

    def __init__(self, process: psutil.Popen, api: RuntimeApi, started: float, output: Path) -> None:
        self._process = process
        self._api = api
        self._started = started
        self._output = output
        message = self._message()
        if not isinstance(message, Ready):
            raise self._error(f"did not get as far as asking for an event: {message}")
        self.first_poll_seconds = self.age_seconds

    @property
    def age_seconds(self) -> float:
        """Seconds since the process was started."""
        return time.perf_counter() - self._started

    @property
    def peak_bytes(self) -> int:
        """Peak of the memory that is resident, of the process and the children that it has now."""
        return sum(_peak_bytes(process) for process in self._family())

    def invoke(self, event: Mapping[str, Any]) -> Usage:
        """Let it handle an event.

        Raises:
            ProgramError: It answered with an error, ended, or took longer than Lambda allows.
        """
        request_id = str(uuid.uuid4())
        invocation = Invocation(
            request_id,
            json.dumps(event).encode(),
            f"arn:aws:lambda:{_REGION}:111111111111:function:{_NAME}",
            f"Root=1-{int(time.time()):08x}-{uuid.uuid4().hex[:24]};Sampled=0",
            int((time.time() + _TIMEOUT_SECONDS) * 1_000),
        )
        cpu_seconds = self._cpu_seconds()
        begun = time.perf_counter()
        self._api.offer(invocation)
        message = self._message()
        seconds = time.perf_counter() - begun
        if not isinstance(message, Result) or message.request_id != request_id or message.is_error:
            raise self._error(f"did not handle an event: {message}")
        return Usage(seconds, self._cpu_seconds() - cpu_seconds)

    def _message(self) -> object:
        try:
            return self._api.messages.get(timeout=_TIMEOUT_SECONDS)
        except queue.Empty:
            return f"nothing came for {_TIMEOUT_SECONDS} seconds"

    def _family(self) -> list[psutil.Process]:
        try:
            return [self._process, *self._process.children(recursive=True)]
        except psutil.NoSuchProcess:
            return []

    def _cpu_seconds(self) -> float:
        total = 0.0
        for process in self._family():
            try:
                times = process.cpu_times()
            except psutil.NoSuchProcess:
                continue
            total += times.user + times.system + times.children_user + times.children_system
        return total

    def _error(self, what: str) -> ProgramError:
        output = self._output.read_text(errors="replace")[-_OUTPUT_SHOWN:].strip()
        return ProgramError(f"The program {what}\nThe end of its output:\n{output or '(nothing)'}")


@contextmanager
def running(
    program: Program, environment: Mapping[str, str], folder: Path, cores: Collection[int] = ()
) -> Iterator[Running]:
    """Start a program, and end it afterwards with all that it started.

    Args:
        program: The program.
        environment: Variables of this run, such as WRITE_ADDRESS; nothing of this process's own is added.
        folder: For its output and temporary files.
        cores: The cores that it may run on; all, if none is given.

    Raises:
        ProgramError: It did not ask for an event.
    """
    api = RuntimeApi()
    temporary = folder / "tmp"
    temporary.mkdir(parents=True, exist_ok=True)
    output = folder / "output.log"
    try:
        with output.open("wb") as log:
            started = time.perf_counter()
            process = psutil.Popen(
                program.command,
                cwd=program.folder,
                env={
                    **_lambda_environment(api.address, temporary),
                    **program.environment,
                    **environment,
                },
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        if cores:
            os.sched_setaffinity(process.pid, cores)
        threading.Thread(target=lambda: api.messages.put(Exited(process.wait())), daemon=True).start()
        try:
            yield Running(process, api, started, output)
        finally:
            _end(process)
    finally:
        api.close()


def _lambda_environment(api: str, temporary: Path) -> dict[str, str]:
    """Return what Lambda sets (https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html)."""
    return {
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "LANG": "en_US.UTF-8",
        "TZ": ":UTC",
        "TMPDIR": str(temporary),
        "_HANDLER": "bootstrap",
        "AWS_LAMBDA_RUNTIME_API": api,
        "AWS_LAMBDA_FUNCTION_NAME": _NAME,
        "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(_MEMORY_MB),
        "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
        "AWS_LAMBDA_LOG_GROUP_NAME": f"/aws/lambda/{_NAME}",
        "AWS_LAMBDA_LOG_STREAM_NAME": "2026/01/01/[$LATEST]0123456789abcdef0123456789abcdef",
        "AWS_EXECUTION_ENV": "AWS_Lambda_python3.13",
        "AWS_REGION": _REGION,
        "AWS_DEFAULT_REGION": _REGION,
        "AWS_ACCESS_KEY_ID": "bench",
        "AWS_SECRET_ACCESS_KEY": "bench",
        "AWS_SESSION_TOKEN": "bench",
        "AWS_EC2_METADATA_DISABLED": "true",
    }


def _peak_bytes(process: psutil.Process) -> int:
    try:
        status = Path(f"/proc/{process.pid}/status").read_text()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1_024 for line in status.splitlines() if line.startswith("VmHWM:"))


def _end(process: psutil.Popen) -> None:
    try:
        family = [*process.children(recursive=True), process]
    except psutil.NoSuchProcess:
        family = []
    for member in family:
        try:
            member.kill()
        except psutil.NoSuchProcess:
            continue
    process.wait()
