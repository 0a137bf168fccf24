"""What Loki says when it refuses lines.

The texts are those of Loki's pkg/validation/validate.go and pkg/util/errors.go; the reasons are named as Loki names
them in its metric loki_discarded_samples_total.
"""

import re

_REASONS = (
    ("rate_limited", "ingestion rate limit exceeded"),
    ("per_stream_rate_limit", "per stream rate limit exceeded"),
    ("line_too_long", "max entry size"),
    ("stream_limit", "maximum active stream limit"),
    ("greater_than_max_sample_age", "timestamp too old"),
    ("too_far_in_future", "timestamp too new"),
    ("too_far_behind", "too far behind"),
    ("out_of_order", "out of order"),
    ("max_label_names_per_series", "label names; limit"),
    ("label_name_too_long", "label name too long"),
    ("label_value_too_long", "label value too long"),
    ("duplicate_label_names", "duplicate label name"),
    ("missing_labels", "at least one label pair is required"),
    ("invalid_labels", "parse labels"),
    ("structured_metadata_too_large", "structured metadata too large"),
    ("structured_metadata_too_many", "too many structured metadata"),
    ("disallowed_structured_metadata", "structured metadata, but this feature is disallowed"),
)
_COUNT = re.compile(r"(\d+) errors like: ")


def refusal_reason(text: str) -> str:
    """Return a short name of the first reason in Loki's answer; `other` for one that is not known."""
    lowered = text.lower()
    found = [(lowered.find(words), name) for name, words in _REASONS if words in lowered]
    return min(found)[1] if found else "other"


def refused_lines(text: str, lines: int) -> int:
    """Return how many of a push's lines Loki refused.

    Loki groups equal errors and counts them (`3 errors like: …; 2 errors like: …`); a single one has no number. Without
    a number it is not known whether the whole push was refused, so all its lines count.
    """
    counts = [int(count) for count in _COUNT.findall(text)]
    return min(sum(counts), lines) if counts else lines
