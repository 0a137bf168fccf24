"""What a package holds: the function's code and the part of its dependencies that it needs."""

import fnmatch
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from cdktf_app.packaging.errors import PackagingError

# Patterns of fnmatch, where `*` matches `/` too. The tests of the package run it in a process that has nothing else.
_LEFT_OUT = (
    # For type checkers and installers. Licences and METADATA stay; vulnerability scanners read the latter.
    "*.pyi",
    "*/py.typed",
    "*.dist-info/RECORD",
    "*.dist-info/WHEEL",
    "*.dist-info/sboms/*",
    # isal: its library's build files and notes, but not the licence.
    "isal/isa-l/CMakeLists.txt",
    "isal/isa-l/MAINTAINERS.md",
    "isal/isa-l/README.md",
    "isal/isa-l/Release_notes.txt",
    # urllib3: for browsers.
    "urllib3/contrib/emscripten/*",
)


def function_members(source: Path, left_out: Iterable[str] = ()) -> dict[str, bytes]:
    """Return the modules of a function, by their path in the package.

    Args:
        source: Folder of the function's code.
        left_out: Patterns of paths in the package that do not belong there.
    """
    patterns = tuple(left_out)
    return {
        path: file.read_bytes()
        for file in sorted(source.rglob("*.py"))
        if not _fits((path := file.relative_to(source.parent).as_posix()), patterns)
    }


def wheel_members(wheels: Iterable[Path]) -> dict[str, bytes]:
    """Return what the function needs of its dependencies, by path in the package.

    Raises:
        PackagingError: A wheel needs an installer, or two wheels hold the same file.
    """
    members: dict[str, bytes] = {}
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as archive:
            for name in archive.namelist():
                if name.endswith("/") or _fits(name, _LEFT_OUT):
                    continue
                if ".data/" in name or name.startswith("/") or ".." in name.split("/"):
                    raise PackagingError(
                        f"{wheel.name} holds {name}, which only an installer can put in place. Choose another package."
                    )
                if name in members:
                    raise PackagingError(
                        f"{wheel.name} holds {name}, which another wheel holds too. Drop one."
                    )
                members[name] = archive.read(name)
    return members


def merge(function: Mapping[str, bytes], dependencies: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return both together.

    Raises:
        PackagingError: A dependency holds a file of the function's.
    """
    if both := sorted(function.keys() & dependencies.keys()):
        raise PackagingError(
            f"A dependency holds {both[0]}, which is a file of the function. Rename the function's."
        )
    return {**function, **dependencies}


def _fits(path: str, patterns: Iterable[str]) -> bool:
    return any(fnmatch.fnmatchcase(path, pattern) for pattern in patterns)
