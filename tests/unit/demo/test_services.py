"""The services end with the demo, also while they start; see also the tests with LocalStack."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

# LocalStack is replaced by something that takes a minute to start.
SLOW_START = """
import contextlib, time
from tests.demo import services

@contextlib.contextmanager
def slow(**_):
    try:
        print("starts", flush=True)
        time.sleep(600)
        yield
    finally:
        print("cleans up", flush=True)
        time.sleep(0.2)
        print("done", flush=True)

services.running_localstack = slow
services._serve()
"""


@pytest.fixture
def starting(monkeypatch: pytest.MonkeyPatch) -> Iterator[subprocess.Popen[bytes]]:
    monkeypatch.delenv("LOCALSTACK_ENDPOINT", raising=False)
    monkeypatch.setenv("DEMO_WITH_LOKI", "")
    process = subprocess.Popen(
        [sys.executable, "-c", SLOW_START],
        cwd=Path(__file__).parents[3],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"starts\n"
    yield process
    process.kill()
    process.wait()


def test_they_end_at_once_when_the_demo_is_gone(starting: subprocess.Popen[bytes]) -> None:
    assert starting.stdin is not None
    assert starting.stdout is not None

    starting.stdin.close()

    assert starting.wait(60) == 0
    assert starting.stdout.read() == b"cleans up\ndone\n"


def test_being_told_to_end_twice_does_not_break_off_the_clean_up(starting: subprocess.Popen[bytes]) -> None:
    assert starting.stdout is not None

    starting.send_signal(signal.SIGTERM)
    assert starting.stdout.readline() == b"cleans up\n"
    starting.send_signal(signal.SIGTERM)

    assert starting.wait(60) == 0
    assert starting.stdout.read() == b"done\n"
