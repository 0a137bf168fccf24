"""Says in an error what came in, without its content: events carry log lines."""

from collections.abc import Mapping

_MOST_NAMES = 12
_LONGEST_NAME = 40


def describe(value: object) -> str:
    """Return what kind of value this is, with the names of its members but none of their values."""
    if isinstance(value, str):
        return f"a text of {len(value)} characters"
    if not isinstance(value, Mapping):
        return f"a value of type {type(value).__name__}"
    names = sorted(str(name)[:_LONGEST_NAME] for name in value)
    more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
    source = value.get("eventSource") or value.get("EventSource") or value.get("source")
    told = f", from {source[:_LONGEST_NAME]!r}" if isinstance(source, str) and source else ""
    return f"an object with the members {names[:_MOST_NAMES]}{more}{told}"
