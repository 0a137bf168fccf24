"""Parameters of Systems Manager: small texts by name, which an account's runs in a region share."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mypy_boto3_ssm import SSMClient

MOST_CHARACTERS = 4096
"""Of the value of a parameter of the free tier ("Managing parameter tiers", AWS Systems Manager User Guide)."""


def get(ssm: SSMClient, name: str) -> str | None:
    """The value of the parameter `name`; None if there is none."""
    try:
        return ssm.get_parameter(Name=name)["Parameter"].get("Value", "")
    except ssm.exceptions.ParameterNotFound:
        return None


def put_new(ssm: SSMClient, name: str, value: str) -> bool:
    """Make the parameter `name`, and return whether it was made: of several callers at once, one makes it."""
    try:
        ssm.put_parameter(Name=name, Value=value, Type="String", Overwrite=False)
    except ssm.exceptions.ParameterAlreadyExists:
        return False
    return True


def put(ssm: SSMClient, name: str, value: str) -> int:
    """Make or overwrite the parameter `name`, and return its version, which is 1 for one that was made."""
    return ssm.put_parameter(Name=name, Value=value, Type="String", Overwrite=True)["Version"]


def delete(ssm: SSMClient, name: str) -> None:
    """Delete the parameter `name`, if there is one."""
    try:
        ssm.delete_parameter(Name=name)
    except ssm.exceptions.ParameterNotFound:
        return


def under(ssm: SSMClient, path: str) -> dict[str, str]:
    """The values of all parameters below `path`, such as `/alb-loki/onboarding/x`, by their names."""
    pages = ssm.get_paginator("get_parameters_by_path").paginate(Path=path, Recursive=True)
    return {found["Name"]: found["Value"] for page in pages for found in page["Parameters"]}
