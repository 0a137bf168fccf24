"""Whatever single call of a run ends badly, running again finishes the work, and deleting takes all of it back.

Each call ends badly in one of three ways in turn; all ways for all calls would take three times as long.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from onboarding.action import Action
from tests.onboarding.account import settings
from tests.onboarding.calls import Calls, crashes, fails_once
from tests.onboarding.world import OURS, World

# More than a run makes: the loops end by themselves.
MOST = 300

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


WANTED = settings(logs={"access": True, "connection": True}, bucket={"name": OURS})
MOVED = settings(logs={"access": True}, bucket={"name": OURS, "prefix": "new"}, force=True)


@pytest.mark.parametrize("broken", BREAKS)
def test_a_first_run(world: World, broken: Break) -> None:
    before = world.state()
    world.run(Action.CREATE, WANTED)
    goal = world.state()
    world.run(Action.DELETE, WANTED)

    for number in range(BREAKS.index(broken) + 1, MOST, len(BREAKS)):
        calls = world.run_badly(Action.CREATE, WANTED, partial(broken, number))
        if number % 2:
            world.run(Action.UPDATE, WANTED)
            assert world.state() == goal, f"call {number}"
        world.run(Action.DELETE, WANTED)
        assert world.state() == before, f"call {number}"
        assert world.remembered() == []
        if number > calls:
            break
    assert 20 < number < MOST


@pytest.mark.parametrize("broken", BREAKS)
def test_a_deletion(world: World, broken: Break) -> None:
    before = world.state()

    for number in range(BREAKS.index(broken) + 1, MOST, len(BREAKS)):
        world.run(Action.CREATE, WANTED)
        calls = world.run_badly(Action.DELETE, WANTED, partial(broken, number))
        world.run(Action.DELETE, WANTED)
        assert world.state() == before, f"call {number}"
        assert world.remembered() == []
        if number > calls:
            break
    assert 20 < number < MOST


@pytest.mark.parametrize("broken", BREAKS)
def test_a_move(world: World, broken: Break) -> None:
    before = world.state()

    for number in range(BREAKS.index(broken) + 1, MOST, len(BREAKS)):
        world.run(Action.CREATE, WANTED)
        calls = world.run_badly(Action.UPDATE, MOVED, partial(broken, number))
        if number % 2:
            world.run(Action.UPDATE, MOVED)
            assert world.state()[:2] == [{"access_logs": (OURS, "new")}] * 2, f"call {number}"
        world.run(Action.DELETE, MOVED)
        assert world.state() == before, f"call {number}"
        assert world.remembered() == []
        if number > calls:
            break
    assert 20 < number < MOST
