"""`python -m tests.demo`: what is wrong with the environment is told before anything starts."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.demo import __main__ as command_line
from tests.demo.kept import Kept
from tests.harness.loki.receiver import LokiReceiver

Demo = Callable[..., tuple[int, str]]


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    """Runs a command with these environment variables, and returns its exit status and what it printed."""
    handler = signal.getsignal(signal.SIGTERM)
    unset: dict[str, str | None] = {name: None for name in os.environ if name.startswith("LOKI_")}

    def run(command: str, **environment: str) -> tuple[int, str]:
        result = CliRunner().invoke(
            command_line.app, [command, "--folder", str(tmp_path)], env={**unset, **environment}
        )
        return result.exit_code, result.output

    yield run
    signal.signal(signal.SIGTERM, handler)


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"LOKI_URL": "localhost:3100"}, "LOKI_URL=localhost:3100 is no HTTP(S) URL with a host"),
        ({"LOKI_URL": "http://127.0.0.1:1"}, "Loki at http://127.0.0.1:1 did not answer"),
    ],
)
def test_a_loki_that_cannot_be_used_is_told_before_anything_starts(
    demo: Demo, tmp_path: Path, environment: Mapping[str, str], said: str
) -> None:
    status, shown = demo("up", **environment)

    assert status == 1
    assert shown.startswith(said)
    assert list(tmp_path.iterdir()) == []


def test_a_loki_that_refuses_the_credentials_is_told_before_anything_starts(
    demo: Demo, tmp_path: Path
) -> None:
    with LokiReceiver(username="reader", password="right") as loki:
        status, shown = demo("up", LOKI_URL=loki.url, LOKI_USERNAME="reader", LOKI_PASSWORD="not-right")

    assert status == 1
    assert f"Loki at {loki.url} refused /loki/api/v1/labels with 401" in shown
    assert "not-right" not in shown
    assert list(tmp_path.iterdir()) == []


def test_a_second_demo_is_refused_while_something_of_the_first_is_left(demo: Demo, tmp_path: Path) -> None:
    with LokiReceiver() as localstack:
        left = Kept(2**22 + 1, localstack.url, own_localstack=False, variables={})
        left.save(tmp_path)

        status, shown = demo("up")

    assert (status, shown) == (
        1,
        "A demo is there already, kept by KEEP=1 or not destroyed. End it first: make demo-down\n",
    )


def test_without_a_demo_there_is_nothing_to_end(demo: Demo) -> None:
    assert demo("down") == (0, "No demo is running.\n")


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (None, "Interrupted. Nothing was left running.\n"),
        (
            Kept(2**22 + 1, "http://127.0.0.1:4566", own_localstack=False, variables={}),
            "Interrupted. What the demo made may still be in the LocalStack at http://127.0.0.1:4566. To end it: "
            "make demo-down\n",
        ),
    ],
)
def test_an_interrupt_is_told_with_what_it_left(
    demo: Demo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, left: Kept | None, said: str
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        if left:
            left.save(tmp_path)
        raise KeyboardInterrupt

    monkeypatch.setattr(command_line, "run", interrupted)

    assert demo("up") == (130, said)
