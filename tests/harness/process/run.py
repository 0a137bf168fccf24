"""Start and run commands under the guard."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_MARGIN = 10.0  # seconds for the guard itself, on a busy machine
GUARD = Path(__file__).with_name("guard.py")


@dataclass(frozen=True)
class Finished:
    """How a command ended: its exit code, what it printed, and how long it took in seconds."""

    command: tuple[str, ...]
    exit_code: int
    stdout: str
    stderr: str
    seconds: float


class CommandTimeoutError(RuntimeError):
    """A command took longer than it may, and was stopped."""


def guard_command(
    command: Sequence[str], *, grace: float, stop_signal: str = "SIGTERM", remove: Path | None = None
) -> list[str]:
    """The command line that runs `command` under the guard; its standard input has to be the lifeline."""
    options = ["--grace", str(grace), "--signal", stop_signal]
    if remove is not None:
        options += ["--remove", str(remove)]
    return [sys.executable, "-I", "-S", str(GUARD), *options, "--", *command]


@contextmanager
def _lifeline() -> Iterator[int]:
    """A pipe's reading end, whose writing end is open in this process only, for the time of a `with` block."""
    read_end, write_end = os.pipe()
    try:
        yield read_end
    finally:
        os.close(read_end)
        os.close(write_end)


def run_guarded(
    command: Sequence[str],
    *,
    cwd: Path,
    env: Mapping[str, str],
    logs: Path,
    timeout: float,
    grace: float = 30.0,
    stop_signal: str = "SIGINT",
) -> Finished:
    """Run a command to its end and return what it printed.

    Output goes to `<logs>.stdout` and `<logs>.stderr`, so that it can be followed while the command runs and
    read when it was interrupted. When the caller is interrupted (Ctrl-C, a time-out of the test runner) the
    command gets `stop_signal` and `grace` seconds to finish in good order before this function returns; when
    the caller is killed, the command gets a few seconds.

    Raises:
        CommandTimeoutError: the command ran for more than `timeout` seconds; it has been stopped.
        FileNotFoundError: the working folder does not exist.
    """
    stdout_file, stderr_file = Path(f"{logs}.stdout"), Path(f"{logs}.stderr")
    begun = time.monotonic()
    with _lifeline() as read_end, stdout_file.open("wb") as stdout, stderr_file.open("wb") as stderr:
        process = subprocess.Popen(
            guard_command(command, grace=grace, stop_signal=stop_signal),
            stdin=read_end,
            stdout=stdout,
            stderr=stderr,
            cwd=cwd,
            env=dict(env),
            start_new_session=True,
        )
        try:
            process.wait(timeout)
        except BaseException as error:
            process.terminate()
            process.wait(grace + _MARGIN)
            if isinstance(error, subprocess.TimeoutExpired):
                raise CommandTimeoutError(
                    f"{' '.join(command)} did not end within {timeout:g} s and was stopped; its output is in "
                    f"{stdout_file} and {stderr_file}"
                ) from error
            raise
    return Finished(
        command=tuple(command),
        exit_code=process.returncode,
        stdout=stdout_file.read_text(errors="replace"),
        stderr=stderr_file.read_text(errors="replace"),
        seconds=time.monotonic() - begun,
    )
