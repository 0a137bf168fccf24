"""Architectures and Python versions."""

import platform
import sys

import pytest

from cdktf_app.packaging.errors import PackagingError
from cdktf_app.packaging.target import Target, host_target


@pytest.mark.parametrize(
    ("architecture", "python", "message"),
    [
        ("aarch64", "3.13", "The architecture 'aarch64' is not one of Lambda's: arm64, x86_64"),
        ("arm64", "3", "The Python version '3' is not of the form 3.13"),
        ("arm64", "3.13.1", "The Python version '3.13.1'"),
        ("arm64", "2.7", "The Python version '2.7'"),
    ],
)
def test_a_target_that_is_none_is_refused(architecture: str, python: str, message: str) -> None:
    with pytest.raises(PackagingError) as refused:
        Target(architecture, python)
    assert message in str(refused.value)


@pytest.mark.parametrize(
    ("machine", "architecture"),
    [("x86_64", "x86_64"), ("aarch64", "arm64")],
)
def test_the_host(monkeypatch: pytest.MonkeyPatch, machine: str, architecture: str) -> None:
    monkeypatch.setattr(platform, "machine", lambda: machine)
    monkeypatch.setattr(sys, "platform", "linux")
    assert host_target() == Target(architecture, f"3.{sys.version_info.minor}")


@pytest.mark.parametrize(("system", "machine"), [("darwin", "arm64"), ("linux", "riscv64")])
def test_a_host_that_runs_no_package(monkeypatch: pytest.MonkeyPatch, system: str, machine: str) -> None:
    monkeypatch.setattr(platform, "machine", lambda: machine)
    monkeypatch.setattr(sys, "platform", system)
    with pytest.raises(
        PackagingError, match=f"This host \\({system}, {machine}\\) cannot run a package for Lambda"
    ):
        host_target()
