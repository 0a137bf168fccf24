"""Many load balancers in one run."""

from __future__ import annotations

from collections import Counter

from onboarding.action import Action
from onboarding.run import perform
from tests.harness.localstack.server import LocalStack
from tests.onboarding.account import OnboardingAccount, logging_to, settings


def calls_of_a_whole_life(account: OnboardingAccount, count: int) -> list[Counter[str]]:
    """Onboard load balancers, run again, and delete; return the calls of each."""
    theirs = account.bucket(f"theirs-{account.id}")
    for number in range(count):
        account.load_balancer(f"lb-{number:03}", attributes=logging_to(theirs) if number % 10 == 0 else None)
    found = []
    for action in (Action.CREATE, Action.UPDATE, Action.DELETE):
        clients, calls = account.clients()
        report = perform(action, settings(), clients, account.place)
        assert report.failures == []
        assert len(report.load_balancers) == count
        found.append(calls.counts)
    return found


def test_the_calls_for_each_of_200_load_balancers_are_as_many_as_for_each_of_20(
    account: OnboardingAccount, localstack: LocalStack, aws_region: str
) -> None:
    few = OnboardingAccount(localstack.endpoint, aws_region)
    create, update, delete = calls_of_a_whole_life(account, 200)
    create_few, update_few, delete_few = calls_of_a_whole_life(few, 20)

    def more(many: Counter[str], less: Counter[str]) -> dict[str, int]:
        """By how much the calls for 180 load balancers more are more."""
        return {name: calls - less[name] for name, calls in many.items() if calls != less[name]}

    assert more(create, create_few) == {
        "DescribeLoadBalancerAttributes": 180,
        "PutParameter": 180,
        "ModifyLoadBalancerAttributes": 162,
    }
    assert more(update, update_few) == {
        "DescribeLoadBalancerAttributes": 180,
        "GetParametersByPath": 18,
    }
    assert more(delete, delete_few) == {
        "DescribeLoadBalancerAttributes": 180,
        "GetParametersByPath": 18,
        "ModifyLoadBalancerAttributes": 162,
        "DeleteParameter": 180,
    }
