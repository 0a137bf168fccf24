"""Zips whose bytes depend on their members only.

Members are sorted, dated 1980-01-01, readable by everyone as Lambda requires, and **stored, not compressed**.
Compressed bytes depend on the compressor: zlib and zlib-ng, which Python is linked to on different systems, write
different ones, and zopfli weighs its choices in floating point, with the C library's logarithm. Stored, a package is
the same everywhere and is made in a moment. It is about 2.5 times as large, far below Lambda's limit of 50 MB for
an upload; Git compresses what it keeps and transfers, and finds the small differences between versions.
"""

import io
import os
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

_OLDEST_DATE = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_REGULAR_FILE_READABLE_BY_ALL = 0o100644


def make_archive(members: Mapping[str, bytes]) -> bytes:
    """Return a zip with the members, given as content by path."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(members):
            info = zipfile.ZipInfo(name, _OLDEST_DATE)
            info.create_system = _UNIX
            info.external_attr = _REGULAR_FILE_READABLE_BY_ALL << 16
            archive.writestr(info, members[name])
    return buffer.getvalue()


def write_if_changed(path: Path, content: bytes) -> bool:
    """Write a file at once, unless it has this content already. Return whether it was written."""
    if path.is_file() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return True


def compare(path: Path, members: Mapping[str, bytes]) -> list[str]:
    """Say in what a zip differs from what `make_archive` makes of the members; nothing if it is the same."""
    if not path.is_file():
        return ["the file is missing"]
    content = path.read_bytes()
    if content == make_archive(members):
        return []
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            found = {name: archive.read(name) for name in archive.namelist()}
    except zipfile.BadZipFile as error:
        return [f"the file is not a readable zip ({error})"]
    differences = [f"{name} is missing" for name in sorted(members.keys() - found.keys())]
    differences += [f"{name} does not belong there" for name in sorted(found.keys() - members.keys())]
    differences += [
        f"{name} differs" for name in sorted(members.keys() & found.keys()) if members[name] != found[name]
    ]
    return differences or ["members are the same, but their order, dates, modes or compression is not"]
