"""What a run wants of a bucket."""

from __future__ import annotations

from dataclasses import dataclass

from onboarding.errors import RefusalError


@dataclass(frozen=True, slots=True)
class Need:
    """What a run wants of one bucket.

    Attributes:
        bucket: Its name.
        prefixes: The log prefixes of the run's load balancers, without slashes at their ends; "" for none.
        may_create: Whether it is made when it is missing.
    """

    bucket: str
    prefixes: frozenset[str]
    may_create: bool = False


# What a policy takes for a pattern or a variable in a resource ("IAM JSON policy elements: Resource"): it would let
# readers see other logs than those of the load balancer, whose prefix whoever may configure it chooses.
_SPECIAL = ("*", "?", "$")


def check_prefix(prefix: str) -> None:
    """Make sure that load balancers can log below `prefix`, and that a policy can name it.

    Raises:
        RefusalError: It has AWSLogs in it, which Elastic Load Balancing adds itself and refuses ("Enable access logs
            for your Application Load Balancer"), or a character that policies take for more than itself.
    """
    special = [character for character in _SPECIAL if character in prefix]
    if special:
        raise RefusalError(
            f"The log prefix {prefix!r} has {' and '.join(special)} in it, which bucket policies take for a pattern or "
            "a variable: others' logs would be read with it.",
            "Give the load balancer a prefix without it, then run again.",
        )
    if "AWSLogs" in prefix:
        raise RefusalError(
            f"The log prefix {prefix!r} has AWSLogs in it, which Elastic Load Balancing adds itself and does not take.",
            "Give the load balancer a prefix without it, then run again.",
        )


def folder(prefix: str, account_id: str) -> str:
    """Where the logs of an account's load balancers are in a bucket, such as `shop/AWSLogs/111111111111/`."""
    return f"{prefix}/AWSLogs/{account_id}/" if prefix else f"AWSLogs/{account_id}/"
