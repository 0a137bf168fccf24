"""Lists of names in settings."""

import difflib
from collections.abc import Collection

from ...errors import ConfigurationError


def parse_names(variable: str, value: str, known: Collection[str]) -> tuple[str, ...]:
    """Read a comma-separated list of names. An empty value is an empty list.

    Args:
        variable: The environment variable's name, for messages.
        value: Its value.
        known: The names that are allowed.

    Raises:
        ConfigurationError: A name is unknown, or is there twice.
    """
    if not value.strip():
        return ()
    names = [name.strip() for name in value.split(",")]
    for index, name in enumerate(names):
        if name not in known:
            raise ConfigurationError(f"{variable} is {value!r}: {unknown_name(name, known)}")
        if name in names[:index]:
            raise ConfigurationError(f"{variable} is {value!r}: {name!r} is there twice. Remove one.")
    return tuple(names)


def unknown_name(name: str, known: Collection[str]) -> str:
    """Return a sentence that says what may have been meant by an unknown name, or which names there are."""
    close = difflib.get_close_matches(name, known)
    if close:
        return f"{name!r} is not a known name. Did you mean {' or '.join(close)}?"
    return f"{name!r} is not a known name. Allowed are {', '.join(sorted(known))}."
