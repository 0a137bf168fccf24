"""Runs Node and Terraform."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping

from cdktf_app.bindings.errors import BindingsError


def run(command: list[str], environment: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command and keep what it prints.

    Args:
        command: The tool's name, which is looked up on the PATH, and its arguments.
        environment: All variables of its environment; this process's when not given.

    Raises:
        BindingsError: The tool is not on the PATH.
    """
    try:
        return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    except FileNotFoundError as error:
        raise BindingsError(
            f"{command[0]} is needed, but is not on the PATH. `make check-tools` tells how to get it."
        ) from error
