"""The demo's services end with the demo, unless they are kept."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.demo.kept import Kept
from tests.demo.services import Services, start_services
from tests.harness.direct import direct_opener


def _answers(url: str) -> bool:
    try:
        direct_opener().open(url, timeout=30).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def _wait_until(condition: Callable[[], bool]) -> None:
    limit = time.monotonic() + 120
    while not condition():
        assert time.monotonic() < limit, "it did not happen in time"
        time.sleep(0.1)


@pytest.fixture
def services(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Services:
    monkeypatch.delenv("LOCALSTACK_ENDPOINT", raising=False)
    return start_services(tmp_path, username="user", password="secret", with_loki=True)


def test_both_answer_and_are_gone_after_stop(services: Services) -> None:
    assert _answers(services.localstack + "/_localstack/health")
    assert _answers(services.loki + "/ready")

    services.stop()

    assert services.process.returncode == 0
    _wait_until(lambda: not _answers(services.localstack) and not _answers(services.loki))


def test_they_end_when_the_demo_is_killed(tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from tests.demo.services import start_services;"
        "s = start_services(Path(sys.argv[1]), username='u', password='p', with_loki=True);"
        "print(s.localstack, s.loki, flush=True); time.sleep(600)"
    )
    environment = {name: value for name, value in os.environ.items() if name != "LOCALSTACK_ENDPOINT"}
    demo = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, env=environment
    )
    assert demo.stdout is not None
    localstack, loki = demo.stdout.readline().decode().split()
    assert _answers(localstack + "/_localstack/health")

    demo.kill()
    demo.wait()

    _wait_until(lambda: not _answers(localstack) and not _answers(loki))


def test_kept_services_outlive_the_demo_until_they_are_told_to_end(services: Services) -> None:
    assert services.process.stdin is not None
    services.keep()
    services.process.stdin.close()
    kept = Kept(services.process.pid, services.localstack, services.own_localstack, {})

    time.sleep(1)
    assert kept.localstack_answers()
    assert _answers(services.loki + "/ready")

    os.kill(kept.process_id, signal.SIGTERM)
    services.process.wait(timeout=120)
    _wait_until(lambda: not _answers(services.localstack) and not _answers(services.loki))


def test_a_localstack_that_does_not_answer_is_named(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from tests.demo.services import ServicesError, start_services\n"
        "try: start_services(Path(sys.argv[1]), username='u', password='p', with_loki=False)\n"
        "except ServicesError as error: print(error)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)],
        env={**os.environ, "LOCALSTACK_ENDPOINT": "http://127.0.0.1:1"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert "LOCALSTACK_ENDPOINT=http://127.0.0.1:1 does not answer" in done.stdout
    assert "unset the variable" in done.stdout
