"""The message by which an object that is not finished is continued.

It is an S3 event like the one that S3 sends, with one member more in its record, `albLoki`:

- `delivered`: ranges of lines that are dealt with, counted from 0, without the last one of each
- `etag`: of the object that was read; the ranges mean nothing for another one
- `only`: the first and the last line that is wanted, counted from 1, in messages about lines that Loki had refused
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote_plus

from ..errors import EventError
from ..push.progress import Progress, Range
from ..triggers.work import PROGRESS_MEMBER

if TYPE_CHECKING:
    from ..aws import Clients
    from ..triggers import ObjectReference

# After a failure that may pass: Loki or S3 gets some time.
FAILURE_DELAY_SECONDS = 30
_QUEUE_ARN = re.compile(
    r"arn:[a-z0-9-]+:sqs:(?P<region>[a-z0-9-]+):(?P<account>\d{12}):(?P<name>[A-Za-z0-9_.-]+)"
)


@dataclass(slots=True)
class Position:
    """How far an object has come.

    Attributes:
        progress: Which lines are dealt with.
        etag: The object's ETag; None before it was opened.
        only: The range that is wanted; None for the whole object.
    """

    progress: Progress = field(default_factory=Progress)
    etag: str | None = None
    only: Range | None = None


def read_position(member: Mapping[str, Any] | None) -> Position:
    """Read the member `albLoki` of a record; None is the beginning.

    Raises:
        EventError: It is not as this function writes it.
    """
    if member is None:
        return Position()
    delivered, etag, only = member.get("delivered", []), member.get("etag"), member.get("only")
    if (
        not isinstance(delivered, list)
        or not all(_is_range(one) for one in delivered)
        or not (only is None or (_is_range(only) and only[0] >= 1))
        or not (etag is None or isinstance(etag, str))
    ):
        raise EventError(
            f"The member {PROGRESS_MEMBER} of a record is not as this function writes it: it must hold `delivered` "
            "(a list of pairs of line numbers), `etag` (text) and `only` (a pair of line numbers). Without that "
            "member, the whole object is delivered."
        )
    position = Position(Progress(delivered), etag)
    if only is not None:
        position.only = (only[0] - 1, only[1])
        position.progress.add(0, only[0] - 1)
    return position


def record(reference: "ObjectReference", position: Position) -> dict[str, Any]:
    """Return the record that continues an object."""
    object_member = {"key": quote_plus(reference.key, safe="/")}
    if reference.version_id:
        object_member["versionId"] = reference.version_id
    progress: dict[str, Any] = {"delivered": [list(one) for one in position.progress.done]}
    if position.etag:
        progress["etag"] = position.etag
    if position.only:
        progress["only"] = [position.only[0] + 1, position.only[1]]
    return {
        "eventVersion": "2.1",
        "eventSource": "aws:s3",
        **({"awsRegion": reference.region} if reference.region else {}),
        "eventName": "ObjectCreated:Continued",
        "s3": {"bucket": {"name": reference.bucket}, "object": object_member},
        PROGRESS_MEMBER: progress,
    }


def send(
    clients: "Clients", queue_arn: str, records: Sequence[Mapping[str, Any]], delay_seconds: int
) -> None:
    """Put the message into the queue that the function is fed from.

    Raises:
        BotoCoreError, ClientError: SQS did not take it.
        ValueError: This is not the ARN of a queue.
    """
    match = _QUEUE_ARN.fullmatch(queue_arn)
    if match is None:
        raise ValueError(f"{queue_arn!r} is not the ARN of an SQS queue.")
    clients.sqs(match["region"]).send_message(
        QueueUrl=clients.queue_url(match["region"], match["account"], match["name"]),
        MessageBody=json.dumps({"Records": records}),
        DelaySeconds=delay_seconds,
    )


def _is_range(value: object) -> bool:
    return (
        isinstance(value, list)
        and len(value) == 2
        and all(isinstance(number, int) and not isinstance(number, bool) for number in value)
        and 0 <= value[0] <= value[1]
    )
