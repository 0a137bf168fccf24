r"""Parking: what Loki refused for its content is kept in a bucket or a queue, with the reason.

What is parked is one JSON document:

    {
      "refusal": {"source": "s3://…", "firstLine": 1, "lastLine": 100, "status": 400, "reason": "timestamp_too_old",
                  "message": "Loki's answer", "tenant": "…"},
      "Records": [{"eventSource": "aws:s3", "s3": {…}, "albLoki": {"only": [1, 100]}}],
      "push": "base64"
    }

`Records` is there when the lines came from an object. It makes the document an S3 event that asks for these lines
alone: sent to the function, or to the queue that the function reads, it delivers them again, with the settings that
the function has by then. So the destination must not be what the function is fed from: a queue or bucket of its own
would bring each refusal straight back.

`push` is the refused request itself. In a bucket it is always there; in a queue only when there is no object to read
the lines from again. Once Loki's limits have been changed, it can be sent as it is:

    jq -r .push parked.json | base64 -d | curl --fail-with-body --data-binary @- \
      -H 'Content-Type: application/x-protobuf' -H 'X-Scope-OrgID: …' https://loki.example.com/loki/api/v1/push
"""

import hashlib
import json
import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import quote_plus

from .aws import Clients, error_code
from .errors import ConfigurationError, ParkingError
from .triggers.work import PROGRESS_MEMBER

if TYPE_CHECKING:
    from mypy_boto3_sqs.type_defs import MessageAttributeValueTypeDef

_VARIABLE = "REFUSED_DESTINATION"
_ALLOWED = (
    "the ARN of a standard queue, arn:aws:sqs:<region>:<account>:<name>, or that of a bucket with an optional prefix, "
    "arn:aws:s3:::<bucket>/<prefix>"
)
# https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-queues.html
_QUEUE_ARN = re.compile(r"arn:aws[a-z-]*:sqs:([a-z0-9-]+):([0-9]{12}):([A-Za-z0-9_-]{1,80}(?:\.fifo)?)")
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
_BUCKET_ARN = re.compile(r"arn:aws[a-z-]*:s3:::([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(/.*)?")
# Of the 1024 bytes of a key, what is left beside the reason and the name of the object.
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html
_MAX_PREFIX_BYTES = 800
_MAX_LABEL_CHARACTERS = 64

# A queue may be set to take less: Terraform sets 256 KiB unless told otherwise.
# https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html
_MAX_MESSAGE_BYTES = 1024 * 1024
# Loki's answer may name many lines. In a queue the rest of it would take the place of the push.
_MAX_ANSWER_CHARACTERS = 2000
# What a message and its attributes may not hold, by the same page.
_NOT_IN_MESSAGES = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_SMALLER = (
    f"Set the queue's maximum message size to {_MAX_MESSAGE_BYTES} bytes if it is less, lower BATCH_SIZE, or set "
    f"{_VARIABLE} to a bucket, which takes every size."
)
_TRIED_AGAIN = "Its lines count as not delivered, and are tried again with their event."
_DENIED = (
    "AccessDenied",
    "AccessDeniedException",
    "AllAccessDisabled",
    "KmsAccessDenied",
    "KMS.AccessDeniedException",
)
_NO_QUEUE = ("AWS.SimpleQueueService.NonExistentQueue", "QueueDoesNotExist")
_TOO_LONG = ("InvalidParameterValue", "InvalidParameterValueException")


@dataclass(frozen=True, slots=True)
class QueueDestination:
    """A standard queue of SQS."""

    arn: str
    region: str
    account_id: str
    name: str


@dataclass(frozen=True, slots=True)
class BucketDestination:
    """A bucket, and what the keys of parked documents begin with (without slashes around it; may be empty)."""

    bucket: str
    prefix: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """A push that Loki refused for its content.

    Attributes:
        source: Where the lines came from: an S3 URI, or a log group.
        first_line: The first of its lines, counted from 1 in the records of the source.
        last_line: The last of its lines, inclusive.
        status: The HTTP status that Loki answered with.
        reason: A short label of the reason, such as `timestamp_too_old`.
        message: Loki's answer.
        push: The body of the request exactly as it was sent: protobuf, compressed with snappy.
        bucket: The bucket of the object that the lines came from; None if they came from elsewhere.
        key: The object's key, decoded.
        version_id: The object's version, in a bucket with versioning.
        tenant: The tenant (X-Scope-OrgID) of the push; None sent no such header.
    """

    source: str
    first_line: int
    last_line: int
    status: int
    reason: str
    message: str
    push: bytes = field(repr=False)
    bucket: str | None = None
    key: str | None = None
    version_id: str | None = None
    tenant: str | None = None


