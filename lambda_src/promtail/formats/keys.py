"""What the keys and labels of all kinds have in common."""

import re

# A prefix may come first, and an organization's id before the account.
AWS_LOGS = r"(?:.*/)?AWSLogs/(?:o-[a-z0-9]+/)?"
"""The start of the keys that AWS services write."""

ACCOUNT = AWS_LOGS + r"(?P<account>\d{12})/"
"""The start of the keys that AWS services write for an account."""

REGION = r"(?P<region>[a-z0-9-]+)"

DAY = r"\d{4}/\d\d/\d\d/"

NOT_PARQUET = r"(?!.*\.parquet)"
"""Refuses the keys of Parquet files, which are no lines of text."""


def compile_key(pattern: str) -> re.Pattern[str]:
    """Compile a pattern for `fullmatch`. A key may hold any character, a line end included."""
    return re.compile(pattern, re.DOTALL | re.ASCII)


def contract_labels(log_type: str, source: str | None, owner: str | None) -> dict[str, str]:
    """Return the labels of lambda-promtail's contract.

    One without a value is left out: for Loki that is the same as an empty value.
    """
    labels = {"__aws_log_type": log_type}
    if source:
        labels[f"__aws_{log_type}"] = source
    if owner:
        labels[f"__aws_{log_type}_owner"] = owner
    return labels
