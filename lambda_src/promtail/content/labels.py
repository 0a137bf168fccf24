"""The labels of a stream: what the source gives, extra ones, dropped ones, relabelled ones, in this order."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .relabel import RelabelRule


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