class Parking(Protocol):
    """Keeps refusals. All threads may share it."""

    def park(self, refusal: Refusal) -> str:
        """Keep a refusal.

        Returns:
            Where it lies, as a URI.

        Raises:
            ParkingError: It was not kept, so its lines must count as not delivered.
        """


def parse_destination(value: str) -> QueueDestination | BucketDestination:
    """Read the value of REFUSED_DESTINATION.

    Raises:
        ConfigurationError: It is neither the ARN of a standard queue nor that of a bucket.
    """
    if queue := _QUEUE_ARN.fullmatch(value):
        region, account_id, name = queue.groups()
        if name.endswith(".fifo"):
            raise ConfigurationError(
                f"{_VARIABLE} is {value!r}, a FIFO queue: one refusal would hold up those after it. It must be "
                f"{_ALLOWED}."
            )
        return QueueDestination(value, region, account_id, name)
    bucket = _BUCKET_ARN.fullmatch(value)
    if not bucket:
        raise ConfigurationError(f"{_VARIABLE} is {value!r}. It must be {_ALLOWED}.")
    prefix = (bucket[2] or "").strip("/")
    if "*" in prefix or len(prefix.encode()) > _MAX_PREFIX_BYTES:
        raise ConfigurationError(
            f"{_VARIABLE} is {value!r}. Its prefix may have up to {_MAX_PREFIX_BYTES} bytes, and no '*'."
        )
    return BucketDestination(bucket[1], prefix)


def open_parking(destination: QueueDestination | BucketDestination, clients: Clients) -> Parking:
    """Return what parks refusals at a destination. AWS is not asked for anything before the first of them."""
    if isinstance(destination, QueueDestination):
        return QueueParking(destination, clients)
    return BucketParking(destination, clients)


class BucketParking:
    """Parks refusals as objects `<prefix>/<reason>/<hash>.json`, one each.

    The hash is made of the push and of where its lines came from, so that the same push, refused again when its event
    is retried, overwrites its object and does not add one. For the same reason the key holds no date: S3 knows when
    an object was written. The object's metadata repeat the reason and the status.
    """

    def __init__(self, destination: BucketDestination, clients: Clients) -> None:
        self._bucket = destination.bucket
        self._prefix = destination.prefix
        self._clients = clients

    def park(self, refusal: Refusal) -> str:
        """Keep a refusal as an object; the role needs s3:PutObject. See `Parking.park`."""
        from botocore.exceptions import BotoCoreError, ClientError

        key = "/".join(filter(None, (self._prefix, _label(refusal.reason), f"{_digest(refusal)}.json")))
        uri = f"s3://{self._bucket}/{key}"
        try:
            self._clients.s3().put_object(
                Bucket=self._bucket,
                Key=key,
                Body=_document(refusal, refusal.message, push=True).encode(),
                ContentType="application/json",
                Metadata={"reason": _label(refusal.reason), "status": str(refusal.status)},
            )
        except ClientError as error:
            raise ParkingError(
                _not_parked(refusal, uri, f"{error}", self._remedy(error_code(error)))
            ) from error
        except BotoCoreError as error:
            remedy = "Check that the function's network has a way to S3."
            raise ParkingError(_not_parked(refusal, uri, f"{error}", remedy)) from error
        return uri

    def _remedy(self, code: str) -> str:
        if code == "NoSuchBucket":
            return f"Create the bucket, or mend {_VARIABLE}."
        if code in _DENIED:
            return (
                "The function's role and, in another account, the bucket's policy must allow s3:PutObject, and a KMS "
                "key of the bucket kms:GenerateDataKey."
            )
        return _TRIED_AGAIN


