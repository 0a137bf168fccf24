"""Which content a source's lines become, by the settings."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ..deadline import Deadline
from .labels import stream_labels
from .stream import Content, PlainContent, StagedContent, TypedContent

if TYPE_CHECKING:
    from ..settings import Settings


def choose_content(
    settings: "Settings",
    labels: Mapping[str, str],
    deadline: Deadline,
    kind: str | None = None,
    account_id: str | None = None,
    bucket: str = "",
    key: str = "",
) -> Content | None:
    """Return the content of a source.

    Args:
        settings: The settings.
        labels: The labels of the source by the contract.
        deadline: Until when lines may be worked on.
        kind: The kind of log; None for what is no object.
        account_id: The account that owns the source.
        bucket: The bucket of the object; empty for what is no object.
        key: The key of the object.

    Returns:
        The content; None when a relabel rule drops the source.
    """
    spoke = settings.spokes.get(bucket)
    extra = {**settings.extra_labels, **spoke.labels} if spoke else settings.extra_labels
    stream = stream_labels(labels, extra, settings.drop_labels, settings.relabel_rules)
    if stream is None:
        return None
    tenant = (spoke.tenant if spoke else None) or settings.tenant_id
    if settings.tenant_rules:
        from .tenants import tenant_for

        tenant = tenant_for(settings.tenant_rules, account_id, bucket, key) or tenant
    typed = None
    if settings.content is not None and kind is not None:
        from .load_balancer import content_for

        typed = content_for(settings.content, kind)
    if settings.stages is not None:
        return StagedContent(stream, tenant, typed, settings.stages, deadline.check)
    return PlainContent(stream, tenant) if typed is None else TypedContent(stream, tenant, typed)
