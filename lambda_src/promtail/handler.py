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
from .source import S3Source

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
    config = read_config(os.environ)
    # Three attempts within the invocation; a read that stays silent for 20 s counts as failed.
    client_config = ClientConfig(
        connect_timeout=5, read_timeout=20, retries={"mode": "standard", "total_max_attempts": 3}
    )
    return build_pipeline(config, boto3.client("s3", config=client_config))
