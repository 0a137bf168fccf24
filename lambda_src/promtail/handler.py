"""What Lambda calls: `promtail.handler.handler`."""

import os
from dataclasses import asdict
from functools import cache
from typing import TYPE_CHECKING, Protocol

import boto3
import urllib3
from botocore.config import Config as ClientConfig

from .config import Config, read_config
from .deadline import Deadline
from .logs import configure_logging
from .pipeline import Pipeline
from .push import LokiClient
from .source import READ_TIMEOUT_SECONDS, S3Source

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client


class Context(Protocol):
    """The part of Lambda's context object in use.

    https://docs.aws.amazon.com/lambda/latest/dg/python-context.html
    """

    def get_remaining_time_in_millis(self) -> int:
        """Return the milliseconds until Lambda ends the invocation."""


def handler(event: object, context: Context) -> dict[str, int]:
    """Deliver the objects of an S3 event to Loki.

    Returns:
        Objects by outcome (`delivered`, `skipped`) and `lines_sent`.

    Raises:
        ConfigurationError: An environment variable is wrong. Every invocation fails until it is mended.
        EventError: The event is not one of S3.
        DeliveryError: Something was not delivered; Lambda then invokes the function again with the same event.
    """
    pipeline = _warm_pipeline()
    return asdict(pipeline.run(event, Deadline(context.get_remaining_time_in_millis)))


def build_pipeline(config: Config, s3: "S3Client") -> Pipeline:
    """Put the parts together."""
    return Pipeline(
        source=S3Source(s3),
        pusher=LokiClient(config, urllib3.PoolManager(num_pools=1, maxsize=1)),
        extra_labels=config.extra_labels,
        batch_size=config.batch_size,
    )


@cache  # Kept for warm invocations. An error is not kept: the next invocation tries, and says so, again.
def _warm_pipeline() -> Pipeline:
    configure_logging()
    return build_pipeline(read_config(os.environ), _s3_client())


def _s3_client() -> "S3Client":
    # A silent S3 is given up after half of the default timeout of 60 s, so that it ends in an error that names the
    # object, and not in Lambda's.
    config = ClientConfig(
        connect_timeout=5,
        read_timeout=READ_TIMEOUT_SECONDS,
        retries={"mode": "standard", "total_max_attempts": 2},
        # In us-east-1 the default is the global name s3.amazonaws.com, which an interface endpoint does not answer to.
        s3={"us_east_1_regional_endpoint": "regional"},
    )
    return boto3.client("s3", config=config)
