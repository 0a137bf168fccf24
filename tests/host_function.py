"""The hub's input `function` for a function that runs on this machine."""

from __future__ import annotations

from pathlib import Path

from cdktf_app.packaging.target import host_target


def host_function(zip_path: Path) -> dict[str, str]:
    """Set the package, and the processor and Python of this machine, which it has to be built for."""
    target = host_target()
    return {
        "architecture": target.architecture,
        "runtime": f"python{target.python_version}",
        "zip_path": str(zip_path),
    }