class QueueParking:
    """Parks refusals as messages of a queue, with the attributes Reason, Status, Source and Tenant (if there is one).

    What a queue holds is lost when its retention ends, and a refusal that comes again with its event is a second
    message. A bucket has neither fault.
    """

    def __init__(self, destination: QueueDestination, clients: Clients) -> None:
        self._destination = destination
        self._clients = clients

    def park(self, refusal: Refusal) -> str:
        """Send a refusal; the role needs sqs:SendMessage and sqs:GetQueueUrl. See `Parking.park`.

        Returns:
            The queue's ARN and, after #, the message's id.
        """
        from botocore.exceptions import BotoCoreError, ClientError

        queue = self._destination
        body = _document(refusal, refusal.message[:_MAX_ANSWER_CHARACTERS], push=_record(refusal) is None)
        attributes = _attributes(refusal)
        size = _message_bytes(body, attributes)
        if size > _MAX_MESSAGE_BYTES:
            reason = f"the message would have {size} bytes, and SQS takes up to {_MAX_MESSAGE_BYTES}"
            raise ParkingError(_not_parked(refusal, queue.arn, reason, _SMALLER))
        try:
            url = self._clients.queue_url(queue.region, queue.account_id, queue.name)
            answer = self._clients.sqs(queue.region).send_message(
                QueueUrl=url, MessageBody=body, MessageAttributes=attributes
            )
        except ClientError as error:
            remedy = self._remedy(error_code(error))
            raise ParkingError(_not_parked(refusal, queue.arn, f"{error}", remedy)) from error
        except BotoCoreError as error:
            remedy = f"Check that the function's network has a way to SQS in {queue.region}."
            raise ParkingError(_not_parked(refusal, queue.arn, f"{error}", remedy)) from error
        return f"{queue.arn}#{answer['MessageId']}"

    def _remedy(self, code: str) -> str:
        if code in _NO_QUEUE:
            return f"Create the queue, or mend {_VARIABLE}."
        if code in _DENIED:
            return (
                "The function's role and, in another account, the queue's policy must allow sqs:SendMessage and "
                "sqs:GetQueueUrl, and a KMS key of the queue kms:GenerateDataKey and kms:Decrypt."
            )
        if code in _TOO_LONG:
            return _SMALLER
        return _TRIED_AGAIN


def _document(refusal: Refusal, message: str, *, push: bool) -> str:
    """Return the document in ASCII: what SQS does not take as a character, it takes as an escape."""
    document: dict[str, object] = {
        "refusal": {
            "source": refusal.source,
            "firstLine": refusal.first_line,
            "lastLine": refusal.last_line,
            "status": refusal.status,
            "reason": refusal.reason,
            "message": message,
            "tenant": refusal.tenant,
        }
    }
    record = _record(refusal)
    if record is not None:
        document["Records"] = [record]
    if push:
        document["push"] = b64encode(refusal.push).decode()
    return json.dumps(document)


def _record(refusal: Refusal) -> Mapping[str, object] | None:
    """Return the record of an S3 event that asks for the refused lines alone; None if they are not of an object.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
    """
    if refusal.bucket is None or refusal.key is None:
        return None
    stored = {"key": quote_plus(refusal.key, safe="/")}
    if refusal.version_id is not None:
        stored["versionId"] = refusal.version_id
    return {
        "eventVersion": "2.1",
        "eventSource": "aws:s3",
        "eventName": "ObjectCreated:Put",
        "s3": {"s3SchemaVersion": "1.0", "bucket": {"name": refusal.bucket}, "object": stored},
        PROGRESS_MEMBER: {"only": [refusal.first_line, refusal.last_line]},
    }


def _attributes(refusal: Refusal) -> dict[str, "MessageAttributeValueTypeDef"]:
    texts = {"Reason": _label(refusal.reason), "Source": refusal.source, "Tenant": refusal.tenant}
    attributes: dict[str, MessageAttributeValueTypeDef] = {
        "Status": {"DataType": "Number", "StringValue": str(refusal.status)}
    }
    for name, text in texts.items():
        if text:  # SQS takes no empty values.
            attributes[name] = {"DataType": "String", "StringValue": _NOT_IN_MESSAGES.sub("?", text)}
    return attributes


def _message_bytes(body: str, attributes: Mapping[str, "MessageAttributeValueTypeDef"]) -> int:
    """Return a message's size as SQS counts it: with its attributes' names, types and values."""
    return len(body) + sum(
        len((name + value["DataType"] + value.get("StringValue", "")).encode())
        for name, value in attributes.items()
    )


def _digest(refusal: Refusal) -> str:
    lines: list[Any] = [
        refusal.source,
        refusal.bucket,
        refusal.key,
        refusal.version_id,
        refusal.first_line,
        refusal.last_line,
        refusal.tenant,
        hashlib.sha256(refusal.push).hexdigest(),
    ]
    return hashlib.sha256(json.dumps(lines).encode()).hexdigest()


def _label(reason: str) -> str:
    return re.sub(r"[^A-Za-z0-9_-]", "_", reason)[:_MAX_LABEL_CHARACTERS] or "unknown"


def _not_parked(refusal: Refusal, destination: str, reason: str, remedy: str) -> str:
    return (
        f"Lines {refusal.first_line} to {refusal.last_line} of {refusal.source}, which Loki refused "
        f"({refusal.status}, {refusal.reason}), could not be parked at {destination}: {reason}. {remedy}"
    )
