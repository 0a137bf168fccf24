"""Commands under the guard, and the ends of logs."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from tests.harness.process.run import CommandTimeoutError, run_guarded
from tests.harness.process.tail import tail

# A command that starts another one, tells both ids, and ignores the request to stop.
STUBBORN = """
import os, signal, subprocess, sys, time
signal.signal(signal.SIGINT, signal.SIG_IGN)
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
print(os.getpid(), child.pid, flush=True)
time.sleep(600)
"""


def wait_for_line(log: Path) -> None:
    end = time.monotonic() + 60
    while not (log.exists() and log.read_text().endswith("\n")):
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.fixture
def _time_begins_with_the_first_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine may take longer to start a command than the tests let it run."""

    class Started(subprocess.Popen[bytes]):
        def wait(self, timeout: float | None = None) -> int:
            wait_for_line(tmp_path / "log.stdout")
            return super().wait(timeout)

    monkeypatch.setattr("tests.harness.process.run.subprocess.Popen", Started)


def wait_until_gone(pids: list[int]) -> None:
    end = time.monotonic() + 60
    while any(psutil.pid_exists(pid) and _runs(pid) for pid in pids):
        assert time.monotonic() < end, f"still there: {pids}"
        time.sleep(0.02)


def _runs(pid: int) -> bool:
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def test_the_command_s_output_exit_code_and_environment_are_its_own(tmp_path: Path) -> None:
    source = "import os, sys; print(dict(os.environ)['A']); print('bad', file=sys.stderr); sys.exit(3)"

    finished = run_guarded(
        [sys.executable, "-c", source], cwd=tmp_path, env={"A": "1"}, logs=tmp_path / "log", timeout=120
    )

    assert (finished.exit_code, finished.stdout, finished.stderr) == (3, "1\n", "bad\n")
    assert (tmp_path / "log.stdout").read_text() == "1\n"


@pytest.mark.usefixtures("_time_begins_with_the_first_line")
def test_a_command_that_takes_too_long_is_stopped_with_all_that_it_started(tmp_path: Path) -> None:
    with pytest.raises(CommandTimeoutError, match=r"did not end within 1 s .*log\.stdout"):
        run_guarded(
            [sys.executable, "-c", STUBBORN],
            cwd=tmp_path,
            env={},
            logs=tmp_path / "log",
            timeout=1,
            grace=0.1,
        )

    command, child = map(int, (tmp_path / "log.stdout").read_text().split())
    wait_until_gone([command, child])


def test_what_a_command_leaves_behind_ends_with_it(tmp_path: Path) -> None:
    source = (
        "import subprocess, sys\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        "print(child.pid)"
    )

    finished = run_guarded(
        [sys.executable, "-c", source], cwd=tmp_path, env={}, logs=tmp_path / "log", timeout=120
    )

    wait_until_gone([int(finished.stdout)])


@pytest.mark.usefixtures("_time_begins_with_the_first_line")
def test_an_interrupted_command_may_finish_in_good_order(tmp_path: Path) -> None:
    source = (
        "import signal, sys, time\n"
        "signal.signal(signal.SIGINT, lambda *_: (print('saved', flush=True), sys.exit(0)))\n"
        "print('ready', flush=True)\n"
        "time.sleep(600)"
    )

    with pytest.raises(CommandTimeoutError):
        run_guarded([sys.executable, "-c", source], cwd=tmp_path, env={}, logs=tmp_path / "log", timeout=1)

    assert (tmp_path / "log.stdout").read_text() == "ready\nsaved\n"


def test_nothing_outlives_a_caller_that_is_killed(tmp_path: Path) -> None:
    caller = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys\nfrom pathlib import Path\nfrom tests.harness.process.run import run_guarded\n"
            f"run_guarded([sys.executable, '-c', {STUBBORN!r}], cwd=Path({str(tmp_path)!r}), env={{}}, "
            f"logs=Path({str(tmp_path)!r}) / 'log', timeout=600, grace=0.1)",
        ],
        cwd=Path(__file__).parents[3],
    )
    log = tmp_path / "log.stdout"
    wait_for_line(log)

    os.kill(caller.pid, signal.SIGKILL)
    caller.wait()

    wait_until_gone([int(pid) for pid in log.read_text().split()])


def test_a_tail_is_the_last_lines_or_says_why_there_are_none(tmp_path: Path) -> None:
    log = tmp_path / "log"
    assert tail(log) == f"[{log} does not exist]"
    log.touch()
    assert tail(log) == f"[{log} is empty]"
    log.write_text("".join(f"line {n}\n" for n in range(100_000)))
    assert tail(log, 2) == "line 99998\nline 99999"
