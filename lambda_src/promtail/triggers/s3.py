"""What S3 says of one object, in its own notifications and through EventBridge.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote_plus

from ..errors import EventError
from .describe import describe
from .unicode import valid_unicode
from .work import PROGRESS_MEMBER, ObjectReference, Unreadable, Work


def record_works(record: Mapping[str, Any]) -> tuple[Work, ...]:
    """Return what a record of an S3 event asks for. Its key is URL-encoded, with `+` for a space.

    A record of anything but a created object, such as a removed one, asks for nothing.
    """
    if not _creates(record.get("eventName"), ("ObjectCreated:", "s3:ObjectCreated:")):
        return ()
    s3 = _mapping(record.get("s3"))
    bucket = _text(_mapping(s3.get("bucket")).get("name"))
    s3_object = _mapping(s3.get("object"))
    key = _text(s3_object.get("key"))
    if not bucket or not key:
        return (
            Unreadable(_incomplete("A record of S3", "s3.bucket.name or no s3.object.key", record), record),
        )
    progress = record.get(PROGRESS_MEMBER)
    return (
        ObjectReference(
            bucket=bucket,
            key=unquote_plus(key),
            version_id=_text(s3_object.get("versionId")),
            region=_text(record.get("awsRegion")),
            progress=progress if isinstance(progress, Mapping) else None,
        ),
    )


def eventbridge_works(event: Mapping[str, Any]) -> tuple[Work, ...]:
    """Return what an event of S3 through EventBridge asks for. Its key is not encoded.

    An event of anything but a created object, such as a deleted one, asks for nothing.
    """
    if not _creates(event.get("detail-type"), ("Object Created",)):
        return ()
    detail = _mapping(event.get("detail"))
    bucket = _text(_mapping(detail.get("bucket")).get("name"))
    s3_object = _mapping(detail.get("object"))
    key = _text(s3_object.get("key"))
    if not bucket or not key:
        missing = "detail.bucket.name or no detail.object.key"
        return (Unreadable(_incomplete("An event of EventBridge", missing, event)),)
    return (
        ObjectReference(
            bucket=bucket,
            key=key,
            version_id=_text(s3_object.get("version-id")),
            region=_text(event.get("region")),
        ),
    )


def _creates(name: object, starts: tuple[str, ...]) -> bool:
    """Say if a name is that of a created object. Without a name, the record is taken at its word."""
    return name is None or (isinstance(name, str) and name.startswith(starts))


def _incomplete(what: str, missing: str, value: Mapping[str, Any]) -> EventError:
    return EventError(f"{what} has no {missing}: {describe(value)}. It must be as the service writes it.")


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _text(value: object) -> str | None:
    """Return a text that is neither empty nor invalid: no bucket or key of S3 is."""
    return value if isinstance(value, str) and value and valid_unicode(value) == value else None
