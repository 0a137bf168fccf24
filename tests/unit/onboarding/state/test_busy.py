"""Systems Manager refuses a change of a parameter that is being changed: TooManyUpdates."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws
from mypy_boto3_ssm import SSMClient

from onboarding.aws import Clients
from onboarding.errors import OutOfTimeError
from onboarding.state import parameters
from onboarding.state.lock import NEEDED, Lock, locked
from tests.onboarding.calls import Calls, refuses

NAME = "/alb-loki/one"
FREE = json.dumps({"token": "", "until": 0})


@pytest.fixture
def account() -> Iterator[tuple[Calls, SSMClient]]:
    with mock_aws():
        session = boto3.Session(aws_access_key_id="x", aws_secret_access_key="x", region_name="eu-west-1")
        yield Calls(session), Clients(session).ssm


@pytest.fixture
def calls(account: tuple[Calls, SSMClient]) -> Calls:
    return account[0]


@pytest.fixture
def ssm(account: tuple[Calls, SSMClient]) -> SSMClient:
    return account[1]


@pytest.fixture
def waited(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """What is waited for a parameter."""
    waited: list[float] = []
    monkeypatch.setattr(parameters, "_pause", waited.append)
    return waited


def test_a_change_is_tried_again(ssm: SSMClient, calls: Calls, waited: list[float]) -> None:
    calls.before = refuses("PutParameter", "TooManyUpdates", times=2)
    assert parameters.put_new(ssm, NAME, "a")
    calls.before = refuses("PutParameter", "TooManyUpdates", times=1)
    assert parameters.put(ssm, NAME, "b") == 2
    calls.before = refuses("DeleteParameter", "TooManyUpdates", times=1)
    parameters.delete(ssm, NAME)

    assert parameters.get(ssm, NAME) is None
    assert waited == [0.2, 0.5, 0.2, 0.2]


def test_of_two_that_make_it_the_slower_one_is_told_so(
    ssm: SSMClient, calls: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls.before = refuses("PutParameter", "TooManyUpdates", times=1)
    monkeypatch.setattr(parameters, "_pause", lambda _: parameters.put(ssm, NAME, "of another"))

    assert not parameters.put_new(ssm, NAME, "ours")
    assert parameters.get(ssm, NAME) == "of another"


def test_it_gives_up_in_the_time_that_is_kept_for_it(
    ssm: SSMClient, calls: Calls, waited: list[float]
) -> None:
    calls.before = refuses("PutParameter", "TooManyUpdates", times=100)

    with pytest.raises(ClientError, match="TooManyUpdates"):
        parameters.put(ssm, NAME, "a")

    assert 5 < sum(waited) * 1.5 < 15


def test_they_do_not_meet_again(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr("time.sleep", slept.append)

    for _ in range(20):
        parameters._pause(1.0)

    assert len(set(slept)) > 1
    assert 0.5 <= min(slept) <= max(slept) <= 1.5


@pytest.mark.parametrize("is_there", [False, True])
def test_a_lock_that_others_are_taking_is_looked_at_again_first(
    ssm: SSMClient, calls: Calls, waited: list[float], is_there: bool
) -> None:
    if is_there:
        parameters.put(ssm, NAME, FREE)
    calls.forget()
    calls.before = refuses("PutParameter", "TooManyUpdates", times=1)

    with locked(ssm, NAME, lambda: 600.0):
        taken = json.loads(parameters.get(ssm, NAME) or "")

    assert taken["token"] != ""
    assert calls.operations[:4] == ["GetParameter", "PutParameter"] * 2
    assert waited == []


def test_a_lock_that_others_have_taken_is_theirs(ssm: SSMClient, calls: Calls) -> None:
    """Systems Manager refuses ours because theirs comes first."""
    theirs = json.dumps({"token": "another", "until": time.time() + 60})
    refused = refuses("PutParameter", "TooManyUpdates", times=1)

    def taken_by_another(number: int, operation: str) -> None:
        if operation == "PutParameter":
            calls.heal()
            parameters.put(ssm, NAME, theirs)
            refused(number, operation)

    parameters.put(ssm, NAME, FREE)
    calls.before = taken_by_another
    left = iter([30.0, 19.0])

    with pytest.raises(OutOfTimeError), locked(ssm, NAME, lambda: next(left)):
        pytest.fail("two hold it")
    assert parameters.get(ssm, NAME) == theirs


@pytest.mark.parametrize("discard", [False, True])
def test_a_lock_is_set_free_at_last(ssm: SSMClient, calls: Calls, waited: list[float], discard: bool) -> None:
    with locked(ssm, NAME, lambda: 600.0) as lock:
        lock.discard = discard
        calls.before = refuses("DeleteParameter" if discard else "PutParameter", "TooManyUpdates", times=2)

    assert json.loads(parameters.get(ssm, NAME) or FREE)["token"] == ""
    assert waited == [0.2, 0.5]


@pytest.mark.parametrize("left", [14.0, 1.5])
def test_a_lock_is_not_set_free_when_it_may_be_somebody_else_s(ssm: SSMClient, left: float) -> None:
    with locked(ssm, NAME, lambda: 600.0, lease=left):
        pass

    assert json.loads(parameters.get(ssm, NAME) or "")["token"] != ""


@pytest.mark.parametrize(("lease", "deadline"), [(NEEDED + 3, 600.0), (600.0, NEEDED + 3)])
def test_nobody_waits_with_a_lock_beyond_its_lease_or_the_run(
    lease: float, deadline: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []
    monkeypatch.setattr("time.sleep", slept.append)
    lock = Lock(time.monotonic() + lease, lambda: deadline)

    lock.check()
    lock.wait(2.0)
    with pytest.raises(OutOfTimeError, match="Run again"):
        lock.wait(4.0)

    assert slept == [2.0]


def between_reading_and_taking(monkeypatch: pytest.MonkeyPatch, *values: str, ours: int = 0) -> None:
    """Let a lock be overwritten after it was read; and then by `ours` of those calls of ours that boto3 repeats."""
    put = parameters.put

    def late(ssm: SSMClient, name: str, value: str, pauses: Sequence[float] = ()) -> int:
        monkeypatch.undo()
        for other in [*values, *[value] * ours]:
            put(ssm, name, other)
        return put(ssm, name, value, pauses)

    monkeypatch.setattr(parameters, "put", late)


THEIRS = json.dumps({"token": "another", "until": time.time() + 600})


@pytest.mark.parametrize("ours", [0, 1, 2])
def test_a_lock_that_others_had_and_gave_back_meanwhile_is_held(
    ssm: SSMClient, monkeypatch: pytest.MonkeyPatch, ours: int
) -> None:
    parameters.put(ssm, NAME, FREE)
    between_reading_and_taking(monkeypatch, THEIRS, FREE, ours=ours)
    left = iter([30.0])

    with locked(ssm, NAME, lambda: next(left)):
        pass

    assert json.loads(parameters.get(ssm, NAME) or "")["token"] == ""


@pytest.mark.parametrize("ours", [0, 1])
def test_a_lock_that_others_have_taken_meanwhile_is_theirs_however_often_ours_is_sent(
    ssm: SSMClient, monkeypatch: pytest.MonkeyPatch, ours: int
) -> None:
    parameters.put(ssm, NAME, FREE)
    between_reading_and_taking(monkeypatch, THEIRS, ours=ours)
    left = iter([30.0, 19.0])

    with pytest.raises(OutOfTimeError), locked(ssm, NAME, lambda: next(left)):
        pytest.fail("two hold it")


def test_a_lock_whose_making_boto3_has_repeated_is_held(ssm: SSMClient, calls: Calls) -> None:
    def repeats(_number: int, operation: str) -> None:
        if operation == "PutParameter":
            calls.heal()
            raise ClientError({"Error": {"Code": "ParameterAlreadyExists"}}, operation)

    calls.after = repeats
    left = iter([30.0])

    with locked(ssm, NAME, lambda: next(left)):
        pass
