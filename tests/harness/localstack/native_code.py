"""Finds native code in a function's package that this host cannot load.

Without this check the function fails at its first import with a message about a missing module.
"""

import platform
import sys
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

_ELF_MAGIC = b"\x7fELF"
# e_machine of the ELF header (https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html): two bytes at
# offset 18, for the two architectures that Lambda knows.
_ELF_MACHINES = {62: "x86_64", 183: "arm64"}
_ARCHITECTURES = {"x86_64": "x86_64", "amd64": "x86_64", "aarch64": "arm64", "arm64": "arm64"}
_SHOWN = 3


class ForeignNativeCodeError(RuntimeError):
    """A package holds native extensions for another interpreter, architecture or operating system."""


def check_native_code(package: Path) -> None:
    """Make sure that this interpreter can load every native library below the folder `package`.

    Raises:
        ForeignNativeCodeError: it cannot; the message names the files, what they are for, and the remedies.
    """
    foreign = {
        str(file.relative_to(package)): reason
        for file in sorted(package.rglob("*.so*"))
        if file.is_file() and (reason := _why_foreign(file))
    }
    if not foreign:
        return
    shown = "; ".join(f"{name} {reason}" for name, reason in list(foreign.items())[:_SHOWN])
    more = f"; and {len(foreign) - _SHOWN} more" if len(foreign) > _SHOWN else ""
    raise ForeignNativeCodeError(
        f"the function's package holds native code that this host ({_host()}) cannot load: {shown}{more}. "
        "Functions run on the host's own interpreter here: build the package for it, or point "
        "LOCALSTACK_ENDPOINT to a LocalStack that runs functions in containers."
    )


def _why_foreign(file: Path) -> str | None:
    # The first suffix is the one with this interpreter's tag, such as .cpython-311-x86_64-linux-gnu.so.
    if ".cpython-" in file.name and not file.name.endswith(EXTENSION_SUFFIXES[0]):
        return "is tagged for another Python or platform"
    with file.open("rb") as stream:
        header = stream.read(20)
    if header[:4] != _ELF_MAGIC:
        return None if sys.platform == "darwin" else "is not a Linux library"
    if sys.platform != "linux":
        return "is a Linux library"
    architecture = _ELF_MACHINES.get(int.from_bytes(header[18:20], "little"), "another architecture")
    return None if architecture == _architecture() else f"is for {architecture}"


def _architecture() -> str:
    return _ARCHITECTURES.get(platform.machine().lower(), platform.machine())


def _host() -> str:
    return f"Python {sys.version_info.major}.{sys.version_info.minor}, {sys.platform}, {_architecture()}"
