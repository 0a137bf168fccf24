"""Notification rules of S3, and whether S3 takes two of them together."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_plus, unquote_plus

from onboarding.buckets.need import folder

# A notification configuration, as GetBucketNotificationConfiguration returns it.
Configuration = dict[str, Any]

CREATED = "s3:ObjectCreated:*"
# Where rules are, and how their destinations are called, by the service of the destination.
LISTS: Mapping[str, tuple[str, str]] = {
    "sns": ("TopicConfigurations", "TopicArn"),
    "sqs": ("QueueConfigurations", "QueueArn"),
    "lambda": ("LambdaFunctionConfigurations", "LambdaFunctionArn"),
}
# How the load balancers' objects come: in one piece, or in several.
_DELIVERIES = frozenset({"s3:ObjectCreated:Put", "s3:ObjectCreated:CompleteMultipartUpload"})
_LOG_SUFFIX = ".log.gz"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: which events of which keys are told to whom.

    Attributes:
        id: Its id; empty if S3 is to choose one.
        destination: The ARN of a topic, queue or function.
        events: The events, such as `s3:ObjectCreated:*`.
        prefix: How keys begin; "" for any.
        suffix: How keys end; "" for any.
    """

    id: str
    destination: str
    events: frozenset[str]
    prefix: str = ""
    suffix: str = ""

    def overlaps(self, other: Rule) -> bool:
        """Whether S3 refuses to have both: an event of a key would be told by both.

        "Configuring event notifications using object key name filtering" (Amazon S3 User Guide).
        """
        return (
            any(_share(mine, theirs) for mine in self.events for theirs in other.events)
            and (self.prefix.startswith(other.prefix) or other.prefix.startswith(self.prefix))
            and (self.suffix.endswith(other.suffix) or other.suffix.endswith(self.suffix))
        )

    def tells_all_logs_of(self, other: Rule) -> bool:
        """Whether it tells the destination of the rule `other` of all logs that `other` would tell it of."""
        return (
            self.destination == other.destination
            and (CREATED in self.events or self.events >= _DELIVERIES)
            and other.prefix.startswith(self.prefix)
            and _LOG_SUFFIX.endswith(self.suffix)
        )

    def does_the_same(self, other: Rule) -> bool:
        """Whether both differ in nothing but their ids."""
        return self._content == other._content

    @property
    def _content(self) -> tuple[object, ...]:
        return (self.destination, self.events, self.prefix, self.suffix)

    def raw(self) -> dict[str, Any]:
        """The rule as PutBucketNotificationConfiguration takes it."""
        return {
            "Id": self.id,
            LISTS[service_of(self.destination)][1]: self.destination,
            "Events": sorted(self.events),
            # A filter's value is encoded as in a URL (the same page), but for the slash.
            "Filter": {
                "Key": {"FilterRules": [{"Name": "prefix", "Value": quote_plus(self.prefix, safe="/!*'()")}]}
            },
        }

    def __str__(self) -> str:
        keys = f"keys {self.prefix}*{self.suffix}" if self.prefix or self.suffix else "all keys"
        return f"{self.id} ({', '.join(sorted(self.events))} of {keys} to {self.destination})"


def log_rule(name: str, prefix: str, account_id: str, destination: str) -> Rule:
    """The rule of the onboarding `name` for the load balancer logs below a log prefix."""
    return Rule(
        f"{name}-{hashlib.sha256(prefix.encode()).hexdigest()[:8]}",
        destination,
        frozenset({CREATED}),
        f"{folder(prefix, account_id)}elasticloadbalancing/",
    )


def inherited(rule: Rule, former: str, heir: str) -> str:
    """The id of a rule of the onboarding `former` when it is that of the onboarding `heir`."""
    return heir + rule.id.removeprefix(former)


def rules_of(configuration: Configuration) -> Iterator[tuple[Rule, dict[str, Any]]]:
    """The rules of a configuration, each with its raw form."""
    for member, destination in LISTS.values():
        for raw in configuration.get(member, []):
            filters = {
                found["Name"].lower(): unquote_plus(found["Value"])
                for found in raw.get("Filter", {}).get("Key", {}).get("FilterRules", [])
            }
            yield (
                Rule(
                    raw.get("Id", ""),
                    raw[destination],
                    frozenset(raw["Events"]),
                    filters.get("prefix", ""),
                    filters.get("suffix", ""),
                ),
                raw,
            )


def service_of(destination: str) -> str:
    """The service of a destination's ARN: sns, sqs or lambda."""
    return destination.split(":")[2]


def _share(first: str, second: str) -> bool:
    """Whether some event is meant by both, of which each may end with a `*`."""
    if first.endswith("*") or second.endswith("*"):
        first, second = first.rstrip("*"), second.rstrip("*")
        return first.startswith(second) or second.startswith(first)
    return first == second
