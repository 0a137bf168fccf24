"""`make demo-down` ends the services whatever happens, and leaves a record where there is something left to end."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console

from tests.demo import ending, kept
from tests.demo.ending import end
from tests.demo.errors import DemoError, message
from tests.demo.kept import Kept
from tests.harness.loki.receiver import LokiReceiver
from tests.harness.process.run import Finished
from tests.harness.terraform.errors import LeftoverError, TerraformError
from tests.unit.demo.processes import services_process

FAILURE = TerraformError(Finished(("terraform", "destroy"), 1, "", "the bucket is not empty", 1.0), Path())
GONE = "http://127.0.0.1:1"


class Workspace:
    """Takes the place of Terraform, and ends as it is told to."""

    def __init__(self) -> None:
        self.error: BaseException | None = None
        self.made_for: list[str] = []
        self.destroyed = 0

    def __call__(self, _folder: Path, endpoint: str, _variables: object) -> Workspace:
        self.made_for.append(endpoint)
        return self

    def destroy(self) -> None:
        if self.error:
            raise self.error
        self.destroyed += 1


@pytest.fixture
def terraform(monkeypatch: pytest.MonkeyPatch) -> Workspace:
    workspace = Workspace()
    monkeypatch.setattr(ending, "workspace", workspace)
    return workspace


@pytest.fixture
def services() -> Iterator[subprocess.Popen[str]]:
    with services_process() as process:
        yield process


@pytest.fixture
def localstack() -> Iterator[str]:
    """Something that answers: more is not asked of it."""
    with LokiReceiver() as answering:
        yield answering.url


def saved(folder: Path, process: subprocess.Popen[str], localstack: str, *, own: bool) -> Kept:
    demo = Kept(process.pid, localstack, own, {"region": "eu-west-1"})
    demo.save(folder)
    return demo


def run_end(folder: Path, demo: Kept) -> str:
    shown = io.StringIO()
    end(Console(file=shown), folder, demo)
    return shown.getvalue()


@pytest.mark.parametrize("own", [True, False])
def test_all_is_destroyed_and_forgotten(
    tmp_path: Path, terraform: Workspace, services: subprocess.Popen[str], localstack: str, own: bool
) -> None:
    run_end(tmp_path, saved(tmp_path, services, localstack, own=own))

    assert terraform.made_for == [localstack]
    assert terraform.destroyed == 1
    assert services.wait(60) == -15
    assert kept.load(tmp_path) is None


@pytest.mark.parametrize("error", [FAILURE, LeftoverError("aws_s3_bucket.this is left")])
def test_an_own_localstack_ends_with_all_that_could_not_be_destroyed(
    tmp_path: Path,
    terraform: Workspace,
    services: subprocess.Popen[str],
    localstack: str,
    error: Exception,
) -> None:
    terraform.error = error

    with pytest.raises(DemoError) as told:
        run_end(tmp_path, saved(tmp_path, services, localstack, own=True))

    assert message(told.value) == (
        f"{error}\n\nNot all of it could be destroyed, but LocalStack has been ended, and with it all that was in it."
    )
    assert services.wait(60) == -15
    assert kept.load(tmp_path) is None


def test_what_could_not_be_destroyed_in_a_localstack_of_the_users_can_be_tried_again(
    tmp_path: Path, terraform: Workspace, services: subprocess.Popen[str], localstack: str
) -> None:
    terraform.error = FAILURE
    demo = saved(tmp_path, services, localstack, own=False)

    with pytest.raises(DemoError, match=f"may still be in the LocalStack at {localstack}"):
        run_end(tmp_path, demo)

    assert services.wait(60) == -15
    assert kept.load(tmp_path) == demo

    terraform.error = None
    run_end(tmp_path, demo)

    assert terraform.destroyed == 1
    assert kept.load(tmp_path) is None


@pytest.mark.parametrize("own", [True, False])
def test_an_interrupt_leaves_a_record_only_of_what_is_left(
    tmp_path: Path, terraform: Workspace, services: subprocess.Popen[str], localstack: str, own: bool
) -> None:
    terraform.error = KeyboardInterrupt()
    demo = saved(tmp_path, services, localstack, own=own)

    with pytest.raises(KeyboardInterrupt):
        run_end(tmp_path, demo)

    assert services.wait(60) == -15
    assert kept.load(tmp_path) == (None if own else demo)


@pytest.mark.parametrize("own", [True, False])
def test_with_localstack_gone_there_is_nothing_to_destroy(
    tmp_path: Path, terraform: Workspace, services: subprocess.Popen[str], own: bool
) -> None:
    shown = run_end(tmp_path, saved(tmp_path, services, GONE, own=own))

    assert f"The LocalStack at {GONE} is gone" in shown
    assert terraform.made_for == []
    assert services.wait(60) == -15
    assert kept.load(tmp_path) is None


def test_the_failure_that_came_first_is_told_first() -> None:
    def apply_and_destroy() -> None:
        try:
            raise DemoError("0 of 20 lines arrived")
        finally:
            try:
                raise FAILURE
            except TerraformError as error:
                raise DemoError(f"{error}\n\nNot all of it could be destroyed") from error

    with pytest.raises(DemoError) as told:
        apply_and_destroy()

    assert message(told.value) == f"0 of 20 lines arrived\n\n{FAILURE}\n\nNot all of it could be destroyed"
