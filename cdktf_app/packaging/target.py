"""For which processor and Python a package is made."""

import platform
import re
import sys
from dataclasses import dataclass

from cdktf_app.packaging.errors import PackagingError

DEFAULT_PYTHON = "3.13"
# Lambda's names of the architectures, and Python's.
ARCHITECTURES = {"arm64": "aarch64", "x86_64": "x86_64"}
# Newest first. Lambda's Python 3.12 and later run on Amazon Linux 2023, which has glibc 2.34
# (https://docs.aws.amazon.com/lambda/latest/dg/lambda-python.html); a wheel for an older glibc runs there too.
_GLIBC = ("manylinux_2_34", "manylinux_2_28", "manylinux_2_17", "manylinux2014")


@dataclass(frozen=True, slots=True)
class Target:
    """An architecture by Lambda's name (arm64 or x86_64) and a Python version such as 3.13. The system is Linux.

    Raises:
        PackagingError: There is no such architecture, or the version is not written as major.minor.
    """

    architecture: str
    python_version: str = DEFAULT_PYTHON

    def __post_init__(self) -> None:
        if self.architecture not in ARCHITECTURES:
            raise PackagingError(
                f"The architecture {self.architecture!r} is not one of Lambda's: {', '.join(ARCHITECTURES)}."
            )
        if not re.fullmatch(r"3\.\d+", self.python_version):
            raise PackagingError(
                f"The Python version {self.python_version!r} is not of the form {DEFAULT_PYTHON}."
            )

    def __str__(self) -> str:
        """Return the name used in file names and messages, such as `arm64-py3.13`."""
        return f"{self.architecture}-py{self.python_version}"

    @property
    def platforms(self) -> tuple[str, ...]:
        """Platform tags of the wheels that run there."""
        return tuple(f"{glibc}_{ARCHITECTURES[self.architecture]}" for glibc in _GLIBC)


def host_target() -> Target:
    """Return the target that this interpreter can run.

    Raises:
        PackagingError: It is not on Linux, or on another processor.
    """
    machine = platform.machine()
    names = {python: name for name, python in ARCHITECTURES.items()}
    if sys.platform != "linux" or machine not in names:
        raise PackagingError(
            f"This host ({sys.platform}, {machine}) cannot run a package for Lambda, which is Linux on arm64 or "
            "x86_64. Use a Linux machine or container."
        )
    return Target(names[machine], f"{sys.version_info.major}.{sys.version_info.minor}")
