"""What goes into a package, from sources and wheels."""

import zipfile
from pathlib import Path

import pytest

from cdktf_app.packaging.contents import function_members, merge, wheel_members
from cdktf_app.packaging.errors import PackagingError


def wheel(path: Path, *names: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, name.encode())
    return path


def test_modules_only_go_in(tmp_path: Path) -> None:
    source = tmp_path / "promtail"
    for name in (
        "__init__.py",
        "sub/a.py",
        "a.pyi",
        "a.proto",
        "requirements.txt",
        "__pycache__/a.cpython-313.pyc",
    ):
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text(name)
    assert function_members(source) == {
        "promtail/__init__.py": b"__init__.py",
        "promtail/sub/a.py": b"sub/a.py",
    }


def test_modules_that_are_not_for_lambda_stay_out(tmp_path: Path) -> None:
    source = tmp_path / "onboarding"
    for name in ("__init__.py", "__main__.py", "cli/__init__.py", "cli/table.py", "client.py"):
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text(name)
    assert sorted(function_members(source, ["onboarding/__main__.py", "onboarding/cli/*"])) == [
        "onboarding/__init__.py",
        "onboarding/client.py",
    ]


def test_what_is_not_needed_to_run_stays_out_and_licences_stay_in(tmp_path: Path) -> None:
    path = wheel(
        tmp_path / "a.whl",
        "a/__init__.py",
        "a/_a.so",
        "a/_a.pyi",
        "a/py.typed",
        "a-1.dist-info/METADATA",
        "a-1.dist-info/RECORD",
        "a-1.dist-info/WHEEL",
        "a-1.dist-info/licenses/LICENSE",
        "a-1.dist-info/sboms/a.json",
    )
    assert sorted(wheel_members([path])) == [
        "a-1.dist-info/METADATA",
        "a-1.dist-info/licenses/LICENSE",
        "a/__init__.py",
        "a/_a.so",
    ]


@pytest.mark.parametrize("name", ["a-1.data/scripts/run", "/etc/passwd", "../a.py"])
def test_what_needs_an_installer_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(PackagingError, match=r"a\.whl holds .*, which only an installer"):
        wheel_members([wheel(tmp_path / "a.whl", name)])


def test_two_owners_of_a_file_are_refused(tmp_path: Path) -> None:
    wheels = [wheel(tmp_path / "a.whl", "x.py"), wheel(tmp_path / "b.whl", "x.py")]
    with pytest.raises(PackagingError, match=r"b\.whl holds x\.py, which another wheel holds too"):
        wheel_members(wheels)
    with pytest.raises(PackagingError, match=r"A dependency holds x\.py"):
        merge({"x.py": b""}, {"x.py": b""})
