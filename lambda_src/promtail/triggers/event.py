"""Which trigger an event came from. What a trigger alone needs is imported only for its events."""

from collections.abc import Mapping

from ..errors import EventError
from .describe import describe
from .notification import notification_works
from .work import Batch, Direct

_SUPPORTED = (
    "Supported are events of S3 (s3:ObjectCreated:*), of EventBridge (Object Created of the source aws.s3), of SNS, "
    "of SQS, of a CloudWatch Logs subscription and of Kinesis."
)


def read_event(event: object) -> Batch | Direct:
    """Return the work that an event asks for. Every record is looked at; one that is bad is a work of its own.

    Raises:
        EventError: The event as a whole is of no known kind.
    """
    if not isinstance(event, Mapping):
        raise _unknown(event)
    if "awslogs" in event:
        from .cloudwatch_logs import subscription_works

        return Direct(subscription_works(event))
    records = event.get("Records")
    if isinstance(records, list):
        if _any_from("aws:sqs", records):
            from . import sqs

            return sqs.read_batch(records)
        if _any_from("aws:kinesis", records):
            from . import kinesis

            return kinesis.read_batch(records)
    works = notification_works(event)
    if works is None:
        raise _unknown(event)
    return Direct(works)


def _any_from(source: str, records: list[object]) -> bool:
    return any(isinstance(record, Mapping) and record.get("eventSource") == source for record in records)


def _unknown(event: object) -> EventError:
    records = event.get("Records") if isinstance(event, Mapping) else None
    held = f", whose first record is {describe(records[0])}" if isinstance(records, list) and records else ""
    return EventError(f"The event is of no known kind: {describe(event)}{held}. {_SUPPORTED}")
