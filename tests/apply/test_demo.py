"""The demo as a user runs it, in a folder of the test's own: a developer's demo is not touched."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from tests.demo import kept
from tests.harness.loki.receiver import LokiReceiver

USERNAME, PASSWORD, TENANT = "4711", "pass word & more", "platform"
# The provider takes a minute for a load balancer, and as long for a lifecycle configuration.
LIMIT = 600.0

Demo = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "demo"
    yield folder
    left = kept.load(folder)
    if left is not None:
        left.stop_services()


@pytest.fixture
def demo(folder: Path, repository: Path) -> Iterator[Demo]:
    """Starts the demo's command line with these environment variables on top of a neutral environment."""
    started: list[subprocess.Popen[str]] = []
    neutral = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("LOKI_", "DEMO_")) and name not in ("KEEP", "LOCALSTACK_ENDPOINT")
    }

    def start(command: str, **environment: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.demo", command],
            cwd=repository,
            env=neutral | {"DEMO_FOLDER": str(folder)} | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()


def test_a_kept_demo_sends_to_the_users_loki_and_ends_without_a_trace(demo: Demo, folder: Path) -> None:
    with LokiReceiver(username=USERNAME, password=PASSWORD, tenant_id=TENANT) as loki:
        to_loki = {
            "LOKI_URL": loki.push_url,
            "LOKI_USERNAME": USERNAME,
            "LOKI_PASSWORD": PASSWORD,
            "LOKI_TENANT_ID": TENANT,
        }
        up = demo("up", KEEP="1", **to_loki)
        shown, _ = up.communicate(timeout=LIMIT)

        assert up.returncode == 0, shown
        entries = loki.entries(tenant_id=TENANT)
        assert len(entries) == 20
        (run_id,) = {entry.labels["__extra_demo"] for entry in entries}
        assert {entry.labels["__aws_s3_lb_owner"] for entry in entries} == {"222222222222"}
        assert "20 lines, as Loki gives them back" in shown
        assert f"--user {USERNAME}:\"$LOKI_PASSWORD\" --header 'X-Scope-OrgID: platform'" in shown
        assert f'query={{__extra_demo="{run_id}"}}' in shown
        assert PASSWORD not in shown
        # While Terraform works, the lines between the steps say what it waits for.
        assert re.search(
            r"^  Apply .*: \d+ resources done, waiting for .*module\.spoke\.aws_lb\.demo\[0\] \(\w+\)",
            shown,
            re.M,
        )

        running = kept.load(folder)
        assert running is not None
        assert running.localstack_answers()
        services = psutil.Process(running.process_id)
        processes = [services, *services.children(recursive=True)]
        # The services, the guard, LocalStack, and the function where it is still warm.
        assert len(processes) >= 3

        second = demo("up", **to_loki)
        refused, _ = second.communicate(timeout=LIMIT)

        assert second.returncode == 1
        assert "End it first: make demo-down" in refused
        assert running.localstack_answers()

        down = demo("down")
        ended, _ = down.communicate(timeout=LIMIT)

        assert down.returncode == 0, ended
        assert "Destroy all of it" in ended
        _gone, alive = psutil.wait_procs(processes, timeout=60)
        assert alive == []
        assert kept.load(folder) is None
        assert '"resources": []' in next(folder.rglob("terraform.tfstate")).read_text()
        assert len(loki.entries(tenant_id=TENANT)) == 20


def test_an_interrupt_while_localstack_starts_ends_all_at_once(demo: Demo, folder: Path) -> None:
    up = demo("up")
    log = folder / "services.log"
    end = time.monotonic() + 300
    while not (log.exists() and "LocalStack starts on" in log.read_text()):
        assert time.monotonic() < end
        assert up.poll() is None, up.communicate()[0]
        time.sleep(0.01)
    processes = psutil.Process(up.pid).children(recursive=True)

    up.send_signal(signal.SIGINT)
    shown, _ = up.communicate(timeout=LIMIT)

    assert [process.cmdline() for process in processes if process.is_running()] == []
    assert up.returncode == 130
    assert "Interrupted. Nothing was left running." in shown
    assert "LocalStack is ready" not in log.read_text()
