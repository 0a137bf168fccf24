"""Parameters of Systems Manager: small texts by name, which an account's runs in a region share."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from onboarding.aws import error_code
from onboarding.repeating import repeated

if TYPE_CHECKING:
    from mypy_boto3_ssm import SSMClient

MOST_CHARACTERS = 4096
"""Of the value of a parameter of the free tier ("Managing parameter tiers", AWS Systems Manager User Guide)."""
# Seconds until a change is tried again that met another one of the same parameter: Systems Manager refuses it by
# TooManyUpdates, which botocore does not repeat. Together, with what is added by chance, less than 12 seconds.
_PAUSES = (0.2, 0.5, 1.0, 2.0, 4.0)


def get(ssm: SSMClient, name: str) -> str | None:
    """The value of the parameter `name`; None if there is none."""
    try:
        return ssm.get_parameter(Name=name)["Parameter"].get("Value", "")
    except ClientError as error:
        if not is_missing(error):
            raise
        return None


def put_new(ssm: SSMClient, name: str, value: str, pauses: Sequence[float] = _PAUSES) -> bool:
    """Make the parameter `name`, and return whether it was made: of several callers at once, one makes it."""
    try:
        repeated(
            lambda: ssm.put_parameter(Name=name, Value=value, Type="String", Overwrite=False),
            is_busy,
            pauses,
            _pause,
        )
    except ClientError as error:
        if error_code(error) != "ParameterAlreadyExists":
            raise
        return False
    return True


def put(ssm: SSMClient, name: str, value: str, pauses: Sequence[float] = _PAUSES) -> int:
    """Make or overwrite the parameter `name`, and return its version, which is 1 for one that was made."""
    return repeated(
        lambda: ssm.put_parameter(Name=name, Value=value, Type="String", Overwrite=True),
        is_busy,
        pauses,
        _pause,
    )["Version"]


def delete(ssm: SSMClient, name: str) -> None:
    """Delete the parameter `name`, if there is one."""
    try:
        repeated(lambda: ssm.delete_parameter(Name=name), is_busy, _PAUSES, _pause)
    except ClientError as error:
        if not is_missing(error):
            raise


def under(ssm: SSMClient, path: str) -> dict[str, str]:
    """The values of all parameters below `path`, such as `/alb-loki/onboarding/x`, by their names."""
    pages = ssm.get_paginator("get_parameters_by_path").paginate(Path=path, Recursive=True)
    return {found["Name"]: found["Value"] for page in pages for found in page["Parameters"]}


def is_missing(error: ClientError) -> bool:
    """Whether there is no such parameter, or no such version of it.

    By its code: `ssm.exceptions` is made when it is first asked for, without a lock, so that of two threads one may
    wait for a class that no error is of any more.
    """
    return error_code(error) in ("ParameterNotFound", "ParameterVersionNotFound")


def is_busy(error: ClientError) -> bool:
    """Whether a change was refused because the parameter is being changed, or was deleted just before."""
    return error_code(error) == "TooManyUpdates"


def _pause(seconds: float) -> None:
    # Those that have met do not meet again.
    time.sleep(seconds * random.uniform(0.5, 1.5))  # noqa: S311
