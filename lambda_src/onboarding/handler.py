"""What Lambda calls: `onboarding.handler.handler`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

import boto3

from onboarding.aws import Clients
from onboarding.callers import cloudformation, eventbridge, terraform
from onboarding.logs import configure_logging


class Context(Protocol):
    """The part of Lambda's context object in use.

    https://docs.aws.amazon.com/lambda/latest/dg/python-context.html
    """

    aws_request_id: str
    log_group_name: str
    log_stream_name: str

    def get_remaining_time_in_millis(self) -> int:
        """Return the milliseconds until Lambda ends the invocation."""
        ...


def handler(event: Mapping[str, Any], context: Context) -> dict[str, Any] | None:
    """Do what Terraform, EventBridge or CloudFormation asks for.

    Returns:
        The answer of `onboarding.answer`; nothing for CloudFormation, which gets its answer by another way.

    Raises:
        OnboardingError: See the callers.
        botocore.exceptions.ClientError: The load balancers or the saved state cannot be listed at all.
    """
    configure_logging()
    clients = Clients(boto3.Session())

    def seconds() -> float:
        return context.get_remaining_time_in_millis() / 1000

    def onboard(request: Mapping[str, Any]) -> dict[str, Any]:
        return terraform.handle(request, clients, context.aws_request_id, seconds)

    if cloudformation.is_request(event):
        cloudformation.handle(event, context, onboard)
        return None
    if eventbridge.is_event(event):
        return eventbridge.handle(event, clients, seconds)
    return onboard(event)
