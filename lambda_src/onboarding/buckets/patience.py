"""What S3 refuses only until what was just made is known everywhere, and for how long that is waited for.

botocore repeats no call that S3 answers so. Terraform's AWS provider does.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from botocore.exceptions import ClientError

from onboarding.aws import error_code
from onboarding.buckets.inspection import DeniedError
from onboarding.repeating import repeated
from onboarding.state.lock import Lock

Result = TypeVar("Result")

# Seconds between calls: together a minute for a bucket, 45 seconds for a role, and 20 seconds for what lets S3 send to
# a topic, queue or function, and for what the onboarding's own role may do.
_NEW_BUCKET = (1.0, 2.0, 4.0, 8.0, 15.0, 15.0, 15.0)
_NEW_PRINCIPAL = (1.0, 2.0, 4.0, 8.0, 15.0, 15.0)
_NEW_DESTINATION = (1.0, 2.0, 4.0, 6.0, 7.0)
_NEW_PERMISSION = (1.0, 2.0, 4.0, 6.0, 7.0)


class Permissions:
    """Waits for what the role of a run may do: its policy can have been written a second before the run.

    What was waited for in vain for one bucket is not waited for again for the others.
    """

    def __init__(self) -> None:
        self._denied: set[str] = set()

    def awaited(self, work: Callable[[], Result], wait: Callable[[float], None]) -> Result:
        """Do `work`, which can be done again.

        Args:
            work: What the role may have to be allowed.
            wait: Waits for so many seconds, or raises when there is no time for it.

        Raises:
            DeniedError: The role may not do it.
        """
        for seconds in _NEW_PERMISSION:
            try:
                return work()
            except DeniedError as error:
                if error.action in self._denied:
                    raise
            wait(seconds)
        try:
            return work()
        except DeniedError as error:
            self._denied.add(error.action)
            raise


def on_bucket(call: Callable[[], Result], lock: Lock) -> Result:
    """Do `call`, also on a bucket that was made just before, or that somebody else is changing.

    Raises:
        OutOfTimeError: The lock, or the invocation, ends before S3 knows the bucket.
    """
    return repeated(call, _is_bucket_unknown, _NEW_BUCKET, lock.wait)


def for_principal(call: Callable[[], Result], lock: Lock) -> Result:
    """Do `call`, which puts a policy, also for a principal that was made just before.

    Raises:
        OutOfTimeError: As of `on_bucket`.
    """
    return repeated(call, _is_principal_unknown, _NEW_PRINCIPAL, lock.wait)


def to_destination(call: Callable[[], Result], lock: Lock) -> Result:
    """Do `call`, which puts notifications, also to what S3 was allowed to tell just before.

    Raises:
        OutOfTimeError: As of `on_bucket`.
    """
    return repeated(call, _is_destination_unknown, _NEW_DESTINATION, lock.wait)


def _is_bucket_unknown(error: ClientError) -> bool:
    return error_code(error) in ("NoSuchBucket", "OperationAborted")


def _is_principal_unknown(error: ClientError) -> bool:
    return error_code(error) == "MalformedPolicy" and "invalid principal" in _message(error)


def _is_destination_unknown(error: ClientError) -> bool:
    return error_code(error) == "InvalidArgument" and "unable to validate" in _message(error)


def _message(error: ClientError) -> str:
    return error.response["Error"].get("Message", "").lower()
