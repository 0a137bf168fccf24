"""Rules that inputs of several modules share, as Terraform conditions on the value of an expression."""

from __future__ import annotations

import json
from collections.abc import Sequence

from cdktf_app.modules import patterns

RETENTION_DAYS = (
    *(1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731),
    *(1096, 1827, 2192, 2557, 2922, 3288, 3653),
)

RETENTIONS = f"{', '.join(map(str, RETENTION_DAYS[:-1]))} or {RETENTION_DAYS[-1]}"
"""The days that CloudWatch Logs can keep a log (PutRetentionPolicy, Amazon CloudWatch Logs API reference)."""


def matches(pattern: str, value: str) -> str:
    """Hold when the expression `value` matches the pattern."""
    return f"can(regex({json.dumps(pattern)}, {value}))"


def is_bucket_name(value: str) -> str:
    """Hold for names that S3 takes."""
    return f"{matches(patterns.BUCKET_NAME, value)} && !{matches(patterns.BUCKET_NAME_RESERVED, value)}"


def is_prefix(value: str) -> str:
    """Hold for key prefixes; Elastic Load Balancing adds `AWSLogs` itself and refuses a prefix that holds it."""
    return f'{matches(patterns.PREFIX, value)} && !strcontains({value}, "AWSLogs")'


PREFIX_RULES = (
    "be of letters, digits and !_.'()- between single slashes, with no slash at its ends, and no AWSLogs in it: "
    "Elastic Load Balancing adds /AWSLogs/<account> itself and refuses a prefix that contains it. Use "
    "logs/team-a, for example, or an empty string."
)


def is_ipv4_range(value: str) -> str:
    """Hold for IPv4 ranges in CIDR notation; Terraform's own functions take IPv6 too."""
    return f'can(cidrhost({value}, 0)) && can(regex("^[0-9.]+/", {value}))'


def is_retention(value: str) -> str:
    """Hold for the days that CloudWatch Logs can keep a log."""
    return f"contains({json.dumps(list(RETENTION_DAYS))}, {value})"


def each_of(name: str, condition: str) -> str:
    """Hold `condition` for every value of the map variable `name`; its singular names the value."""
    return f"alltrue([for {name.removesuffix('s')} in values(var.{name}) : {condition}])"


def is_one_of(choices: Sequence[str], value: str) -> str:
    """Hold when the expression `value` is one of the choices."""
    return f"contains({json.dumps(list(choices))}, {value})"


def is_whole_number(value: str, least: int, most: int) -> str:
    """Hold for whole numbers from `least` to `most`."""
    return f"{value} >= {least} && {value} <= {most} && floor({value}) == {value}"


def is_regular_expression(value: str) -> str:
    """Hold for what RE2 can compile; Terraform's `regex` refuses some of it for the groups that it has."""
    return f'can(replace("", "/${{{value}}}/", ""))'


def if_given(value: str, condition: str) -> str:
    """Hold for null, and for a value for which `condition` holds; the condition must not fail for null."""
    return f"({value} == null || {condition})"
