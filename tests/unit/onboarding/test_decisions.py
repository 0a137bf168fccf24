"""What is to become of a load balancer."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from onboarding.decisions import Decision, decide, release
from onboarding.errors import RefusalError
from onboarding.load_balancers.attributes import LogTarget
from onboarding.settings import Kind, OnDestroy, Selection, Settings
from onboarding.state.records import Change, Record

ARN = "arn:aws:elasticloadbalancing:eu-west-1:111111111111:loadbalancer/app/shop/0123456789abcdef"
ACCESS, CONNECTION, HEALTH = Kind
OFF = LogTarget()
OURS = LogTarget(enabled=True, bucket="ours", prefix="logs")
NEW = LogTarget(enabled=True, bucket="new", prefix="")
THEIRS = LogTarget(enabled=True, bucket="theirs", prefix="a/b")
SETTINGS = Settings("onboarding", Selection(all=True))
ALL_KINDS = replace(SETTINGS, kinds=tuple(Kind))


def targets(
    access: LogTarget = OFF, connection: LogTarget = OFF, health: LogTarget = OFF
) -> dict[Kind, LogTarget]:
    return {ACCESS: access, CONNECTION: connection, HEALTH: health}


def decided(
    present: dict[Kind, LogTarget],
    record: Record | None = None,
    settings: Settings = SETTINGS,
    default: LogTarget = OURS,
) -> Decision:
    return decide(ARN, present, record, settings, default)


def uses(*pairs: LogTarget) -> frozenset[tuple[str, str]]:
    return frozenset((target.bucket, target.prefix) for target in pairs)


def test_one_that_does_not_log_logs_to_the_bucket_of_the_settings() -> None:
    decision = decided(targets())

    assert decision.targets == {ACCESS: OURS}
    assert decision.final == decision.interim == Record(ARN, {ACCESS: Change(OFF, (OURS,))}, uses(OURS))
    assert decision.found == ["access logs are off"]
    assert decision.done == ["access logs: off → s3://ours/logs"]


def test_one_that_logs_keeps_its_bucket_and_prefix() -> None:
    decision = decided(targets(THEIRS))

    assert decision.targets == {}
    assert decision.final == Record(ARN, {}, uses(THEIRS))
    assert decision.decided == "keep logging to s3://theirs/a/b"


def test_further_kinds_go_where_the_load_balancer_logs_already() -> None:
    decision = decided(targets(connection=THEIRS), settings=ALL_KINDS)

    assert decision.targets == {ACCESS: THEIRS, HEALTH: THEIRS}
    assert set(decision.final.changes) == {ACCESS, HEALTH}


def test_access_logs_say_where_further_kinds_go_when_kinds_differ() -> None:
    decision = decided(targets(THEIRS, NEW), settings=ALL_KINDS)

    assert decision.targets == {HEALTH: THEIRS}
    assert decision.final.uses == uses(THEIRS, NEW)


def test_a_kind_that_is_not_wanted_is_left_alone() -> None:
    decision = decided(targets(connection=THEIRS), default=OURS)

    assert decision.targets == {ACCESS: THEIRS}
    assert CONNECTION not in decision.final.changes


def test_a_second_run_changes_nothing() -> None:
    first = decided(targets(connection=THEIRS), settings=ALL_KINDS)
    present = {**targets(connection=THEIRS), **first.targets}

    second = decided(present, first.final, ALL_KINDS)

    assert second.targets == {}
    assert second.interim == second.final == first.final


def test_force_moves_one_that_logs_elsewhere() -> None:
    decision = decided(targets(THEIRS, THEIRS), settings=replace(SETTINGS, force=True))

    assert decision.targets == {ACCESS: OURS}
    assert decision.final.changes == {ACCESS: Change(THEIRS, (OURS,))}
    assert decision.why == "It logs elsewhere, and force moves it."


def test_force_leaves_one_that_logs_to_the_bucket_with_another_prefix() -> None:
    other = replace(OURS, prefix="other")

    assert decided(targets(other), settings=replace(SETTINGS, force=True)).targets == {}


def test_what_force_has_moved_stays_when_force_is_taken_away() -> None:
    moved = decided(targets(THEIRS), settings=replace(SETTINGS, force=True))

    again = decided(targets(OURS), moved.final)

    assert again.targets == again.restores == {}
    assert again.final == moved.final


def test_another_bucket_in_the_settings_moves_what_is_still_ours() -> None:
    record = decided(targets()).final

    decision = decided(targets(OURS), record, default=NEW)

    assert decision.targets == {ACCESS: NEW}
    assert decision.interim == Record(ARN, {ACCESS: Change(OFF, (OURS, NEW))}, uses(OURS, NEW))
    assert decision.final == Record(ARN, {ACCESS: Change(OFF, (NEW,))}, uses(NEW))


@pytest.mark.parametrize("present", [OURS, NEW])
def test_a_move_that_was_cut_off_goes_on(present: LogTarget) -> None:
    interim = decided(targets(OURS), decided(targets()).final, default=NEW).interim

    decision = decided(targets(present), interim, default=NEW)

    assert decision.targets == ({} if present == NEW else {ACCESS: NEW})
    assert decision.final == Record(ARN, {ACCESS: Change(OFF, (NEW,))}, uses(NEW))


def test_what_somebody_has_moved_since_is_followed() -> None:
    record = decided(targets()).final

    decision = decided(targets(THEIRS), record)

    assert decision.targets == {}
    assert decision.final == Record(ARN, record.changes, uses(THEIRS))


def test_what_somebody_has_switched_off_since_is_switched_on() -> None:
    record = decided(targets()).final
    off = replace(OURS, enabled=False)

    decision = decided(targets(off), record)

    assert decision.targets == {ACCESS: OURS}
    assert decision.final.changes == {ACCESS: Change(off, (OURS,))}


def test_what_force_takes_from_somebody_who_came_after_us_is_what_is_put_back() -> None:
    record = decided(targets()).final

    decision = decided(targets(THEIRS), record, replace(SETTINGS, force=True))

    assert decision.interim.changes == {ACCESS: Change(THEIRS, (OURS,))}


def test_a_kind_that_is_no_longer_wanted_is_put_back() -> None:
    present = targets(OURS, OURS)
    record = decided(targets(), settings=replace(SETTINGS, kinds=(ACCESS, CONNECTION))).final

    decision = decided(present, record)

    assert decision.targets == {}
    assert decision.restores == {CONNECTION: OFF}
    assert decision.interim == record
    assert set(decision.final.changes) == {ACCESS}
    assert decided(targets(OURS, THEIRS), record).restores == {}
    assert decided(present, record, replace(SETTINGS, on_destroy=OnDestroy.KEEP)).restores == {}


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize("prefix", ["x/AWSLogs", "*", "a?b", "${aws:username}"])
def test_a_prefix_that_cannot_be_named_is_refused(force: bool, prefix: str) -> None:
    target = replace(OURS, prefix=prefix)

    with pytest.raises(
        RefusalError,
        match=rf"access logs go to s3://ours/{re.escape(prefix)}\. The log prefix .* Give the load balancer",
    ):
        decided(targets(target), settings=replace(SETTINGS, force=force))


def test_given_back_it_is_as_it_was() -> None:
    record = decided(targets(), settings=ALL_KINDS).final

    given_back = release(targets(OURS, OURS, OURS), record, SETTINGS, "It ends.")

    assert given_back.targets == targets()
    assert given_back.done[0] == "access logs: s3://ours/logs → off"
    assert not given_back.is_left_alone


def test_given_back_what_somebody_has_changed_since_stays() -> None:
    record = decided(targets(), settings=replace(SETTINGS, kinds=(ACCESS, CONNECTION))).final

    given_back = release(targets(OURS, THEIRS), record, SETTINGS, "It ends.")

    assert given_back.targets == {ACCESS: OFF}
    assert given_back.is_left_alone
    assert "Its connection logs are not as this onboarding has set them (s3://ours/logs)" in given_back.why


def test_given_back_what_was_never_set_needs_nothing() -> None:
    """The record was saved, and the run ended before the attributes were set."""
    given_back = release(targets(), decided(targets()).final, SETTINGS, "It ends.")

    assert given_back.targets == {}
    assert not given_back.is_left_alone
    assert given_back.why == "It ends. There is nothing to put back."


@pytest.mark.parametrize("present", [OURS, NEW])
def test_given_back_in_the_middle_of_a_move(present: LogTarget) -> None:
    interim = decided(targets(OURS), decided(targets()).final, default=NEW).interim

    assert release(targets(present), interim, SETTINGS, "It ends.").targets == {ACCESS: OFF}


def test_kept_in_the_end_nothing_is_put_back() -> None:
    keep = replace(SETTINGS, on_destroy=OnDestroy.KEEP)

    given_back = release({}, decided(targets()).final, keep, "It ends.")

    assert given_back.targets == {}
    assert given_back.why == "It ends. on_destroy is keep."


TARGETS = st.sampled_from([OFF, replace(THEIRS, enabled=False), THEIRS, NEW, OURS])
PRESENT = st.fixed_dictionaries(dict.fromkeys(Kind, TARGETS))
CHOICES = st.builds(
    lambda kinds, force: replace(SETTINGS, kinds=tuple(sorted(kinds)), force=force),
    st.sets(st.sampled_from(list(Kind)), min_size=1),
    st.booleans(),
)


def test_what_was_set_beside_one_kind_stays_when_another_is_put_back_elsewhere() -> None:
    present = targets(THEIRS, OURS)
    forced = decided(present, settings=replace(SETTINGS, force=True))
    health = replace(SETTINGS, kinds=(HEALTH,))

    first = decided({**present, **forced.targets}, forced.final, health, NEW)
    again = decided(targets(THEIRS, OURS, OURS), first.final, health, NEW)

    assert first.targets == {HEALTH: OURS}
    assert first.restores == {ACCESS: THEIRS}
    assert again.targets == again.restores == {}


@effort(max_examples=1000)
@given(PRESENT, CHOICES, CHOICES)
def test_any_runs_are_taken_back_by_one(
    before: dict[Kind, LogTarget], first: Settings, second: Settings
) -> None:
    """Whatever two runs decide, one after the other, is put back as it was; and each is the same when repeated."""
    present, record = dict(before), None
    for settings, default in ((first, OURS), (second, NEW)):
        decision = decided(present, record, settings, default)
        present |= {**decision.targets, **decision.restores}
        record = decision.final
        again = decided(present, record, settings, default)
        assert again.targets == again.restores == {}
        assert again.interim == again.final == record

    assert record is not None
    present |= release(present, record, SETTINGS, "It ends.").targets
    assert present == before
