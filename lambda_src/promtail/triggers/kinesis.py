"""Records that Lambda polled from a Kinesis stream.

https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html
"""

import binascii
from base64 import b64decode
from collections.abc import Mapping, Sequence
from typing import Any

from ..errors import EventError
from ..formats.format import NO_TIME
from .describe import describe
from .gunzip import gunzip, is_gzip
from .subscription import read_subscription
from .unicode import valid_unicode
from .work import Batch, EventLines, Message, Unreadable, Work

EVENT_SOURCE = "aws:kinesis"
# 2262, where nanoseconds no longer fit into 64 bits.
_MAX_SECONDS = (2**63 - 1) // 1_000_000_000


def read_batch(records: Sequence[object]) -> Batch:
    """Return the records of a Kinesis event. A bad record does not affect the others."""
    return Batch("kinesis", tuple(_message(record) for record in records))


def _message(record: object) -> Message:
    kinesis = record.get("kinesis") if isinstance(record, Mapping) else None
    number = kinesis.get("sequenceNumber") if isinstance(kinesis, Mapping) else None
    if (
        not isinstance(record, Mapping)
        or record.get("eventSource") != EVENT_SOURCE
        or not isinstance(kinesis, Mapping)
        or not isinstance(number, str)
        or not number
    ):
        # Lambda takes an empty identifier as a failure of the whole batch: nothing is lost.
        error = EventError(
            f"A record of a Kinesis event is none: {describe(record)}. Lambda writes one with the members "
            "kinesis.sequenceNumber, kinesis.data and eventSource."
        )
        return Message("", (Unreadable(error),))
    arn = record.get("eventSourceARN")
    try:
        return Message(number, _works(kinesis, valid_unicode(arn) if isinstance(arn, str) else ""))
    except EventError as error:
        return Message(number, (Unreadable(error),))


def _works(kinesis: Mapping[str, Any], arn: str) -> tuple[Work, ...]:
    """Return the lines of a record: those of a CloudWatch Logs subscription, or its data as one line."""
    labels = {"__aws_log_type": "kinesis", "__aws_kinesis_event_source_arn": arn}
    content = _content(kinesis)
    arrival = _arrival_time(kinesis)
    subscription = read_subscription(content)
    if subscription is None:
        text = content.decode("utf-8", errors="replace").removesuffix("\n").removesuffix("\r")
        return (EventLines(labels, [(arrival, text)], arn),) if text else ()
    if not subscription.lines:
        return ()
    lines = [(arrival if time == NO_TIME else time, text) for time, text in subscription.lines]
    return (
        EventLines(
            labels | subscription.labels(), lines, arn, subscription.log_stream, account_id=subscription.owner
        ),
    )


def _content(kinesis: Mapping[str, Any]) -> bytes:
    data = kinesis.get("data")
    try:
        content = b64decode(data, validate=True) if isinstance(data, str) else None
    except (binascii.Error, ValueError):
        content = None
    if content is None:
        raise EventError(
            f"A record of a Kinesis event has no data in base64: its kinesis is {describe(kinesis)}."
        )
    return gunzip(content) if is_gzip(content) else content


def _arrival_time(kinesis: Mapping[str, Any]) -> int:
    """Return when Kinesis took the record. The event states seconds with a fraction, exact to the millisecond."""
    seconds = kinesis.get("approximateArrivalTimestamp")
    if isinstance(seconds, int | float) and 0 <= seconds <= _MAX_SECONDS:
        return round(seconds * 1000) * 1_000_000
    return NO_TIME
