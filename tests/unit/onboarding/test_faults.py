"""Whatever single call of a run ends badly, running again finishes the work, and deleting takes all of it back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from onboarding.action import Action
from onboarding.settings import Settings
from tests.onboarding.account import settings
from tests.onboarding.calls import Calls, crashes, fails_once
from tests.onboarding.world import MADE, OURS, World

Break = Callable[[int, Calls], None]
"""Lets the call of a number end badly."""


def refused(number: int, calls: Calls) -> None:
    """AWS does not do it, and says so."""
    calls.before = fails_once(number)


def answer_lost(number: int, calls: Calls) -> None:
    """AWS does it, and nobody hears of it."""
    calls.after = fails_once(number)


def crash(number: int, calls: Calls) -> None:
    """The process ends before the call."""
    calls.before = crashes(number)


BREAKS: list[Break] = [refused, answer_lost, crash]

HUB = {
    "role_arn": "arn:aws:iam::111111111111:role/hub",
    "queue_arn": "arn:aws:sqs:eu-west-1:111111111111:hub",
}
WANTED = settings(logs={"access": True, "connection": True}, bucket={"name": MADE}, hub=HUB)
# One load balancer is moved, another and a kind of logs given up.
OTHER = settings(
    selection={"names": ["logs"]},
    logs={"access": True},
    bucket={"name": OURS, "prefix": "new"},
    hub=HUB,
    force=True,
)


@pytest.fixture(autouse=True)
def _in_order_and_without_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """With several threads, the call of a number is a different one each time."""
    monkeypatch.setattr("onboarding.workers._THREADS", 1)
    monkeypatch.setattr("onboarding.buckets.buckets._PAUSES", (0.0, 0.0))


def is_read(operation: str) -> bool:
    return operation.startswith(("Describe", "Get", "Head"))


def in_each_way(operations: list[str], broken: Break) -> list[int]:
    """The writing calls that are to end badly in this way: of each kind in all ways, each single one in some way."""
    places: dict[str, list[int]] = {}
    for number, operation in enumerate(operations, 1):
        if not is_read(operation):
            places.setdefault(operation, []).append(number)
    way = BREAKS.index(broken)
    return [number for found in places.values() for number in found[way :: len(BREAKS)] or found[:1]]


def in_turn(operations: list[str], broken: Break) -> list[int]:
    """The writing calls that are to end badly in this way: each one in one of the ways."""
    writing = [number for number, operation in enumerate(operations, 1) if not is_read(operation)]
    return writing[BREAKS.index(broken) :: len(BREAKS)]


def reading(operations: list[str]) -> list[int]:
    """One call of each kind that reads, to be refused.

    For these a lost answer is nothing else, and a crash is the same as before the next call that writes.
    """
    return [operations.index(kind) + 1 for kind in dict.fromkeys(operations) if is_read(kind)]


def learned(world: World, action: Action, wanted: Settings) -> list[str]:
    """Run well, and return the calls."""
    world.calls.forget()
    world.run(action, wanted)
    return list(world.calls.operations)


def take_back(world: World, before: object, number: int) -> None:
    """Delete the onboarding, and see that nothing of it stays but the bucket it has made."""
    world.run(Action.DELETE, WANTED)
    world.drop(MADE)
    assert world.state() == before, f"call {number}"
    assert world.remembered() == []


@pytest.mark.parametrize("broken", BREAKS)
def test_a_first_run(world: World, broken: Break) -> None:
    before = world.state()
    calls = learned(world, Action.CREATE, WANTED)
    goal = world.state()
    assert world.is_safe(MADE)
    take_back(world, before, 0)

    for number in [*in_each_way(calls, broken), *(reading(calls) if broken is refused else [])]:
        world.run_badly(Action.CREATE, WANTED, partial(broken, number))
        if number % 2:
            world.run(Action.UPDATE, WANTED)
            assert world.state() == goal, f"call {number}"
            assert world.is_safe(MADE), f"call {number}"
        take_back(world, before, number)


@pytest.mark.parametrize("broken", BREAKS)
def test_a_deletion(world: World, broken: Break) -> None:
    before = world.state()
    world.run(Action.CREATE, WANTED)

    for number in in_each_way(learned(world, Action.DELETE, WANTED), broken):
        world.run(Action.CREATE, WANTED)
        world.run_badly(Action.DELETE, WANTED, partial(broken, number))
        take_back(world, before, number)


@pytest.mark.parametrize("broken", BREAKS)
def test_an_update(world: World, broken: Break) -> None:
    before = world.state()
    world.run(Action.CREATE, WANTED)
    calls = learned(world, Action.UPDATE, OTHER)
    goal = world.state()
    take_back(world, before, 0)

    for number in in_turn(calls, broken):
        world.run(Action.CREATE, WANTED)
        world.run_badly(Action.UPDATE, OTHER, partial(broken, number))
        world.run(Action.UPDATE, OTHER)
        assert world.state() == goal, f"call {number}"
        take_back(world, before, number)
