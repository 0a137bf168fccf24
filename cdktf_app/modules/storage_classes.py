"""S3's storage classes that objects move to by a rule, and how they may follow each other.

From "Transitioning objects using Amazon S3 Lifecycle" (Amazon S3 User Guide).
"""

from __future__ import annotations

KEPT_THIRTY_DAYS = ("STANDARD_IA", "INTELLIGENT_TIERING", "ONEZONE_IA")
"""Objects stay in these for 30 days at least."""

STORAGE_CLASSES = (*KEPT_THIRTY_DAYS, "GLACIER_IR", "GLACIER", "DEEP_ARCHIVE")
"""In the order in which objects can move."""
