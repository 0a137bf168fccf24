"""What the fixtures do when a test fails or is interrupted, seen from outside of a pytest run."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[3]
CONFIGURATION = """
variable "marker" {}

resource "terraform_data" "kept" {
  input = var.marker
  provisioner "local-exec" {
    command = "touch ${self.input}"
  }
  provisioner "local-exec" {
    when    = destroy
    command = "rm ${self.input}"
  }
}
"""
TEST = """
import time

def test_it(offline_workspace, repository):
    marker = repository / "marker"
    offline_workspace("live", {{"marker": str(marker)}}, repository=repository).apply()
    assert marker.exists()
    {ending}
"""
NOTED_FOLDER = """
def test_it(run_folder, worker_id, repository):
    (repository / f"noted-{{worker_id}}").write_text(str(run_folder))
    {ending}
"""

TEST_OF_A_MODULE = """
import pytest
from tests.harness.pytest_plugin import is_kept

@pytest.fixture(scope="module")
def applied(request, repository):
    yield
    if not is_kept(request, repository):
        (repository / "destroyed").touch()

def test_one(applied):
    {ending}

def test_another(applied):
    pass
"""

Run = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Starts pytest on a test that applies, and then ends in the given way."""
    (tmp_path / "live").mkdir()
    (tmp_path / "live/main.tf").write_text(CONFIGURATION)

    def start(ending: str, *options: str, test: str = TEST) -> "subprocess.Popen[str]":
        (tmp_path / "test_it.py").write_text(test.format(ending=ending))
        (tmp_path / "pytest.ini").write_text("[pytest]\n")
        return subprocess.Popen(
            [
                *(sys.executable, "-m", "pytest", "-p", "tests.harness.pytest_plugin"),
                *("-p", "no:cacheprovider", f"--basetemp={tmp_path / 'base'}"),
                *options,
                "test_it.py",
            ],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    return start


def test_a_failed_test_is_destroyed_and_shows_what_terraform_said(run: Run, tmp_path: Path) -> None:
    output, _ = run("assert False").communicate(timeout=300)

    assert "1 failed" in output
    assert not (tmp_path / "marker").exists()
    assert "Terraform, live, 03-output.stdout" in output
    assert re.search(r"^destroy +1 ", output, re.MULTILINE)


def test_a_failed_test_is_kept_when_asked_for(run: Run, tmp_path: Path) -> None:
    output, _ = run("assert False", "--keep-on-failure").communicate(timeout=300)

    assert (tmp_path / "marker").exists()
    folder = re.search(r"kept, not destroyed: (\S+)", output)
    assert folder is not None
    assert (Path(folder[1]) / "terraform.tfstate").exists()


@pytest.mark.parametrize(
    ("ending", "options", "destroyed"),
    [
        ("assert False", ["--keep-on-failure"], False),
        ("assert False", [], True),
        ("pass", ["--keep-on-failure"], True),
    ],
)
def test_what_a_module_s_fixture_applied_is_kept_when_one_of_its_tests_failed(
    ending: str, options: list[str], destroyed: bool, run: Run, tmp_path: Path
) -> None:
    output, _ = run(ending, *options, test=TEST_OF_A_MODULE).communicate(timeout=60)

    assert (tmp_path / "destroyed").exists() is destroyed, output
    assert (f"kept, not destroyed: {tmp_path}" in output) is not destroyed


def test_an_interrupted_test_is_destroyed(run: Run, tmp_path: Path) -> None:
    process = run("time.sleep(600)")
    end = time.monotonic() + 300
    while not (tmp_path / "marker").exists():
        assert time.monotonic() < end
        time.sleep(0.05)

    process.send_signal(signal.SIGINT)
    output, _ = process.communicate(timeout=300)

    assert "KeyboardInterrupt" in output
    assert not (tmp_path / "marker").exists()


def test_a_test_that_takes_too_long_is_destroyed(run: Run, tmp_path: Path) -> None:
    output, _ = run("time.sleep(600)", "--timeout=3", "--timeout-method=signal").communicate(timeout=300)

    assert "Timeout" in output
    assert not (tmp_path / "marker").exists()


def test_a_passed_test_is_destroyed_and_the_timings_of_all_workers_are_reported(
    run: Run, tmp_path: Path
) -> None:
    output, _ = run("pass", "-n", "1", "--keep-on-failure").communicate(timeout=300)

    assert "1 passed" in output
    assert not (tmp_path / "marker").exists()
    assert re.search(r"^apply +1 ", output, re.MULTILINE)


def test_all_workers_have_one_folder_that_goes_with_the_run(run: Run, tmp_path: Path) -> None:
    process = run("assert run_folder.is_dir()", "-n", "2", "--dist=each", test=NOTED_FOLDER)
    output, _ = process.communicate(timeout=60)

    assert "2 passed" in output
    noted = [file.read_text() for file in tmp_path.glob("noted-*")]
    assert len(noted) == 2
    assert len({*noted}) == 1
    assert not Path(noted[0]).exists()
