"""From the event that Lambda receives to the objects it speaks of.

The event's structure: https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_plus

from .errors import EventError


@dataclass(frozen=True, slots=True)
class ObjectReference:
    """One object in S3: bucket, key (decoded) and, in a bucket with versioning, the version that was created."""

    bucket: str
    key: str
    version_id: str | None = None

    def __str__(self) -> str:
        """Return the object's S3 URI, with its version if it has one."""
        uri = f"s3://{self.bucket}/{self.key}"
        return f"{uri} (version {self.version_id})" if self.version_id else uri


def records(event: object) -> Sequence[Any]:
    """Return the records of an S3 event; none for the test event that S3 sends when a notification is set up.

    Raises:
        EventError: The event has another form.
    """
    if isinstance(event, Mapping):
        if event.get("Event") == "s3:TestEvent":
            return ()
        found = event.get("Records")
        if isinstance(found, list) and found:
            return found
    raise EventError(
        f"The event is not an S3 event: {_describe(event)}. It must be what S3 sends for s3:ObjectCreated:* directly "
        'to the function: {"Records": [{"eventSource": "aws:s3", ...}]}.'
    )


def object_reference(record: object) -> ObjectReference:
    """Return the object that a record speaks of. Its key is URL-encoded in the record, with `+` for a space.

    Raises:
        EventError: The record is not one of S3, or has no bucket or key.
    """
    if not isinstance(record, Mapping) or record.get("eventSource") != "aws:s3":
        raise EventError(
            f"A record of the event is not one of S3: {_describe(record)}. Let S3 invoke the function directly."
        )
    try:
        bucket = record["s3"]["bucket"]["name"]
        key = record["s3"]["object"]["key"]
        version_id = record["s3"]["object"].get("versionId")
    except (KeyError, TypeError, AttributeError):
        bucket = key = version_id = None
    if not isinstance(bucket, str) or not isinstance(key, str) or not bucket or not key:
        raise EventError(
            "A record of the event has no s3.bucket.name or no s3.object.key: "
            f"{_describe(record)}. It must be a record as S3 writes it."
        )
    return ObjectReference(bucket, unquote_plus(key), version_id if isinstance(version_id, str) else None)


def _describe(value: object) -> str:
    """Say what came in, without its content: events of other services carry log lines."""
    if not isinstance(value, Mapping):
        return f"a value of type {type(value).__name__}"
    source = value.get("eventSource") or value.get("EventSource") or value.get("source")
    told = f", from {source!r}" if source else ""
    return f"an object with the members {sorted(map(str, value))}{told}"
