"""The files of the repository as git knows them."""

import subprocess
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def tracked(repository: Path) -> list[Path]:
    """All tracked files that exist, relative to the repository."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=repository, capture_output=True, text=True, check=True
    )
    names = [Path(name) for name in listed.stdout.split("\0") if name]
    return [name for name in names if (repository / name).is_file()]
