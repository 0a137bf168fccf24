"""AWS asks to call it less often, and that costs nothing but time."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import boto3
import pytest
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.compat import HTTPHeaders
from moto import mock_aws

from onboarding.aws import Clients

THROTTLED = {"__type": "ThrottlingException", "message": "Rate exceeded"}
SLOW_DOWN = b"<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>"
THROTTLING = (
    b"<ErrorResponse><Error><Type>Sender</Type><Code>Throttling</Code><Message>Rate exceeded</Message></Error>"
    b"</ErrorResponse>"
)


class Answer:
    """The body of an HTTP answer, as urllib3 has it."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def stream(self, **_: Any) -> list[bytes]:
        """Return all of it."""
        return [self._body]


@pytest.mark.parametrize(
    ("service", "status", "body", "call"),
    [
        ("elbv2", 400, THROTTLING, lambda aws: aws.elbv2.describe_load_balancers()),
        ("s3", 503, SLOW_DOWN, lambda aws: aws.s3.list_buckets()),
        ("ssm", 400, json.dumps(THROTTLED).encode(), lambda aws: aws.ssm.describe_parameters()),
        ("sts", 400, THROTTLING, lambda aws: aws.sts.get_caller_identity()),
    ],
    ids=["elbv2", "s3", "ssm", "sts"],
)
def test_throttling_is_repeated(
    service: str, status: int, body: bytes, call: Callable[[Clients], dict[str, Any]]
) -> None:
    sent: list[str] = []

    def answer(request: AWSPreparedRequest, **_: Any) -> AWSResponse | None:
        sent.append(request.url)
        return AWSResponse(request.url, status, HTTPHeaders(), Answer(body)) if len(sent) < 3 else None

    with mock_aws():
        aws = Clients(
            boto3.Session(aws_access_key_id="x", aws_secret_access_key="x", region_name="eu-west-1")
        )
        client = getattr(aws, service)
        client.meta.events.register_first(f"before-send.{service}", answer)

        assert call(aws)["ResponseMetadata"]["RetryAttempts"] == 2

    assert len(sent) == 3
    assert client.meta.config.retries == {"mode": "adaptive", "total_max_attempts": 10}
