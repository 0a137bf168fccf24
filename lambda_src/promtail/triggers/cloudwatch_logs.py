"""Log events that a CloudWatch Logs subscription sends to the function.

https://docs.aws.amazon.com/lambda/latest/dg/services-cloudwatchlogs.html
"""

import binascii
from base64 import b64decode
from collections.abc import Mapping
from typing import Any

from ..errors import EventError
from .describe import describe
from .gunzip import gunzip
from .subscription import read_subscription
from .work import EventLines, Unreadable, Work


def subscription_works(event: Mapping[str, Any]) -> tuple[Work, ...]:
    """Return the lines of an event of a CloudWatch Logs subscription; nothing for a control message."""
    try:
        subscription = read_subscription(gunzip(_data(event)))
        if subscription is None:
            raise EventError(
                "The event of CloudWatch Logs holds no message of a subscription. Its awslogs.data must be a JSON "
                "object with the member messageType, as gzip, in base64."
            )
    except EventError as error:
        return (Unreadable(error),)
    if not subscription.lines:
        return ()
    return (
        EventLines(
            labels={"__aws_log_type": "cloudwatch"} | subscription.labels(),
            lines=subscription.lines,
            source=subscription.log_group,
            stream=subscription.log_stream,
            account_id=subscription.owner,
        ),
    )


def _data(event: Mapping[str, Any]) -> bytes:
    awslogs = event.get("awslogs")
    data = awslogs.get("data") if isinstance(awslogs, Mapping) else None
    try:
        if isinstance(data, str):
            return b64decode(data, validate=True)
    except (binascii.Error, ValueError):
        pass
    raise EventError(
        f"The event of CloudWatch Logs has no awslogs.data in base64: its awslogs is {describe(awslogs)}."
    )
