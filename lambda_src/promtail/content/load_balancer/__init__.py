"""Typed content of load balancer lines: structured metadata, labels, output formats, filters, redaction."""

from .content import Group, KindContent, content_for
from .options import ContentOptions

__all__ = ["ContentOptions", "Group", "KindContent", "content_for"]
