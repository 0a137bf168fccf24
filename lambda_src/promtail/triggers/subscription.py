"""What a subscription of CloudWatch Logs delivers, to a function or to a Kinesis stream.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..errors import EventError
from ..formats.format import NO_TIME
from .describe import describe
from .unicode import valid_unicode

_MESSAGE_TYPES = ("DATA_MESSAGE", "CONTROL_MESSAGE")
_MAX_MILLISECONDS = (2**63 - 1) // 1_000_000


@dataclass(frozen=True, slots=True)
class Subscription:
    """One message of a subscription.

    Attributes:
        log_group: The log group's name.
        log_stream: The log stream's name.
        owner: The account that owns the log group, 12 digits.
        lines: Each log event's time, in nanoseconds since 1970 (NO_TIME if it has none), and its text. Empty for
            the control message that CloudWatch Logs sends to see whether it may deliver.
    """

    log_group: str
    log_stream: str
    owner: str
    lines: list[tuple[int, str]]

    def labels(self) -> dict[str, str]:
        """Return the labels of lambda-promtail's contract that both triggers share."""
        return {"__aws_cloudwatch_log_group": self.log_group, "__aws_cloudwatch_owner": self.owner}


def read_subscription(content: bytes) -> Subscription | None:
    """Read a message of a subscription, or return None if the content is something else.

    Raises:
        EventError: It is such a message, but not as CloudWatch Logs writes it.
    """
    try:
        message = json.loads(content)
    except (ValueError, RecursionError):
        return None
    if not isinstance(message, dict) or message.get("messageType") not in _MESSAGE_TYPES:
        return None
    if message["messageType"] == "CONTROL_MESSAGE":
        return Subscription("", "", "", [])
    group, stream, owner = (message.get(name) for name in ("logGroup", "logStream", "owner"))
    events = message.get("logEvents")
    if not (
        isinstance(group, str)
        and isinstance(stream, str)
        and isinstance(owner, str)
        and isinstance(events, list)
        and all(isinstance(event, Mapping) and isinstance(event.get("message"), str) for event in events)
    ):
        raise EventError(
            f"A message of a CloudWatch Logs subscription is not as that service writes it: {describe(message)}. It "
            "must have the members logGroup, logStream, owner and logEvents, each event with a message."
        )
    return Subscription(
        valid_unicode(group),
        valid_unicode(stream),
        valid_unicode(owner),
        [(_time(event), valid_unicode(event["message"])) for event in events],
    )


def _time(event: Mapping[str, Any]) -> int:
    milliseconds = event.get("timestamp")
    if isinstance(milliseconds, int) and 0 <= milliseconds <= _MAX_MILLISECONDS:
        return int(milliseconds) * 1_000_000
    return NO_TIME
