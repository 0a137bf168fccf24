"""Many at a time, and what becomes of those that something goes wrong with."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError

from onboarding.errors import OnboardingError, OutOfTimeError, RefusalError
from onboarding.failures import NOT_REACHED, Failure, failure
from onboarding.report import Outcome
from onboarding.workers import Workers


def refused(code: str, message: str = "because") -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": message}}, "ModifyLoadBalancerAttributes")


def test_results_come_in_the_order_of_the_items_and_one_failure_keeps_no_other() -> None:
    told: list[tuple[int, int, str]] = []

    def work(number: int) -> int:
        if number == 3:
            raise RefusalError("It is odd.", "Take another.")
        return number * 10

    results = Workers(lambda: 60, lambda *said: told.append(said)).each(range(6), "counting", work)

    assert results == [
        (0, 0),
        (1, 10),
        (2, 20),
        (3, Failure(Outcome.REFUSED, "It is odd. Take another.", "It is odd.")),
        (4, 40),
        (5, 50),
    ]
    assert told == [(done, 6, "counting") for done in range(1, 7)]


def test_nothing_is_begun_shortly_before_the_end() -> None:
    left = iter([60.0, 30.0, 19.0, 18.0])

    results = Workers(lambda: next(left), lambda *_: None).each("abcd", "waiting", str.upper)

    # Which two of them saw the time that was left is a matter of their threads.
    assert [item for item, _ in results] == [*"abcd"]
    assert sum(result == item.upper() for item, result in results) == 2
    assert [result for _, result in results if isinstance(result, Failure)] == [NOT_REACHED] * 2
    assert NOT_REACHED.outcome.is_failure
    assert "Run again" in NOT_REACHED.why


def test_a_fault_of_the_program_ends_the_run() -> None:
    with pytest.raises(ZeroDivisionError):
        Workers(lambda: 60, lambda *_: None).each([0], "dividing", lambda number: 1 // number)


@pytest.mark.parametrize(
    ("error", "outcome", "said"),
    [
        (refused("LoadBalancerNotFound"), Outcome.GONE, "It was deleted in the meantime."),
        (
            refused("AccessDenied", "no identity-based policy allows it"),
            Outcome.FAILED,
            "AWS refused ModifyLoadBalancerAttributes: no identity-based policy allows it (AccessDenied). Allow it to",
        ),
        (refused("Throttling"), Outcome.FAILED, "run again later."),
        (
            refused(
                "InvalidConfigurationRequest", "Access Denied for bucket: x. Please check S3bucket permission"
            ),
            Outcome.FAILED,
            "Look for what else keeps Elastic Load Balancing from writing",
        ),
        (refused("ValidationError"), Outcome.FAILED, "Mend that, then run again."),
        (EndpointConnectionError(endpoint_url="https://x"), Outcome.FAILED, "Could not connect"),
        (OutOfTimeError("over"), Outcome.NOT_REACHED, "Run again to go on."),
        (OnboardingError("It was not there."), Outcome.FAILED, "It was not there."),
    ],
)
def test_how_it_ends_by_what_went_wrong(error: Exception, outcome: Outcome, said: str) -> None:
    found = failure(error)

    assert found.outcome is outcome
    assert said in found.why
