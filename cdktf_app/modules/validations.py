"""Rules that inputs of several modules share: Terraform conditions with `{}` for the value looked at."""

from __future__ import annotations

BUCKET_NAME = (
    'can(regex("^[a-z0-9][a-z0-9.-]{{1,61}}[a-z0-9]$", {0})) && '
    '!can(regex("[.][.]|^[0-9]+[.][0-9]+[.][0-9]+[.][0-9]+$|^xn--|^sthree-|^amzn-s3-demo-|-s3alias$|--ol-s3$", {0}))'
)
"""S3's naming rules for general purpose buckets (Amazon S3 User Guide, "General purpose bucket naming rules")."""

PREFIX = (
    """can(regex("^([a-zA-Z0-9!_.'()-]+(/[a-zA-Z0-9!_.'()-]+)*)?$", {0})) && !strcontains({0}, "AWSLogs")"""
)
"""Elastic Load Balancing adds `AWSLogs` itself and refuses a prefix that holds it.

The characters are those that S3 calls safe in a key ("Naming Amazon S3 objects"), without `*`: others have to be
encoded in a notification's filter, and `*`, `?` and `$` mean something in a policy.
"""

PREFIX_RULES = (
    "be of letters, digits and !_.'()- between single slashes, with no slash at its ends, and no AWSLogs in it: "
    "Elastic Load Balancing adds /AWSLogs/<account> itself and refuses a prefix that contains it. Use "
    "logs/team-a, for example, or an empty string."
)

IPV4_RANGE = 'can(cidrhost({0}, 0)) && !strcontains({0}, ":")'
"""Terraform's own functions take IPv6 ranges too, which have colons; the networks here are IPv4 ones."""


def each_of(name: str, condition: str) -> str:
    """Hold `condition` for every value of the map variable `name`; its singular names the value."""
    return f"alltrue([for {name.removesuffix('s')} in values(var.{name}) : {condition}])"
