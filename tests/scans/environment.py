"""Where the scanners are, and what they may see."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path

# A proxy that nobody listens at: the scanners have no business elsewhere.
_NOWHERE = "http://127.0.0.1:1"
_KEPT = ("HOME", "LANG", "PATH", "TMPDIR")


class NotInstalledError(RuntimeError):
    """The scanners are not installed."""


def scanners(repository: Path) -> Path:
    """The folder of the scanners' commands, as the Makefile installs them.

    Raises:
        NotInstalledError: they are not, in the versions of `setup/scanners.txt`.
    """
    pins = (repository / "setup/scanners.txt").read_bytes()
    folder = repository / ".tools" / f"scanners-{hashlib.sha256(pins).hexdigest()[:12]}" / "bin"
    if not (folder / "checkov").exists():
        raise NotInstalledError(f"{folder} has no checkov: run `make scanners`")
    return folder


def scanner_environment() -> Mapping[str, str]:
    """The environment of a scanner: without keys and settings of the user's, and without a way out."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return kept | {
        "HTTP_PROXY": _NOWHERE,
        "HTTPS_PROXY": _NOWHERE,
        "http_proxy": _NOWHERE,
        "https_proxy": _NOWHERE,
    }
