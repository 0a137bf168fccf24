"""The function's dependencies: names chosen by hand, versions and hashes those of Pipfile.lock.

So what runs in Lambda is what the tests ran with.
"""

import json
import re
from pathlib import Path

from cdktf_app.packaging.errors import PackagingError

_HEADER = """\
# What the function's package holds beside its own code; boto3 comes with Lambda's Python.
# Versions and hashes are those of Pipfile.lock: `python -m cdktf_app.packaging pin` writes them again.
"""
_NAME = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]*", re.MULTILINE)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def names(text: str) -> list[str]:
    """Return the names of the packages in a requirements file."""
    return _NAME.findall(text)


def hashes(text: str) -> set[str]:
    """Return the SHA-256 sums, as hexadecimal digits, that a requirements file allows."""
    return set(_HASH.findall(text))


def pinned(package_names: list[str], lock: Path) -> str:
    """Return a requirements file for the packages, with the versions and hashes of a Pipfile.lock.

    Raises:
        PackagingError: The lock does not have one of them.
    """
    locked = json.loads(lock.read_text(encoding="utf-8"))["default"]
    blocks = []
    for name in sorted(package_names):
        if name not in locked:
            raise PackagingError(
                f"{lock.name} has no package {name!r}. Add it to Pipfile, lock, and pin again."
            )
        sums = sorted(locked[name]["hashes"])
        blocks.append(
            " \\\n    ".join([name + locked[name]["version"], *(f"--hash={value}" for value in sums)])
        )
    return _HEADER + "\n".join(blocks) + "\n"
