"""A lock that all runs of an account and region share."""

from __future__ import annotations

import json
import random
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from onboarding.errors import OnboardingError, OutOfTimeError
from onboarding.state import parameters

if TYPE_CHECKING:
    from mypy_boto3_ssm import SSMClient

LEASE = 180.0
"""Seconds for which a lock is held at most. Longer than what it is held for: a dozen calls, and some two and a half
minutes of waiting if the bucket, the hub's role, the destination and the own role's policy are all new."""
NEEDED = 20.0
"""Seconds that have to be left, of the lease or of the invocation, to begin something that must not be cut off."""
# Seconds of the lease in which a parameter can be put or deleted for sure, with repetitions.
_TO_FREE = 15.0
_FREE = ""
_LONGEST_WAIT = 2.0


@dataclass
class Lock:
    """A lock that is held.

    Attributes:
        until: When the lease ends, by `time.monotonic`.
        deadline: The seconds that are left of the invocation.
        discard: Whether the parameter is deleted in the end, and not only marked as free: when nothing is left that it
            is for.
    """

    until: float
    deadline: Callable[[], float]
    discard: bool = False

    def check(self, ahead: float = 0.0) -> None:
        """Make sure that there is time for a write, in `ahead` seconds.

        Raises:
            OutOfTimeError: The lease is about to end, and somebody else may take the lock then, or the invocation is.
        """
        if min(self.until - time.monotonic(), self.deadline()) < ahead + NEEDED:
            raise OutOfTimeError(
                f"AWS answered so slowly that the lock, which is held for {LEASE:g} s at most, or the time of the "
                "run is about to end. Run again."
            )

    def wait(self, seconds: float) -> None:
        """Wait, if there is time for a write afterwards.

        Raises:
            OutOfTimeError: There is not.
        """
        self.check(seconds)
        time.sleep(seconds)


@contextmanager
def locked(ssm: SSMClient, name: str, deadline: Callable[[], float], lease: float = LEASE) -> Iterator[Lock]:
    """Hold the lock `name`, a parameter's name, for the time of a `with` block.

    S3 needs it because PutBucketPolicy and PutBucketNotificationConfiguration replace the whole document and take
    no condition: of two runs that read, merge and write at once, one would lose what it wrote. Whoever writes
    without this lock is seen by reading again after the write.

    The parameter says who holds the lock and until when; a free one is taken over like one whose lease has ended:
    by overwriting it. That is done by one only, since each overwriting makes a version of its own, and only that
    holds the lock whose version follows one that nobody held it by. It is overwritten rather than deleted since a
    parameter's name is to rest for 30 seconds after a deletion (API reference of Systems Manager, DeleteParameter).

    Args:
        ssm: Where it is.
        name: The parameter.
        deadline: The seconds that are left of the invocation.
        lease: The seconds after which others may take the lock of one that has died.

    Raises:
        OutOfTimeError: Others held it until fewer than `NEEDED` seconds were left.
    """
    token = uuid.uuid4().hex
    wait = 0.1
    while True:
        if deadline() < NEEDED:
            raise OutOfTimeError(
                f"There was not enough time to wait for the lock {name}, which another run holds. Run again."
            )
        held = Lock(time.monotonic() + lease, deadline)
        if _take(ssm, name, _value(token, lease)):
            break
        # Not all at once: some wait shorter, some longer.
        time.sleep(wait * random.uniform(0.5, 1.5))  # noqa: S311
        wait = min(wait * 1.5, _LONGEST_WAIT)
    try:
        yield held
    finally:
        # After the lease's end it may be somebody else's.
        if time.monotonic() < held.until - _TO_FREE:
            if held.discard:
                parameters.delete(ssm, name)
            else:
                parameters.put(ssm, name, _value(_FREE, 0))


def _take(ssm: SSMClient, name: str, value: str) -> bool:
    try:
        return _taken(ssm, name, value)
    except ClientError as error:
        if not parameters.is_busy(error):
            raise
        # Another one takes it, or has just discarded it: what was read has to be read again.
        return False


def _taken(ssm: SSMClient, name: str, value: str) -> bool:
    try:
        found = ssm.get_parameter(Name=name)["Parameter"]
    except ClientError as error:
        if not parameters.is_missing(error):
            raise
        # boto3 repeats a call whose answer was lost, and then it is there.
        return parameters.put_new(ssm, name, value, pauses=()) or _was(ssm, name, 1) == value
    if _is_held(name, found["Value"]):
        return False
    version = parameters.put(ssm, name, value, pauses=())
    # What was read may have been overwritten since, also more than once, or deleted.
    while version > 1:
        version -= 1
        before = _was(ssm, name, version)
        if before != value:  # It is the same if boto3 has sent the call again, since its answer was lost.
            return before is not None and not _is_held(name, before)
    return True  # It was deleted: this has made it.


def _was(ssm: SSMClient, name: str, version: int) -> str | None:
    """The value of a version; None if the parameter was deleted."""
    try:
        return ssm.get_parameter(Name=f"{name}:{version}")["Parameter"]["Value"]
    except ClientError as error:
        if not parameters.is_missing(error):
            raise
        return None


def _value(token: str, lease: float) -> str:
    return json.dumps({"token": token, "until": time.time() + lease})


def _is_held(name: str, value: str) -> bool:
    try:
        found = json.loads(value)
        return bool(found["token"] != _FREE and found["until"] > time.time())
    except (ValueError, TypeError, KeyError) as error:
        raise OnboardingError(
            f"The parameter {name} is not a lock of an onboarding: {value[:100]!r}. Delete it, and run again."
        ) from error
