"""What a kept demo leaves on record."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from tests.demo import kept
from tests.demo.kept import Kept
from tests.harness.loki.receiver import LokiReceiver
from tests.unit.demo.processes import services_process

DEMO = Kept(
    process_id=2**22 + 1,  # above the largest process id of Linux
    localstack="http://127.0.0.1:4566",
    own_localstack=True,
    variables={"loki_credentials": {"username": "reader", "password": "gehéim"}, "spokes": ["shop"]},
)


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    folder = tmp_path / "not" / "there" / "yet"

    DEMO.save(folder)

    assert kept.load(folder) == DEMO
    kept.forget(folder)
    assert kept.load(folder) is None
    kept.forget(folder)


@pytest.mark.parametrize("before", [None, 0o644])
def test_only_the_user_can_read_it(tmp_path: Path, before: int | None) -> None:
    if before is not None:
        (tmp_path / "kept.json").touch(before)

    DEMO.save(tmp_path)

    assert stat.S_IMODE((tmp_path / "kept.json").stat().st_mode) == 0o600


def test_services_are_told_from_another_process_with_their_id() -> None:
    with services_process() as process:
        assert Kept(process.pid, "", True, {}).services_run()
    assert not Kept(process.pid, "", True, {}).services_run()
    assert not Kept(os.getpid(), "", True, {}).services_run()
    assert not DEMO.services_run()


def test_an_own_localstack_is_gone_with_the_services_whoever_answers_at_its_address() -> None:
    with LokiReceiver() as someone:
        assert not Kept(DEMO.process_id, someone.url, True, {}).localstack_answers()
        assert Kept(DEMO.process_id, someone.url, False, {}).localstack_answers()
    assert not Kept(DEMO.process_id, someone.url, False, {}).localstack_answers()


def test_an_own_localstack_that_died_does_not_answer() -> None:
    with services_process() as process:
        assert not Kept(process.pid, "http://127.0.0.1:1", True, {}).localstack_answers()


def test_services_that_do_not_listen_are_ended_by_force(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_STOP_LIMIT", 0.3)
    with services_process("signal.signal(signal.SIGTERM, signal.SIG_IGN)") as process:
        Kept(process.pid, "", True, {}).stop_services()

        assert process.wait(60) == -9
