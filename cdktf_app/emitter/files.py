"""Brings a folder of modules in line with what is emitted, and tells how it differs."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cdktf_app.emitter.header import is_emitted

_SUFFIXES = frozenset({".tf", ".md"})


@dataclass(frozen=True, slots=True)
class Change:
    """One file that is not as it is emitted."""

    path: Path
    """Relative to the folder of modules, such as `hub/network.tf`."""

    before: str | None
    """What the file holds; None when it is missing."""

    after: str | None
    """What it is to hold; None when it is stale: emitted once, and no longer."""

    @property
    def kind(self) -> str:
        """`missing`, `stale` or `drifting`."""
        if self.before is None:
            return "missing"
        return "stale" if self.after is None else "drifting"

    def diff(self) -> str:
        """A unified diff from the file to what is emitted."""
        lines = difflib.unified_diff(
            (self.before or "").splitlines(),
            (self.after or "").splitlines(),
            "/dev/null" if self.before is None else f"modules/{self.path}",
            "/dev/null" if self.after is None else f"emitted/{self.path}",
            lineterm="",
        )
        return "\n".join(lines)


def changes(root: Path, modules: dict[str, dict[str, str]]) -> list[Change]:
    """Compare the folder of modules with what is emitted.

    Files that the emitter did not write (zips, licences) are no matter of its.

    Args:
        root: The folder of modules.
        modules: For each module's folder name, the files' content by their names.
    """
    emitted = {Path(name, file): text for name, files in modules.items() for file, text in files.items()}
    found = {path.relative_to(root): path for path in _emitted_files(root)}
    listed: list[Change] = []
    for path in sorted({*emitted, *found}):
        file = root / path
        before = file.read_bytes().decode() if file.is_file() else None
        after = emitted.get(path)
        if before != after:
            listed.append(Change(path, before, after))
    return listed


def apply(root: Path, listed: list[Change]) -> None:
    """Write the files that are missing or drift, and remove those that are stale."""
    for change in listed:
        file = root / change.path
        if change.after is None:
            file.unlink()
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(change.after.encode())


def _emitted_files(root: Path) -> Iterator[Path]:
    """The files directly in a module's folder that carry the emitter's header."""
    for file in root.glob("*/*"):
        if file.suffix in _SUFFIXES and file.is_file() and is_emitted(file.read_bytes().decode()):
            yield file
