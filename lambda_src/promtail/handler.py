"""What Lambda calls: `promtail.handler.handler`."""

import os
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

from .aws import Clients
from .deadline import Deadline
from .delivery import Delivery
from .event_lines import EventLinesDelivery
from .invocation import Invocation
from .logs import configure_logging
from .objects import ObjectDelivery
from .outcome.log import ReportLog
from .push.authentication import Authentication
from .push.connections import connection_pool
from .push.loki import LokiClient
from .push.sender import Sender
from .reading.s3 import S3Source
from .secrets import Secrets
from .settings import Settings, read_settings

if TYPE_CHECKING:
    from .parking import Parking


class Context(Protocol):
    """The part of Lambda's context object in use.

    https://docs.aws.amazon.com/lambda/latest/dg/python-context.html
    """

    def get_remaining_time_in_millis(self) -> int:
        """Return the milliseconds until Lambda ends the invocation."""
        ...


def handler(event: object, context: Context) -> dict[str, Any]:
    """Deliver what an event asks for to Loki.

    Returns:
        Sources by outcome and `lines_sent`; for queues and streams also `batchItemFailures`.

    Raises:
        ConfigurationError: An environment variable is wrong. Every invocation fails until it is mended.
        EventError: The event is of no known kind.
        DeliveryError: Something was not delivered; Lambda then invokes the function again with the same event.
    """
    return _warm_invocation().run(event, Deadline(context.get_remaining_time_in_millis))


def build_invocation(settings: Settings, clients: Clients) -> Invocation:
    """Put the parts together."""
    secrets = Secrets(clients, settings.secret_lifetime)

    @cache
    def parking() -> "Parking | None":
        if settings.refused_destination is None:
            return None
        from .parking import open_parking

        return open_parking(settings.refused_destination, clients)

    client = LokiClient(
        settings.write_address,
        Authentication(settings.credentials, secrets),
        lambda: connection_pool(settings, secrets),
    )
    sender = Sender(client, parking)
    executor = ThreadPoolExecutor(settings.push_concurrency, thread_name_prefix="push")
    delivery = Delivery(executor, settings.push_concurrency, settings.batch_size)
    return Invocation(
        ObjectDelivery(settings, S3Source(clients), sender, delivery),
        EventLinesDelivery(settings, sender, delivery),
        clients,
        ReportLog(settings.metrics_namespace),
        settings.partial_batch_responses,
    )


@cache  # Kept for warm invocations. An error is not kept: the next invocation tries, and says so, again.
def _warm_invocation() -> Invocation:
    configure_logging("INFO")
    settings = read_settings(os.environ)
    configure_logging(settings.log_level)
    return build_invocation(settings, Clients())


if "AWS_LAMBDA_RUNTIME_API" in os.environ:
    # In Lambda, a wrong setting fails the start, and not first the event that meets it.
    _warm_invocation()
