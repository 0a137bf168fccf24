"""A deletion that comes while a run is still under way, in memory: nothing stays behind.

CloudFormation deletes what it is still creating when another resource has failed, or the stack is deleted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from types import SimpleNamespace
from typing import Any

import pytest

from onboarding.action import Action
from onboarding.callers import eventbridge, terraform
from onboarding.errors import EndedError, RunError
from onboarding.state.last_failure import LastFailure
from tests.onboarding.account import settings
from tests.onboarding.calls import CrashError, crashes, refuses
from tests.onboarding.world import OURS, World

REQUEST: Mapping[str, Any] = {
    "name": "alb-onboarding",
    "selection": {"all": True},
    "bucket": {"name": OURS},
}
MARK = "/alb-loki/onboarding/alb-onboarding/last-failure"
# More calls than a run makes.
MOST = 200


@pytest.fixture(autouse=True)
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Nobody waits; and what is done seldom is done each time, so that a deletion can come between any two calls."""
    pauses: list[float] = []
    monkeypatch.setattr("onboarding.state.last_failure.time", SimpleNamespace(sleep=pauses.append))
    monkeypatch.setattr("onboarding.seldom._PAUSE", 0.0)
    return pauses


@pytest.fixture
def owned(world: World) -> World:
    """As module and template have it: with the parameter of the mark."""
    world.clients.ssm.put_parameter(Name=MARK, Value="none", Type="String")
    return world


def ask(world: World, action: str, run: str = "", **members: Any) -> dict[str, Any]:
    event = {**REQUEST, "tf": {"action": action}, **members}
    return terraform.handle(event, world.clients, run or f"run of {action}", lambda: 600.0)


def told_of(world: World, arn: str) -> dict[str, Any]:
    event = {"onboarding": REQUEST, "load_balancers": [{"loadBalancerArn": arn}]}
    return eventbridge.handle(event, world.clients, lambda: 600.0)


def mark(world: World) -> str:
    return world.clients.ssm.get_parameter(Name=MARK)["Parameter"]["Value"]


def after_call(world: World, number: int, meanwhile: Callable[[], object]) -> list[Future[object]]:
    """Do something after a call, and go on when it is done or waits for what that run holds.

    Returns:
        The list that its end will be in.
    """
    ends: list[Future[object]] = []
    world.calls.forget()

    def after(called: int, _operation: str) -> None:
        if called >= number:
            world.calls.heal()
            pool = ThreadPoolExecutor(1)
            ends.append(pool.submit(meanwhile))
            wait(ends, timeout=1.0)
            pool.shutdown(wait=False)

    world.calls.after = after
    return ends


def test_a_deletion_between_any_two_calls_of_a_creation_leaves_nothing(owned: World) -> None:
    """But for the parameter of the mark, which module and template delete; from the second call on, which writes it."""
    before = owned.state()
    stopped = 0
    for number in range(2, MOST, 3):
        came = after_call(owned, number, lambda: ask(owned, "delete"))
        answer = ask(owned, "create")
        if not came:
            break
        came[0].result()
        assert owned.state() == before, number
        assert owned.remembered() == [MARK], number
        stopped += "has been deleted meanwhile" in " ".join(answer["failures"])
        assert "EndedError" not in " ".join(answer["failures"]), number
    assert 10 < stopped < number < MOST
    assert answer["failures"] == []
    assert owned.state() != before


def test_it_says_so_and_stops(owned: World) -> None:
    came = after_call(owned, 8, lambda: ask(owned, "delete"))

    answer = ask(owned, "create")
    came[0].result()

    assert answer["failures"][-1].startswith("The onboarding has been deleted meanwhile")
    assert answer["failures"][-1].endswith("If it is to go on, create it again.")
    assert owned.calls.counts["ModifyLoadBalancerAttributes"] == 0


