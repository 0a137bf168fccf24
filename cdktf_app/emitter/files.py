"""Brings the repository's emitted files in line with what is emitted, and tells how they differ."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from cdktf_app.emitter.header import is_emitted
from cdktf_app.emitter.sections import Sections

_SUFFIXES = frozenset({".tf", ".md", ".yaml"})


@dataclass(frozen=True, slots=True)
class Change:
    """One file that is not as it is emitted."""

    path: Path
    """Relative to the repository, such as `modules/hub/network.tf`."""

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
            "/dev/null" if self.before is None else str(self.path),
            "/dev/null" if self.after is None else f"emitted/{self.path}",
            lineterm="",
        )
        return "\n".join(lines)


def changes(repository: Path, emitted: Mapping[Path, str | Sections]) -> list[Change]:
    """Compare a repository with what is emitted.

    Files that the emitter did not write (zips, licences) are no matter of its, nor is what stands outside of the
    sections of a file that has some.

    Args:
        repository: The repository's folder.
        emitted: The content of each file by its path in the repository.

    Raises:
        EmitError: A file that is to have sections is missing, or the place of one in it.
    """
    found = {file.relative_to(repository) for file in _emitted_files(repository)}
    listed: list[Change] = []
    for path in sorted({*emitted, *found}):
        file = repository / path
        before = file.read_bytes().decode() if file.is_file() else None
        after = emitted.get(path)
        if isinstance(after, Sections):
            after = after.placed_in(before or "", str(path))
        if before != after:
            listed.append(Change(path, before, after))
    return listed


def apply(repository: Path, listed: list[Change]) -> None:
    """Write the files that are missing or drift, and remove those that are stale."""
    for change in listed:
        file = repository / change.path
        if change.after is None:
            file.unlink()
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(change.after.encode())


def _emitted_files(repository: Path) -> Iterator[Path]:
    """The files in a module's folder, and one below it, that carry the emitter's header."""
    for pattern in ("*", "modules/*/*", "modules/*/*/*"):
        for file in repository.glob(pattern):
            if file.suffix in _SUFFIXES and file.is_file() and is_emitted(file.read_bytes().decode()):
                yield file
