"""Python interpreters of other versions on this machine."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

_TELL = "import platform, sys; print(*sys.version_info[:2], sep='.'); print(platform.machine())"


def find_python(version: str) -> str | None:
    """Return the path of a CPython of the version, such as 3.13, for this machine's processor, or None.

    Looked for are `python<version>` on the PATH and what pyenv installed. Each is started: a shim of pyenv that points
    to nothing is on many PATHs.
    """
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"
    on_path = shutil.which(f"python{version}")
    installed = sorted(pyenv.glob(f"{version}.*/bin/python{version}"), reverse=True)
    for candidate in [*([on_path] if on_path else []), *map(str, installed)]:
        told = subprocess.run([candidate, "-c", _TELL], capture_output=True, text=True, check=False)
        if told.stdout.split() == [version, os.uname().machine]:
            return candidate
    return None