def test_also_when_the_mark_has_gone_with_the_stack(owned: World, slept: list[float]) -> None:
    before = owned.state()

    def delete() -> None:
        ask(owned, "delete")
        owned.clients.ssm.delete_parameter(Name=MARK)

    came = after_call(owned, 25, delete)
    answer = ask(owned, "create")
    came[0].result()

    assert "has been deleted meanwhile" in answer["failures"][-1]
    assert (owned.state(), owned.remembered()) == (before, [])
    assert slept == [3.0, 2.0], "it is asked for twice, and once it is known no more"


@pytest.mark.parametrize("crash", [1, 4, 10, 20])
def test_after_a_deletion_that_died_it_can_be_deleted_or_created_again(owned: World, crash: int) -> None:
    before = owned.state()
    ask(owned, "create")
    goal = owned.state()

    for action, state in (("update", goal), ("create", goal), ("delete", before)):
        owned.calls.forget()
        owned.calls.before = crashes(crash)
        with pytest.raises(CrashError):
            ask(owned, "delete")
        owned.calls.heal()
        owned.unlock()
        assert ask(owned, action)["failures"] == []
        assert owned.state() == state
        assert mark(owned).startswith("ended ") is (action == "delete")


def test_the_next_creation_is_as_any_other_and_terraform_s_plan_is_empty_after_it(owned: World) -> None:
    ask(owned, "create", resume="none")
    owned.calls.before = refuses("ModifyLoadBalancerAttributes", "InternalFailure", times=1)
    with pytest.raises(RunError):
        ask(owned, "delete", "the deletion", resume="none")
    assert mark(owned) == "ended the deletion"

    # As the module takes it.
    answer = ask(owned, "update", resume="the deletion")

    assert answer["failures"] == []
    assert mark(owned) == "the deletion"


class TestNewLoadBalancers:
    """EventBridge's run, which has no mark of its own."""

    def test_one_of_an_onboarding_that_ends_is_left_alone(self, owned: World) -> None:
        ask(owned, "create")
        ask(owned, "delete")
        before = owned.state()

        with pytest.raises(EndedError):
            told_of(owned, owned.arns[0])

        assert (owned.state(), owned.remembered()) == (before, [MARK])

    def test_a_deletion_meanwhile_leaves_nothing(self, owned: World) -> None:
        before = owned.state()

        for number in range(2, MOST, 3):
            ask(owned, "create")
            arn = owned.load_balancer("new", {})
            came = after_call(owned, number, lambda: ask(owned, "delete"))
            try:
                told_of(owned, arn)
            except (EndedError, RunError) as error:
                assert re.search("has been deleted meanwhile|has ended", str(error)), number  # noqa: PT017 - not always
            if not came:
                break
            came[0].result()
            assert (owned.state(), owned.logs(arn), owned.remembered()) == (before, {}, [MARK]), number
            owned.clients.elbv2.delete_load_balancer(LoadBalancerArn=arn)
        assert 5 < number < MOST
        assert owned.logs(arn)

    def test_other_runs_do_not_stop_it(self, owned: World) -> None:
        ask(owned, "create")
        arn = owned.load_balancer("new", {})
        came = after_call(owned, 5, lambda: ask(owned, "update", rerun="2"))
        assert told_of(owned, arn)["failures"] == []
        came[0].result()


def test_without_a_mark_nothing_is_asked(world: World, slept: list[float]) -> None:
    """Nor waited for: an onboarding of the command line."""
    world.run(Action.CREATE, settings(bucket={"name": OURS}))
    LastFailure(world.clients.ssm, "alb-onboarding").check()
    ask(world, "delete")
    assert (world.remembered(), slept) == ([], [])


def test_a_run_asks_seldom(owned: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(10):
        owned.load_balancer(f"more-{number}", {})
    monkeypatch.setattr("onboarding.seldom._PAUSE", 600.0)
    asked: list[None] = []
    monkeypatch.setattr(LastFailure, "check", lambda _: asked.append(None))

    ask(owned, "create")

    assert len(asked) == 3, "at the beginning, once, and at the end"
