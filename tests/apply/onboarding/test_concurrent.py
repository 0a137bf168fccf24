"""Runs at the same time on the same load balancers and buckets."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

from onboarding.action import Action
from onboarding.report import Report
from onboarding.run import perform
from onboarding.settings import Settings
from tests.onboarding.account import OnboardingAccount, logging_to, settings


def at_once(
    account: OnboardingAccount, runs: Sequence[tuple[Action, Settings, Sequence[str]]]
) -> list[Report]:
    """Begin runs at the same moment."""
    begin = Barrier(len(runs))

    def work(one: tuple[Action, Settings, Sequence[str]]) -> Report:
        action, wanted, only = one
        clients, _ = account.clients()
        begin.wait()
        return perform(action, wanted, clients, account.place, only=only)

    with ThreadPoolExecutor(len(runs)) as pool:
        return list(pool.map(work, runs))


def test_two_runs_of_one_onboarding(account: OnboardingAccount) -> None:
    theirs = account.bucket(f"theirs-{account.id}")
    arns = [
        account.load_balancer(f"lb-{number}", attributes=logging_to(theirs) if number % 2 else None)
        for number in range(6)
    ]
    before = list(map(account.attributes, arns))
    wanted = settings(logs={"access": True, "connection": True})

    reports = at_once(account, [(Action.CREATE, wanted, ()), (Action.UPDATE, wanted, ())])

    assert [report.failures for report in reports] == [[], []]
    for arn in arns:
        found = account.attributes(arn)
        assert found["access_logs.s3.enabled"] == found["connection_logs.s3.enabled"] == "true"
    clients, _ = account.clients()
    assert perform(Action.DELETE, wanted, clients, account.place).failures == []
    for arn, old in zip(arns, before, strict=True):
        found = account.attributes(arn)
        for key in ("access_logs.s3.enabled", "connection_logs.s3.enabled"):
            assert found.get(key, "false") == old.get(key, "false")


def test_a_new_load_balancer_while_all_are_looked_at(account: OnboardingAccount) -> None:
    bucket = account.bucket(f"theirs-{account.id}")
    account.load_balancer("a", attributes=logging_to(bucket, "a"))
    old = account.load_balancer("old", attributes=logging_to(bucket, "old"))
    clients, _ = account.clients()
    perform(Action.CREATE, settings(), clients, account.place)
    account.aws.elbv2.delete_load_balancer(LoadBalancerArn=old)
    new = account.load_balancer("new", attributes=logging_to(bucket, "new"))

    reports = at_once(account, [(Action.UPDATE, settings(), ()), (Action.CREATED, settings(), (new,))])

    assert [report.failures for report in reports] == [[], []]
    policy = account.aws.s3.get_bucket_policy(Bucket=bucket)["Policy"]
    assert f"{bucket}/a/AWSLogs" in policy
    assert f"{bucket}/new/AWSLogs" in policy
    assert f"{bucket}/old/AWSLogs" not in policy


def test_several_onboardings_on_one_bucket_lose_no_statement(account: OnboardingAccount) -> None:
    bucket = account.bucket(f"theirs-{account.id}")
    account.load_balancer("shop", attributes=logging_to(bucket))
    named: Callable[[int], Settings] = lambda number: replace(settings(), name=f"team{number}")  # noqa: E731

    reports = at_once(account, [(Action.CREATE, named(number), ()) for number in range(4)])

    assert [report.failures for report in reports] == [[]] * 4
    policy = json.loads(account.aws.s3.get_bucket_policy(Bucket=bucket)["Policy"])
    assert sorted(statement["Sid"] for statement in policy["Statement"]) == [
        f"Team{number}DeliverLogs" for number in range(4)
    ]
