"""Load balancers that have just been made, by events that come late, twice or for nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from onboarding.action import Action
from onboarding.report import Report
from onboarding.settings import Selection, Settings
from tests.onboarding.account import settings
from tests.onboarding.calls import refuses
from tests.onboarding.world import OURS, THEIRS, World

FORMER_READER, READER = "arn:aws:iam::999999999999:root", "arn:aws:iam::111111111111:root"
OLD: Settings = settings(bucket={"name": OURS}, readers={"arns": [FORMER_READER]})
NEW: Settings = settings(bucket={"name": OURS, "prefix": "new"}, readers={"arns": [READER]})


def outcomes(report: Report) -> dict[str, str]:
    return {entry.name: str(entry.outcome) for entry in report.load_balancers}


def everything(world: World) -> Any:
    """What others see, and what is remembered."""
    return world.state(), sorted(world.remembered())


def first(world: World, operation: str, do: Callable[[], object]) -> None:
    """Let something happen after the first call of an operation."""

    def meanwhile(_number: int, called: str) -> None:
        if called == operation:
            world.calls.heal()
            do()

    world.calls.after = meanwhile


def test_an_event_with_former_settings_changes_nothing(world: World) -> None:
    """Lambda repeats it, and in the meantime others have come."""
    world.run(Action.UPDATE, OLD)
    world.run(Action.UPDATE, NEW)
    made = world.load_balancer("made", {})
    before = everything(world)

    report = world.try_to(Action.CREATED, OLD, only=[made])

    assert outcomes(report) == {"made": "refused"}
    assert "has other settings now" in report.failures[0]
    assert "another rerun" in report.failures[0]
    assert (everything(world), world.logs(made)) == (before, {})
    assert outcomes(world.try_to(Action.CREATED, NEW, only=[made])) == {"made": "changed"}
    assert world.logs(made) == {"access_logs": (OURS, "new")}


def test_an_event_before_the_first_run_or_after_the_end_changes_nothing(world: World) -> None:
    made = world.load_balancer("made", {})
    before = everything(world)

    early = world.try_to(Action.CREATED, NEW, only=[made])
    assert outcomes(early) == {"made": "refused"}
    assert "has not begun yet, or has ended" in early.failures[0]
    assert everything(world) == before

    world.run(Action.CREATE, NEW)
    world.run(Action.DELETE, NEW)
    assert outcomes(world.try_to(Action.CREATED, NEW, only=[made])) == {"made": "refused"}
    assert (everything(world), world.logs(made)) == (before, {})


def test_an_event_while_all_is_taken_back_changes_nothing(world: World) -> None:
    before = everything(world)
    world.run(Action.CREATE, NEW)
    made = world.load_balancer("made", {})
    reports: list[Report] = []

    first(
        world,
        "DescribeLoadBalancerAttributes",
        lambda: reports.append(world.try_to(Action.CREATED, NEW, only=[made])),
    )
    world.run(Action.DELETE, NEW)

    assert [outcomes(report) for report in reports] == [{"made": "refused"}]
    assert everything(world) == before


def test_an_event_leaves_out_arns_which_are_of_what_is_there(world: World) -> None:
    patterns = Selection(name_patterns=("m*",))
    world.run(Action.CREATE, replace(NEW, selection=replace(patterns, arns=(world.arns[0],))))
    made = world.load_balancer("made", {})

    report = world.try_to(Action.CREATED, replace(NEW, selection=patterns), only=[made])

    assert outcomes(report) == {"made": "changed"}


def test_a_dry_run_leaves_the_settings_that_hold_and_needs_none(world: World) -> None:
    made = world.load_balancer("made", {})
    dry = replace(NEW, dry_run=True)
    assert outcomes(world.try_to(Action.CREATED, dry, only=[made])) == {"made": "would change"}
    world.run(Action.CREATE, OLD)
    world.run(Action.UPDATE, dry)
    world.run(Action.DELETE, dry)
    more = world.load_balancer("more", {})

    assert outcomes(world.try_to(Action.CREATED, OLD, only=[more])) == {"more": "changed"}


def test_settings_that_change_meanwhile_win_in_the_bucket(world: World) -> None:
    """The run of the event has asked whether its settings hold, and then waits for the bucket's lock."""
    world.run(Action.UPDATE, OLD)
    made = world.load_balancer("made", {})

    first(world, "PutParameter", lambda: world.run(Action.UPDATE, NEW))
    report = world.try_to(Action.CREATED, OLD, only=[made])

    assert outcomes(report) == {"made": "refused"}
    assert READER in world.policy(OURS)
    assert FORMER_READER not in world.policy(OURS)


def test_settings_that_change_meanwhile_win_where_a_load_balancer_is_given_up(world: World) -> None:
    world.run(Action.CREATE, OLD)
    fewer = replace(OLD, selection=Selection(names=("off",)))

    first(world, "DeleteParameter", lambda: world.run(Action.UPDATE, NEW))
    report = world.try_to(Action.UPDATE, fewer)

    assert THEIRS in {entry.name for entry in report.buckets if entry.outcome.is_failure}
    assert READER in world.policy(THEIRS)
    assert FORMER_READER not in world.policy(THEIRS)


@pytest.mark.parametrize("selection", [{"all": True}, {"tags": {"team": ["shop"]}}])
@pytest.mark.parametrize(
    ("age", "outcome", "why"), [(119.0, "failed", "too new, or deleted"), (120.0, "gone", "was deleted soon")]
)
def test_one_that_is_not_there_is_a_failure_while_it_may_be_too_new(
    world: World, selection: Any, age: float, outcome: str, why: str
) -> None:
    """So that Lambda tries again: AWS does not know a new load balancer everywhere at once."""
    arn = world.load_balancer("made", {})
    world.clients.elbv2.delete_load_balancer(LoadBalancerArn=arn)
    # The emulator answers this one for any ARN.
    world.calls.before = refuses("DescribeTags", "LoadBalancerNotFound", times=1)

    report = world.try_to(Action.CREATED, settings(selection=selection), only=[arn], age=age)

    (entry,) = report.load_balancers
    assert str(entry.outcome) == outcome
    assert why in entry.why
    assert bool(report.failures) is (outcome == "failed")
