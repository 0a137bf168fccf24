"""Run one command and end it, with everything it started, as soon as the asking process is gone.

    python -I -S guard.py [--grace SECONDS] [--signal NAME] [--remove FOLDER] -- COMMAND [ARGUMENT ...]

Standard input is the *lifeline*: a pipe, or a FIFO shared by several processes, that nobody ever writes to.
The kernel closes it when its last holder ends, in whatever way, SIGKILL included; the guard then stops the
command: first the signal to the command alone, after the grace time SIGKILL to its process group.
The exit code is the command's, or 128 plus the number of the signal that ended it.

A script on the standard library alone, so that it starts in a few milliseconds (`-I -S`). A process in between
is used instead of Linux's PR_SET_PDEATHSIG because that is bound to the *thread* that started the child, does
not reach grandchildren, and does not exist elsewhere.
"""

import argparse
import contextlib
import os
import shutil
import signal
import subprocess
import threading


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--grace", type=float, default=10.0)
    parser.add_argument("--signal", default="SIGTERM")
    parser.add_argument("--remove")
    parser.add_argument("command", nargs="+")
    arguments = parser.parse_args()

    stopped = threading.Event()
    signal.signal(signal.SIGTERM, lambda _number, _frame: stopped.set())
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # A process group of the command's own: the last resort must reach what it started, and not the guard.
    child = subprocess.Popen(arguments.command, stdin=subprocess.DEVNULL, process_group=0)
    try:
        threading.Thread(target=_await_end_of_lifeline, args=(stopped,), daemon=True).start()
        threading.Thread(target=_stop_when_told, args=(stopped, child, arguments), daemon=True).start()
        code = child.wait()
        _kill_group(child.pid)
    finally:
        if arguments.remove:
            shutil.rmtree(arguments.remove, ignore_errors=True)
    return code if code >= 0 else 128 - code


def _await_end_of_lifeline(stopped: threading.Event) -> None:
    while os.read(0, 1):
        pass
    stopped.set()


def _stop_when_told(
    stopped: threading.Event, child: "subprocess.Popen[bytes]", arguments: argparse.Namespace
) -> None:
    stopped.wait()
    child.send_signal(signal.Signals[arguments.signal])
    try:
        child.wait(arguments.grace)
    except subprocess.TimeoutExpired:
        _kill_group(child.pid)


def _kill_group(group: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):  # macOS says EPERM for a group of zombies
        os.killpg(group, signal.SIGKILL)


if __name__ == "__main__":
    raise SystemExit(main())
