"""Run one command and end it, with everything it started, as soon as the asking process is gone.

    python -I -S guard.py [OPTIONS] -- COMMAND [ARGUMENT ...]

Standard input is the *lifeline*: a pipe, or a FIFO, that nobody ever writes to. The kernel closes it when its
last holder ends, in whatever way, SIGKILL included. The guard then stops the command, as it does when it is
told to by SIGTERM: first a signal to the command alone, after a time of grace SIGKILL to its process group.
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
import time

_POLL = 0.02


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--signal", default="SIGTERM", help="the signal that asks the command to stop")
    parser.add_argument("--grace", type=float, default=10.0, help="seconds to stop when told by SIGTERM")
    parser.add_argument(
        "--orphan-grace", type=float, default=5.0, help="seconds to stop at the lifeline's end"
    )
    parser.add_argument("--remove", help="a folder to remove at the end")
    parser.add_argument("command", nargs="+")
    arguments = parser.parse_args()

    told, orphaned = threading.Event(), threading.Event()
    signal.signal(signal.SIGTERM, lambda _number, _frame: told.set())
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # A process group of the command's own: the last resort must reach what it started, and not the guard.
    child = subprocess.Popen(arguments.command, stdin=subprocess.DEVNULL, process_group=0)
    try:
        threading.Thread(target=_await_end_of_lifeline, args=(orphaned, told), daemon=True).start()
        stop = threading.Thread(target=_stop_when_told, args=(told, orphaned, child, arguments), daemon=True)
        stop.start()
        code = child.wait()
        _kill_group(child.pid)
    finally:
        if arguments.remove:
            shutil.rmtree(arguments.remove, ignore_errors=True)
    return code if code >= 0 else 128 - code


def _await_end_of_lifeline(orphaned: threading.Event, told: threading.Event) -> None:
    while os.read(0, 1):
        pass
    orphaned.set()
    told.set()


def _stop_when_told(
    told: threading.Event,
    orphaned: threading.Event,
    child: "subprocess.Popen[bytes]",
    arguments: argparse.Namespace,
) -> None:
    told.wait()
    child.send_signal(signal.Signals[arguments.signal])
    end = time.monotonic() + arguments.grace
    while time.monotonic() < end and not orphaned.is_set():
        time.sleep(_POLL)
    time.sleep(min(arguments.orphan_grace, max(0.0, end - time.monotonic())))
    _kill_group(child.pid)


def _kill_group(group: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):  # macOS says EPERM for a group of zombies
        os.killpg(group, signal.SIGKILL)


if __name__ == "__main__":
    raise SystemExit(main())
