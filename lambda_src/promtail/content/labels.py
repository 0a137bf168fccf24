"""The labels of a stream: what the source gives, extra ones, dropped ones, relabelled ones, in this order."""

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .relabel import RelabelRule

LABEL_NAME = re.compile(r"[a-zA-Z_][a-zA-Z0-9_]*")
"""The names of Loki's labels."""

LABEL_NAMES_ALLOWED = "letters, digits and underscores, without a digit at the start"


def stream_labels(
    source: Mapping[str, str],
    extra: Mapping[str, str],
    drop: frozenset[str],
    rules: "Sequence[RelabelRule]",
) -> dict[str, str] | None:
    """Return the labels of a stream; None when a relabel rule drops it.

    The order is lambda-promtail's, and a label without a value is as none for Loki.
    """
    labels = {name: value for name, value in {**source, **extra}.items() if value and name not in drop}
    if not rules:
        return labels
    from .relabel import relabel

    return relabel(labels, rules)
