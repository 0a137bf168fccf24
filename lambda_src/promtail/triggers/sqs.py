"""Messages that Lambda polled from a queue.

https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
"""

from collections.abc import Mapping, Sequence

from ..errors import EventError
from .describe import describe
from .notification import text_works
from .work import Batch, Message, Unreadable

EVENT_SOURCE = "aws:sqs"


def read_batch(records: Sequence[object]) -> Batch:
    """Return the messages of an SQS event. A bad message does not affect the others."""
    return Batch("sqs", tuple(_message(record) for record in records))


def _message(record: object) -> Message:
    identity = record.get("messageId") if isinstance(record, Mapping) else None
    if (
        not isinstance(record, Mapping)
        or record.get("eventSource") != EVENT_SOURCE
        or not isinstance(identity, str)
        or not identity
    ):
        # Lambda takes an empty identifier as a failure of the whole batch: nothing is lost.
        error = EventError(
            f"A record of an SQS event is no message: {describe(record)}. Lambda writes one with the members "
            "messageId, body and eventSource."
        )
        return Message("", (Unreadable(error),))
    body, queue_arn = record.get("body"), record.get("eventSourceARN")
    return Message(
        id=identity,
        works=text_works(body, "The body of an SQS message"),
        queue_arn=queue_arn if isinstance(queue_arn, str) else None,
    )
