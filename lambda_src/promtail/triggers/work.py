"""What an event asks for: objects to read, lines to send, and records that cannot be understood."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from ..errors import EventError

PROGRESS_MEMBER = "albLoki"
"""The member of a record of S3 in which this function keeps how far it has come with an object."""


@dataclass(frozen=True, slots=True)
class ObjectReference:
    """One object in S3.

    Attributes:
        bucket: The bucket's name.
        key: The object's key, decoded.
        version_id: The version that was created, in a bucket with versioning.
        region: The bucket's region; None if the event does not say.
        progress: How far this function has come with the object, as it wrote that itself (the record's member
            `albLoki`) into the message that continues the object.
    """

    bucket: str
    key: str
    version_id: str | None = None
    region: str | None = None
    progress: Mapping[str, Any] | None = None

    def __str__(self) -> str:
        """Return the object's S3 URI, with its version if it has one."""
        uri = f"s3://{self.bucket}/{self.key}"
        return f"{uri} (version {self.version_id})" if self.version_id else uri


@dataclass(frozen=True, slots=True)
class EventLines:
    """Lines that the event itself carries, all of one stream of their source.

    Attributes:
        labels: The labels of lambda-promtail's contract, without that of the log stream.
        lines: Each line's time, in nanoseconds since 1970, and its text.
        source: The log group's name, or the ARN of the Kinesis stream: for reports.
        stream: The log stream's name, for the label `__aws_cloudwatch_log_stream`; None outside CloudWatch Logs.
        account_id: The account that owns the log group; None outside CloudWatch Logs.
    """

    labels: Mapping[str, str]
    lines: list[tuple[int, str]]
    source: str
    stream: str | None = None
    account_id: str | None = None


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A record that cannot be understood. It does not affect its siblings.

    Attributes:
        error: What came in (without its content), and what is expected.
        record: The record, as one of several in an S3 event; None for what stands alone.
    """

    error: EventError
    record: Mapping[str, Any] | None = None


Work = ObjectReference | EventLines | Unreadable


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a queue or one record of a stream: what Lambda delivers again when it is reported as failed.

    Attributes:
        id: What a partial batch response names it by: the message's id in SQS, the sequence number in Kinesis.
        works: What it asks for, in its order; empty when it asks for nothing, as a test event does.
        queue_arn: The ARN of the queue; None in Kinesis.
    """

    id: str
    works: tuple[Work, ...]
    queue_arn: str | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """Messages that Lambda polled, to be answered with a partial batch response.

    https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
    """

    kind: Literal["sqs", "kinesis"]
    messages: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Direct:
    """What a service invoked the function for by itself. Lambda repeats all of it, or nothing."""

    works: tuple[Work, ...]
