"""What S3 can tell of new logs."""

from __future__ import annotations

from onboarding.errors import SettingsError
from onboarding.settings import Place, Settings


def check_regions(settings: Settings, place: Place) -> None:
    """Make sure that S3 can notify what is to be told of new logs.

    It takes queues, functions and topics of the bucket's own region ("Amazon S3 event notifications", S3 user guide),
    and load balancers log to a bucket of theirs. With a topic, S3 does not tell the hub.

    Raises:
        SettingsError: It is in another region than the onboarding, and so than its buckets.
    """
    hub = settings.hub
    destinations = {"topic_arn": settings.topic_arn}
    if hub and not settings.topic_arn:
        destinations |= {"hub.queue_arn": hub.queue_arn, "hub.function_arn": hub.function_arn}
    for member, arn in destinations.items():
        region = arn.split(":")[3] if arn else place.region
        if region != place.region:
            raise SettingsError(
                f"{member}: {arn} is in {region}, and S3 notifies only what is in the region of its bucket, "
                f"{place.region}. Use a {'topic' if member == 'topic_arn' else 'hub'} of that region."
            )
