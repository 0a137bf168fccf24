"""What Loki says when it refuses lines.

The texts are those of Loki's pkg/validation/validate.go and pkg/util/errors.go; the reasons are named as Loki names
them in its metric loki_discarded_samples_total.
"""

import re
from collections import Counter

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
# What distributors and ingesters count refused lines by.
_GROUP = re.compile(r"(\d+) errors like: ")
_IGNORED = re.compile(r"total ignored: (\d+) out of \d+")


def refusal_reason(text: str) -> str:
    """Return a short name of the first reason in Loki's answer; `other` for one that is not known."""
    lowered = text.lower()
    found = [(lowered.find(words), name) for name, words in _REASONS if words in lowered]
    return min(found)[1] if found else "other"


def refused_by_reason(text: str, lines: int) -> Counter[str]:
    """Return how many of a push's lines Loki refused, by reason.

    A distributor groups equal errors and counts them (`3 errors like: …; 2 errors like: …`), an ingester says how many
    of a stream's lines it ignored. Without a number it is not known whether the whole push was refused, so all its
    lines count.
    """
    refused: Counter[str] = Counter()
    before, *groups = _GROUP.split(text)
    for count, words in zip(groups[::2], groups[1::2], strict=True):
        refused[refusal_reason(words)] += int(count)
    if not groups:
        start = 0
        for ignored in _IGNORED.finditer(before):
            refused[refusal_reason(before[start : ignored.start()])] += int(ignored[1])
            start = ignored.end()
    if not 0 < refused.total() <= lines:
        return Counter({refusal_reason(text): lines})
    return refused
