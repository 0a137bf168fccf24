"""Objects of S3, read as a stream. Errors say what is wrong; whoever asked for an object adds its name."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from ..aws import READ_TIMEOUT_SECONDS
from ..deadline import Deadline
from ..errors import AccessError, ObjectGoneError, SourceError
from ..timestamp import from_datetime
from ..triggers.work import ObjectReference

if TYPE_CHECKING:
    from botocore.exceptions import ClientError
    from botocore.response import StreamingBody
    from mypy_boto3_s3 import S3Client

    from ..aws import Clients

_CHUNK_BYTES = 128 * 1024
_GONE = ("NoSuchKey", "NoSuchVersion", "NoSuchBucket", "404")
_DENIED = ("AccessDenied", "AllAccessDisabled", "InvalidObjectState", "403")
_CHANGED = ("PreconditionFailed", "412")
# Broken connections in a row, without a byte between them, after which an object is given up.
_BREAKS = 4
_FIRST_PAUSE_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class OpenObject:
    """An object that is being read.

    Attributes:
        last_modified_ns: When it was written, in nanoseconds since 1970.
        etag: Its ETag.
        chunks: Its bytes, once. Raises SourceError when the connection breaks, ends before the object does, or stays
            silent, again and again; and DeadlineError when the time is used up.
    """

    last_modified_ns: int
    etag: str
    chunks: Iterator[bytes]


class S3Source:
    """Opens objects.

    Args:
        clients: Makes the S3 client, when the first object needs it.
        sleep: Waits for seconds.
    """

    def __init__(self, clients: "Clients", sleep: Callable[[float], object] = time.sleep) -> None:
        self._clients = clients
        self._sleep = sleep

    def open(self, reference: ObjectReference, deadline: Deadline, etag: str | None = None) -> OpenObject:
        """Start to read an object; the version that the event names, if it names one.

        A connection that breaks is made again, for the bytes that are missing, of the same object.

        An object that is gone is an error although no retry brings it back: its lines were never delivered, and
        a success would hide that. The event goes where failed events go, then.

        Args:
            reference: The object.
            deadline: Until when it may be read.
            etag: Which content it must have; None for any.

        Raises:
            ObjectGoneError: Deleted before it was read, for example by a lifecycle rule; or overwritten.
            AccessError: S3 refused.
            SourceError: Anything else that S3, or the way to it, answered with.
            DeadlineError: S3 did not answer in time.
        """
        client = self._clients.s3(reference.region)
        condition: dict[str, Any] = {"IfMatch": etag} if etag else {}
        answer = deadline.wait_for(partial(_get, client, reference, condition))
        return OpenObject(
            from_datetime(answer["LastModified"]),
            answer["ETag"],
            self._chunks(client, reference, answer, deadline),
        )

    def _chunks(
        self, client: "S3Client", reference: ObjectReference, answer: Any, deadline: Deadline
    ) -> Iterator[bytes]:
        from botocore.exceptions import BotoCoreError
        from urllib3.exceptions import HTTPError

        length, etag = answer["ContentLength"], answer["ETag"]
        position = breaks = 0
        body: StreamingBody | None = answer["Body"]
        while True:
            try:
                if body is None:
                    wanted = {"Range": f"bytes={position}-", "IfMatch": etag}
                    body = deadline.wait_for(partial(_get, client, reference, wanted))["Body"]
                for chunk in _in_time(body, length - position, deadline):
                    position += len(chunk)
                    breaks = 0
                    yield chunk
                return
            except (AccessError, ObjectGoneError):
                raise
            # botocore translates two errors of urllib3 only. It compares what it read with Content-Length, so that a
            # connection that ends early is an error as well.
            except (BotoCoreError, HTTPError, OSError, SourceError) as error:
                breaks += 1
                pause = _FIRST_PAUSE_SECONDS * 2.0 ** (breaks - 1)
                if breaks >= _BREAKS or pause >= deadline.check():
                    raise SourceError(
                        f"The object could not be read to its end: {error}. {position} of {length} bytes were read, "
                        f"with {breaks} broken connections in a row. Lines before the break are delivered."
                    ) from error
                self._sleep(pause)
            finally:
                if body is not None:
                    body.close()
                body = None


def _in_time(body: "StreamingBody", length: int, deadline: Deadline) -> Iterator[bytes]:
    """Yield the bytes for as long as there is time; a wait for more of them ends with it."""
    read = 0
    while True:
        left = deadline.check()
        if read < length:  # After its end, the body has no connection.
            body.set_socket_timeout(min(READ_TIMEOUT_SECONDS, left))
        chunk = body.read(_CHUNK_BYTES)
        if not chunk:
            return
        read += len(chunk)
        yield chunk


def _get(client: "S3Client", reference: ObjectReference, conditions: dict[str, Any]) -> Any:
    from botocore.exceptions import BotoCoreError, ClientError

    version: dict[str, Any] = {"VersionId": reference.version_id} if reference.version_id else {}
    try:
        return client.get_object(Bucket=reference.bucket, Key=reference.key, **version, **conditions)
    except ClientError as error:
        raise _refused(error) from error
    except BotoCoreError as error:
        raise SourceError(
            f"S3 could not be reached: {error}. Check that the function's network has a way to S3."
        ) from error


def _refused(error: "ClientError") -> SourceError:
    code = error.response.get("Error", {}).get("Code", "unknown")
    if code in _GONE:
        return ObjectGoneError(
            f"The object is gone ({code}): it was deleted before it was read, so its lines are not delivered. Check "
            "the bucket's lifecycle rules and what else deletes objects there."
        )
    if code in _CHANGED:
        return ObjectGoneError(
            f"The object was overwritten while it was delivered ({code}): what is left of its former content is lost, "
            "and the new content has an event of its own. Check what writes to this key."
        )
    if code in _DENIED:
        return AccessError(
            f"S3 refused to give the object: {code}. The function's role and, in another account, the bucket's policy "
            "must allow s3:GetObject (s3:GetObjectVersion for a version), and a KMS key kms:Decrypt. Without "
            "s3:ListBucket, S3 gives the same answer for an object that does not exist."
        )
    return SourceError(f"S3 did not give the object: {error}.")
