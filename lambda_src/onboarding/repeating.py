"""Repeats a call that AWS refuses only for the moment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from botocore.exceptions import ClientError

Result = TypeVar("Result")


def repeated(
    call: Callable[[], Result],
    is_passing: Callable[[ClientError], bool],
    pauses: Sequence[float],
    pause: Callable[[float], None],
) -> Result:
    """Return what `call` returns, in the end.

    Args:
        call: What may be done again.
        is_passing: Whether an error may be gone soon. Others are raised at once.
        pauses: The seconds between one call and the next; after the last one, no error is waited for any more.
        pause: Waits for so many seconds, or raises when there is no time for it.
    """
    for seconds in pauses:
        try:
            return call()
        except ClientError as error:
            if not is_passing(error):
                raise
        pause(seconds)
    return call()
