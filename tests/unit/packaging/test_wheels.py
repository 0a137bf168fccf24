"""Wheels come from the index by hash, and from the cache by the same hash."""

import hashlib
import subprocess
from pathlib import Path

import pytest

from cdktf_app.packaging import wheels
from cdktf_app.packaging.errors import PackagingError
from cdktf_app.packaging.target import Target
from cdktf_app.packaging.wheels import fetch_wheels

WHEEL = b"the content of a wheel"


@pytest.fixture
def requirements(tmp_path: Path) -> Path:
    path = tmp_path / "requirements.txt"
    path.write_text(f"one==1 --hash=sha256:{hashlib.sha256(WHEEL).hexdigest()}\n")
    return path


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Commands that were run, in place of pip, each of which leaves a wheel."""
    ran: list[list[str]] = []

    def run(command: list[str], **_options: object) -> subprocess.CompletedProcess[str]:
        ran.append(command)
        folder = Path(command[command.index("--dest") + 1])
        folder.mkdir()
        (folder / "one-1-py3-none-any.whl").write_bytes(WHEEL)
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(subprocess, "run", run)
    return ran


def test_pip_is_asked_for_the_target(requirements: Path, commands: list[list[str]], tmp_path: Path) -> None:
    (wheel,) = fetch_wheels(requirements, Target("arm64", "3.13"), tmp_path / "cache", print)
    assert wheel.read_bytes() == WHEEL
    (command,) = commands
    line = " ".join(command)
    for part in (
        "--require-hashes",
        "--only-binary :all:",
        "--python-version 3.13",
        "--implementation cp",
        "--abi cp313",
        "--platform manylinux_2_34_aarch64 --platform manylinux_2_28_aarch64",
    ):
        assert part in line


def test_the_second_time_comes_from_the_cache(
    requirements: Path, commands: list[list[str]], tmp_path: Path
) -> None:
    for _ in range(2):
        fetch_wheels(requirements, Target("arm64"), tmp_path / "cache", print)
    assert len(commands) == 1
    fetch_wheels(requirements, Target("x86_64"), tmp_path / "cache", print)
    requirements.write_text(requirements.read_text() + "# another\n")
    fetch_wheels(requirements, Target("arm64"), tmp_path / "cache", print)
    assert len(commands) == 3


def test_a_damaged_cache_is_told_and_mends_itself(
    requirements: Path, commands: list[list[str]], tmp_path: Path
) -> None:
    (wheel,) = fetch_wheels(requirements, Target("arm64"), tmp_path / "cache", print)
    wheel.write_bytes(b"something else")
    with pytest.raises(
        PackagingError, match=r"one-1-py3-none-any\.whl is not the one that requirements\.txt pins"
    ):
        fetch_wheels(requirements, Target("arm64"), tmp_path / "cache", print)
    fetch_wheels(requirements, Target("arm64"), tmp_path / "cache", print)
    assert len(commands) == 2


def test_a_package_that_is_not_there_is_told(tmp_path: Path) -> None:
    path = tmp_path / "requirements.txt"
    path.write_text(f"one==1 --hash=sha256:{'a' * 64}\n")
    offline = "--no-index\n--find-links " + str(tmp_path) + "\n"
    path.write_text(offline + path.read_text())
    with pytest.raises(
        PackagingError, match=r"pip could not get the wheels of requirements\.txt for arm64-py3\.13: .*one"
    ):
        wheels.fetch_wheels(path, Target("arm64"), tmp_path / "cache", print)
    assert list((tmp_path / "cache").iterdir()) == []
