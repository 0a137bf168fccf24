"""Extracted values: as text, and as the source of a stage."""

import math
from decimal import Decimal

from ...entry import Entry


def as_text(value: object) -> str | None:
    """Return an extracted value as text, None for a value that has none (a null).

    Numbers have no exponent and no needless zeros. Promtail's getString rounds whole numbers beyond 2^53, because it
    reads them as floats; here they keep all their digits.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float) and math.isfinite(value):
        return str(int(value)) if value.is_integer() and abs(value) < 2**53 else f"{Decimal(repr(value)):f}"
    return None


def source_text(entry: Entry, source: str | None) -> str | None:
    """Return what a stage works on: the line if it has no source, else the text of an extracted value.

    None means that there is no such value, or that it has no text; the stage then does nothing.
    """
    return entry.line if source is None else as_text(entry.extracted.get(source))


def set_label(labels: dict[str, str], name: str, value: str) -> None:
    """Set a label. For Loki an empty value is no label, so that it takes the label out."""
    if value:
        labels[name] = value
    else:
        labels.pop(name, None)
