"""Notifications of S3 as they come, alone or in the envelopes of SNS.

https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html
https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html
"""

import json
from collections.abc import Mapping
from typing import Any

from ..errors import EventError
from .describe import describe
from .s3 import eventbridge_works, record_works
from .work import Unreadable, Work

# A topic in front of a queue is one envelope. More than a few are made to exhaust the stack.
_MOST_ENVELOPES = 4
_EXPECTED = (
    "It must be a notification of S3: an S3 event, an EventBridge event of the source aws.s3, or one of the two in "
    "a message of SNS."
)


def notification_works(notification: Mapping[str, Any], envelopes: int = 0) -> tuple[Work, ...] | None:
    """Return what a notification asks for, or None if it is none.

    Args:
        notification: An S3 event, an EventBridge event, or a message of SNS.
        envelopes: How many envelopes it came in.
    """
    if notification.get("Event") == "s3:TestEvent":  # Sent when a notification is set up.
        return ()
    if notification.get("source") == "aws.s3":
        return eventbridge_works(notification)
    if notification.get("Type") == "Notification" and "Message" in notification:
        return text_works(notification["Message"], "A message of SNS", envelopes + 1)
    records = notification.get("Records")
    if not isinstance(records, list) or not any(_is_known(record) for record in records):
        return None
    return tuple(work for record in records for work in _record_works(record, envelopes))


def text_works(text: object, what: str, envelopes: int = 0) -> tuple[Work, ...]:
    """Return what the notification in a text asks for. What cannot be understood is a work of its own.

    Args:
        text: The notification as JSON.
        what: What carries the text, for the error.
        envelopes: How many envelopes it came in.
    """
    if envelopes > _MOST_ENVELOPES:
        return _unreadable(f"{what} is in more than {_MOST_ENVELOPES} envelopes of SNS. {_EXPECTED}")
    if not isinstance(text, str):
        return _unreadable(f"{what} holds {describe(text)} where a text belongs. {_EXPECTED}")
    try:
        notification = json.loads(text)
    except (ValueError, RecursionError):
        return _unreadable(f"{what} holds {describe(text)} that is no JSON. {_EXPECTED}")
    works = notification_works(notification, envelopes) if isinstance(notification, Mapping) else None
    if works is None:
        return _unreadable(f"{what} is no notification of S3: {describe(notification)}. {_EXPECTED}")
    return works


def _is_known(record: object) -> bool:
    return isinstance(record, Mapping) and (
        record.get("eventSource") == "aws:s3" or record.get("EventSource") == "aws:sns"
    )


def _record_works(record: object, envelopes: int) -> tuple[Work, ...]:
    if isinstance(record, Mapping):
        if record.get("eventSource") == "aws:s3":
            return record_works(record)
        if record.get("EventSource") == "aws:sns":
            sns = record.get("Sns")
            message = sns.get("Message") if isinstance(sns, Mapping) else None
            return text_works(message, "A record of SNS", envelopes + 1)
    error = EventError(f"A record is neither of S3 nor of SNS: {describe(record)}. {_EXPECTED}")
    return (Unreadable(error, record if isinstance(record, Mapping) else None),)


def _unreadable(message: str) -> tuple[Work, ...]:
    return (Unreadable(EventError(message)),)
