"""Looks at the calls of a boto3 session, and lets one fail."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from threading import Lock
from typing import Any

import boto3
from botocore.exceptions import ClientError

Fault = Callable[[int, str], None]
"""Is told the number of a call, from 1, and its operation, such as `PutParameter`; what it raises, the caller gets."""

# What a call's number is kept by between its two events.
_NUMBER = "number of the call"


class CrashError(BaseException):
    """The process ends: nothing may catch it."""


class Calls:
    """Counts the calls of a session, and lets them fail.

    Attributes:
        before: Called before each call is sent.
        after: Called after each call is answered.
        operations: The calls so far.
    """

    def __init__(self, session: boto3.Session) -> None:
        self.operations: list[str] = []
        self.before: Fault = _nothing
        self.after: Fault = _nothing
        self._lock = Lock()
        session.events.register("before-call", self._before)
        session.events.register("after-call", self._after)

    @property
    def counts(self) -> Counter[str]:
        """How often each operation was called."""
        return Counter(self.operations)

    def forget(self) -> None:
        """Count from now on."""
        self.operations.clear()

    def heal(self) -> None:
        """Let no call fail any more."""
        self.before = self.after = _nothing

    def _before(self, model: Any, context: dict[str, Any], **_: Any) -> None:
        with self._lock:
            self.operations.append(model.name)
            number = len(self.operations)
        context[_NUMBER] = number
        self.before(number, model.name)

    def _after(self, model: Any, context: dict[str, Any], **_: Any) -> None:
        # Others may have been sent meanwhile: it is told the number that this one was sent by.
        self.after(context[_NUMBER], model.name)


def fails_once(number: int) -> Fault:
    """AWS answers the call of this number with an error of its own."""

    def fault(called: int, operation: str) -> None:
        if called == number:
            raise ClientError({"Error": {"Code": "InternalFailure", "Message": "told to fail"}}, operation)

    return fault


def refuses(operation: str, code: str, message: str = "told to fail", *, times: int) -> Fault:
    """AWS answers the first calls of an operation with an error."""
    left = iter(range(times))  # Taken from by one thread at a time.

    def fault(_number: int, called: str) -> None:
        if called == operation and next(left, None) is not None:
            raise ClientError({"Error": {"Code": code, "Message": message}}, operation)

    return fault


def crashes(number: int) -> Fault:
    """The process ends at the call of this number: no later call is made either."""

    def fault(called: int, _operation: str) -> None:
        if called >= number:
            raise CrashError

    return fault


def _nothing(_number: int, _operation: str) -> None:
    return
