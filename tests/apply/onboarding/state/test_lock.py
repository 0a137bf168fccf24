"""One holds the lock; of one that has died, one other takes it over."""

from __future__ import annotations

import json
import threading
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from onboarding.aws import Clients
from onboarding.errors import OnboardingError, OutOfTimeError
from onboarding.state import parameters
from onboarding.state.lock import locked
from tests.apply.onboarding.emulator import clients
from tests.harness.localstack.server import LocalStack

ACCOUNT = "252525252525"


def enough() -> float:
    return 600.0


@pytest.fixture(scope="module")
def aws(localstack: LocalStack) -> Clients:
    return clients(localstack.endpoint, ACCOUNT, "eu-west-1")


@pytest.fixture
def name() -> str:
    return f"/alb-loki/locks/{uuid.uuid4().hex}"


def leave_behind(aws: Clients, name: str, seconds: float) -> str:
    """Leave a lock behind as somebody who has died, whose lease ends in `seconds`."""
    value = json.dumps({"token": "dead", "until": time.time() + seconds})
    parameters.put(aws.ssm, name, value)
    return value


def token(aws: Clients, name: str) -> str:
    return str(json.loads(parameters.get(aws.ssm, name) or "{}").get("token"))


def test_one_holds_it_at_a_time(aws: Clients, name: str) -> None:
    inside, most = 0, 0
    guard = threading.Lock()

    def work(_: int) -> None:
        nonlocal inside, most
        with locked(aws.ssm, name, enough):
            with guard:
                inside += 1
                most = max(most, inside)
            time.sleep(0.02)
            with guard:
                inside -= 1

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(24)))

    assert most == 1
    assert token(aws, name) == ""


def test_it_is_free_again_after_an_error(aws: Clients, name: str) -> None:
    with pytest.raises(ValueError, match="inside"), locked(aws.ssm, name, enough):
        raise ValueError("inside")

    with locked(aws.ssm, name, enough):
        assert token(aws, name) != ""


def test_it_can_be_discarded(aws: Clients, name: str) -> None:
    with locked(aws.ssm, name, enough) as lock:
        lock.discard = True

    assert parameters.get(aws.ssm, name) is None


def test_nobody_waits_longer_than_there_is_time(aws: Clients, name: str) -> None:
    left = iter([30.0, 25.0, 19.0])
    value = leave_behind(aws, name, 60)

    with pytest.raises(OutOfTimeError, match=name), locked(aws.ssm, name, lambda: next(left)):
        pass

    assert parameters.get(aws.ssm, name) == value


def test_a_lease_that_has_ended_is_taken_over_by_one(aws: Clients, name: str) -> None:
    leave_behind(aws, name, -1)
    barrier = threading.Barrier(6)
    inside: list[int] = []

    def take(number: int) -> None:
        barrier.wait()
        with locked(aws.ssm, name, enough):
            inside.append(number)
            assert inside == [number]
            time.sleep(0.05)
            inside.remove(number)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(take, range(6)))


@pytest.mark.parametrize("again", [False, True], ids=["taken over", "deleted and made again"])
def test_what_happens_between_reading_and_taking_over_is_noticed(
    aws: Clients, name: str, again: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the time between, another has taken it, or has it from a third one who had discarded it."""
    leave_behind(aws, name, -1)
    put = parameters.put
    taken: list[str] = []

    def meanwhile(ssm: Any, name: str, value: str, **pauses: Any) -> int:
        if not taken:
            if again:
                parameters.delete(ssm, name)
            taken.append("another")
            put(ssm, name, json.dumps({"token": "another", "until": time.time() + 60}))
            if not again:
                # What was read is version 1, and this one's will be 3.
                assert ssm.get_parameter(Name=name)["Parameter"]["Version"] == 2
        return put(ssm, name, value, **pauses)

    monkeypatch.setattr(parameters, "put", meanwhile)
    left = iter([30.0, 19.0])

    with pytest.raises(OutOfTimeError), locked(aws.ssm, name, lambda: next(left)):
        pytest.fail("two hold it")


def test_one_that_was_discarded_meanwhile_is_made_again(
    aws: Clients, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_behind(aws, name, -1)
    put = parameters.put

    def meanwhile(ssm: Any, name: str, value: str, **pauses: Any) -> int:
        parameters.delete(ssm, name)
        return put(ssm, name, value, **pauses)

    with monkeypatch.context() as patch:
        patch.setattr(parameters, "put", meanwhile)
        left: Callable[[], float] = iter([30.0]).__next__
        with locked(aws.ssm, name, left):
            patch.undo()


def test_after_its_own_lease_it_touches_nothing(aws: Clients, name: str) -> None:
    with locked(aws.ssm, name, enough, lease=0.5) as lock:
        time.sleep(0.6)
        value = leave_behind(aws, name, 60)
        with pytest.raises(OutOfTimeError, match="slowly"):
            lock.check()

    assert parameters.get(aws.ssm, name) == value


def test_a_parameter_of_others_is_no_lock(aws: Clients, name: str) -> None:
    parameters.put(aws.ssm, name, "secret")

    with pytest.raises(OnboardingError, match="is not a lock"), locked(aws.ssm, name, enough):
        pass
