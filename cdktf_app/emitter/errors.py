"""The emitter's one error, and how it learns where it happened."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class EmitError(ValueError):
    """Something that the emitter does not understand, and so refuses to write."""


@contextmanager
def located(where: str) -> Iterator[None]:
    """Put `where` (a module, an address or an argument) in front of the message of an error raised inside."""
    try:
        yield
    except EmitError as error:
        raise EmitError(f"{where}: {error}") from error
