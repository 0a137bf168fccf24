"""Packages with native code for another place are found before a function fails on them."""

import platform
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

import pytest

from tests.harness.localstack.native_code import ForeignNativeCodeError, check_native_code

HERE = {"x86_64": 62, "aarch64": 183}[platform.machine()]
ELSEWHERE = 245 - HERE


def library(folder: Path, name: str, machine: int) -> None:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"\x7fELF" + bytes(14) + machine.to_bytes(2, "little") + bytes(44))


def test_native_code_for_this_host_is_fine(tmp_path: Path) -> None:
    library(tmp_path, f"package/fast{EXTENSION_SUFFIXES[0]}", HERE)
    library(tmp_path, "package/stable.abi3.so", HERE)
    library(tmp_path, "package.libs/libz.so.1", HERE)
    (tmp_path / "plain.py").touch()

    check_native_code(tmp_path)


@pytest.mark.parametrize(
    ("name", "machine", "reason"),
    [
        ("package/fast.cpython-38-x86_64-linux-gnu.so", HERE, "is tagged for another Python or platform"),
        ("package/stable.abi3.so", ELSEWHERE, "is for (arm64|x86_64)"),
        ("package.libs/libz.so.1", ELSEWHERE, "is for (arm64|x86_64)"),
        ("package/odd.so", 8, "is for another architecture"),
    ],
)
def test_foreign_native_code_is_named_with_the_remedies(
    tmp_path: Path, name: str, machine: int, reason: str
) -> None:
    library(tmp_path, name, machine)

    with pytest.raises(ForeignNativeCodeError, match=reason) as caught:
        check_native_code(tmp_path)

    assert name in str(caught.value)
    assert "build the package for it" in str(caught.value)
    assert "LOCALSTACK_ENDPOINT" in str(caught.value)


def test_a_library_of_another_operating_system_is_foreign(tmp_path: Path) -> None:
    (tmp_path / "fast.abi3.so").write_bytes(b"\xcf\xfa\xed\xfe" + bytes(60))

    with pytest.raises(ForeignNativeCodeError, match="is not a Linux library"):
        check_native_code(tmp_path)
