"""The end of a log file, for error messages."""

from pathlib import Path

_BYTES_PER_LINE = 400


def tail(file: Path, lines: int = 40) -> str:
    """The last `lines` lines of a file, read from its end; a note in brackets when there is nothing to show."""
    try:
        with file.open("rb") as stream:
            size = stream.seek(0, 2)
            stream.seek(max(0, size - lines * _BYTES_PER_LINE))
            text = stream.read().decode(errors="replace")
    except FileNotFoundError:
        return f"[{file} does not exist]"
    kept = text.splitlines()[-lines:]
    return "\n".join(kept) if kept else f"[{file} is empty]"
