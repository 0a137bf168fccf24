"""Objects of S3, read as a stream. Errors say what is wrong; whoever asked for an object adds its name."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError
from urllib3.exceptions import HTTPError

from .errors import AccessError, ObjectGoneError, SourceError
from .event import ObjectReference
from .timestamp import from_datetime

if TYPE_CHECKING:
    from botocore.response import StreamingBody
    from mypy_boto3_s3 import S3Client

# How long S3 may stay silent, before its answer and within it.
READ_TIMEOUT_SECONDS = 10

_CHUNK_BYTES = 64 * 1024
_GONE = ("NoSuchKey", "NoSuchVersion", "NoSuchBucket", "404")
_DENIED = ("AccessDenied", "AllAccessDisabled", "InvalidObjectState", "403")


def _no_limit(_seconds: float) -> None:
    """Set no limit."""


@dataclass(frozen=True, slots=True)
class OpenObject:
    """An object that is being read.

    Attributes:
        last_modified_ns: When it was written, in nanoseconds since 1970.
        chunks: Its bytes, once. Raises SourceError when the connection breaks, ends before the object does, or
            stays silent for too long.
        limit_silence: Sets for how many seconds, at most, the next chunk may be waited for without a byte coming in. A
            source that does not wait needs none.
    """

    last_modified_ns: int
    chunks: Iterator[bytes]
    limit_silence: Callable[[float], None] = _no_limit


class S3Source:
    """Opens objects with an S3 client (boto3, not part of the package: Lambda's runtime has it)."""

    def __init__(self, client: "S3Client") -> None:
        self._client = client

    def open(self, reference: ObjectReference) -> OpenObject:
        """Start to read an object; the version that the event names, if it names one.

        An object that is gone is an error although no retry brings it back: its lines were never delivered, and
        a success would hide that. Lambda then hands the event to the failure destination or alarm set for it.

        Raises:
            ObjectGoneError: Deleted before it was read, for example by a lifecycle rule.
            AccessError: S3 refused.
            SourceError: Anything else that S3, or the way to it, answered with.
        """
        try:
            if reference.version_id:
                answer = self._client.get_object(
                    Bucket=reference.bucket, Key=reference.key, VersionId=reference.version_id
                )
            else:
                answer = self._client.get_object(Bucket=reference.bucket, Key=reference.key)
        except ClientError as error:
            raise _refused(error) from error
        except BotoCoreError as error:
            raise SourceError(
                f"S3 could not be reached: {error}. Check that the function's network has a way to S3."
            ) from error
        body, length = answer["Body"], answer["ContentLength"]

        def limit_silence(seconds: float) -> None:
            if body.tell() < length:  # After its end, the body has no connection.
                body.set_socket_timeout(min(READ_TIMEOUT_SECONDS, seconds))

        return OpenObject(from_datetime(answer["LastModified"]), _chunks(body), limit_silence)


def _chunks(body: "StreamingBody") -> Iterator[bytes]:
    # The body compares what it read with Content-Length when it ends, so a connection that ends early is seen.
    try:
        yield from body.iter_chunks(_CHUNK_BYTES)
    except (BotoCoreError, HTTPError, OSError) as error:  # botocore translates two errors of urllib3 only.
        raise SourceError(
            f"The object could not be read to its end: {error}. Lines before the break are delivered; when the "
            "event is retried, the object is read again from its start."
        ) from error
    finally:
        body.close()


def _refused(error: ClientError) -> SourceError:
    code = error.response.get("Error", {}).get("Code", "unknown")
    if code in _GONE:
        return ObjectGoneError(
            f"The object is gone ({code}): it was deleted before it was read, so its lines are not delivered. Check "
            "the bucket's lifecycle rules and what else deletes objects there."
        )
    if code in _DENIED:
        return AccessError(
            f"S3 refused to give the object: {code}. The function's role and, in another account, the bucket's policy "
            "must allow s3:GetObject (s3:GetObjectVersion for a version), and a KMS key kms:Decrypt. Without "
            "s3:ListBucket, S3 gives the same answer for an object that does not exist."
        )
    return SourceError(f"S3 did not give the object: {error}.")
