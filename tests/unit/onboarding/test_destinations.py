"""S3 notifies what is in its bucket's region only."""

from __future__ import annotations

from typing import Any

import pytest

from onboarding.action import Action
from onboarding.errors import SettingsError
from tests.onboarding.account import settings
from tests.onboarding.world import OURS, World

HUB = {"role_arn": "arn:aws:iam::111111111111:role/alb-loki"}
QUEUE = "arn:aws:sqs:us-east-1:111111111111:alb-loki-ingestion"
FUNCTION = "arn:aws:lambda:us-east-1:111111111111:function:alb-loki"
TOPIC = "arn:aws:sns:{}:222222222222:logs"


@pytest.mark.parametrize(
    ("destination", "said"),
    [
        (
            {"hub": {**HUB, "queue_arn": QUEUE}},
            f"hub.queue_arn: {QUEUE} is in us-east-1.* a hub of that region",
        ),
        ({"hub": {**HUB, "function_arn": FUNCTION}}, f"hub.function_arn: {FUNCTION} is in us-east-1"),
        ({"topic_arn": TOPIC.format("us-east-1")}, "topic_arn: .* is in us-east-1.* a topic of that region"),
    ],
)
@pytest.mark.parametrize("dry_run", [False, True])
def test_another_region_is_refused_before_anything_is_looked_at(
    world: World, destination: dict[str, Any], said: str, dry_run: bool
) -> None:
    world.calls.forget()
    wanted = settings(bucket={"name": OURS}, dry_run=dry_run, **destination)

    with pytest.raises(SettingsError, match=said):
        world.run(Action.UPDATE, wanted)
    assert world.calls.operations == []

    world.run(Action.DELETE, wanted)


def test_a_hub_elsewhere_may_listen_to_a_topic(world: World) -> None:
    topic_arn = TOPIC.format(world.place.region)

    world.run(
        Action.CREATE,
        settings(bucket={"name": OURS}, topic_arn=topic_arn, hub={**HUB, "queue_arn": QUEUE}, dry_run=True),
    )
