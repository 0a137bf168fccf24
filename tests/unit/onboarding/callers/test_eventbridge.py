"""What EventBridge tells of."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from onboarding.callers import eventbridge
from onboarding.errors import RunError
from tests.onboarding.world import World

REQUEST = {"name": "alb-onboarding", "selection": {"all": True}}


@pytest.fixture
def deleted(world: World) -> str:
    """The ARN of a load balancer that is not there any more."""
    arn = world.load_balancer("preview", {})
    world.clients.elbv2.delete_load_balancer(LoadBalancerArn=arn)
    return arn


def tell(world: World, arn: str, **members: Any) -> dict[str, Any]:
    event = {"onboarding": REQUEST, "load_balancers": [{"loadBalancerArn": arn}], **members}
    return eventbridge.handle(event, world.clients, lambda: math.inf)


def ago(seconds: float) -> str:
    return (datetime.now(UTC) - timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")


def test_one_that_lived_shorter_than_the_event_took_is_no_failure(world: World, deleted: str) -> None:
    """Lambda's last try comes three minutes after its first one."""
    answer = tell(world, deleted, time=ago(180))

    assert [entry["outcome"] for entry in answer["load_balancers"]] == ["gone"]


def test_one_that_has_just_been_made_is_tried_again(world: World, deleted: str) -> None:
    with pytest.raises(RunError, match="preview: It has been made, and AWS does not know it"):
        tell(world, deleted, time=ago(0))


@pytest.mark.parametrize(
    "members",
    [{}, {"time": ""}, {"time": None}, {"time": 1}, {"time": "2016-04-11T17:23:50"}],
    ids=["none", "empty", "null", "number", "no time zone"],
)
def test_one_of_which_the_age_is_not_known_is_tried_again(world: World, deleted: str, members: Any) -> None:
    with pytest.raises(RunError, match="preview: It has been made, and AWS does not know it"):
        tell(world, deleted, **members)
