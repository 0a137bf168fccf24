"""Runs of the onboarding against load balancers that others have made."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from botocore.exceptions import ClientError

from onboarding.action import Action
from onboarding.answer import answer
from onboarding.report import Outcome, Report
from onboarding.run import perform
from onboarding.settings import Settings
from tests.onboarding.account import OnboardingAccount, logging_to, settings

ACCESS = "access_logs.s3"
CURRENT_SETTINGS = "/alb-loki/onboarding/alb-onboarding/current-settings"


def run(account: OnboardingAccount, action: Action, wanted: Settings, **options: Any) -> Report:
    clients, _ = account.clients()
    return perform(action, wanted, clients, account.place, **options)


def outcomes(report: Report) -> dict[str, str]:
    return {entry.name: str(entry.outcome) for entry in report.load_balancers}


def default_bucket(account: OnboardingAccount) -> str:
    return f"alb-onboarding-{account.id}-{account.place.region}"


def on(attributes: Mapping[str, str], kind: str = "access_logs") -> tuple[str, str] | None:
    """Where a load balancer logs."""
    if attributes.get(f"{kind}.s3.enabled") != "true":
        return None
    return attributes[f"{kind}.s3.bucket"], attributes[f"{kind}.s3.prefix"]


def test_load_balancers_are_onboarded_and_given_back(account: OnboardingAccount) -> None:
    theirs = account.bucket(f"theirs-{account.id}")
    off = account.load_balancer("off")
    logs = account.load_balancer("logs", attributes=logging_to(theirs, "pre/fix"))
    account.load_balancer("net", "network")
    bucket = default_bucket(account)

    report = run(account, Action.CREATE, settings(logs={"access": True, "connection": True}))

    assert report.failures == []
    assert outcomes(report) == {"logs": "changed", "net": "left alone", "off": "changed"}
    assert report.bucket_names == [bucket, theirs]
    assert on(account.attributes(off)) == on(account.attributes(off), "connection_logs") == (bucket, "")
    assert on(account.attributes(logs)) == (theirs, "pre/fix")
    assert on(account.attributes(logs), "connection_logs") == (theirs, "pre/fix")
    policy = json.loads(account.aws.s3.get_bucket_policy(Bucket=theirs)["Policy"])
    assert [statement["Sid"] for statement in policy["Statement"]] == ["AlbOnboardingDeliverLogs"]

    report = run(account, Action.DELETE, settings())

    assert report.failures == []
    assert report.bucket_names == []
    assert on(account.attributes(off)) is on(account.attributes(off), "connection_logs") is None
    assert on(account.attributes(logs)) == (theirs, "pre/fix")
    assert on(account.attributes(logs), "connection_logs") is None
    assert account.parameters() == {}
    with pytest.raises(account.aws.s3.exceptions.ClientError, match="NoSuchBucketPolicy"):
        account.aws.s3.get_bucket_policy(Bucket=theirs)
    account.aws.s3.head_bucket(Bucket=bucket)


def test_a_second_run_changes_nothing_and_answers_the_same_twice(account: OnboardingAccount) -> None:
    theirs = account.bucket(f"theirs-{account.id}")
    account.load_balancer("off")
    account.load_balancer("logs", attributes=logging_to(theirs))
    wanted = settings(logs={"access": True, "health_check": True})
    run(account, Action.CREATE, wanted)
    records = {name: text for name, text in account.parameters().items() if "locks" not in name}
    clients, calls = account.clients()

    second = perform(Action.UPDATE, wanted, clients, account.place)

    assert set(outcomes(second).values()) == {"unchanged"}
    assert {str(entry.outcome) for entry in second.buckets} == {"unchanged"}
    written = {
        operation for operation in calls.operations if not operation.startswith(("Describe", "Get", "Head"))
    }
    assert written <= {"PutParameter", "DeleteParameter"}, "the lock may be written"
    assert {name: text for name, text in account.parameters().items() if "locks" not in name} == records
    assert answer(run(account, Action.UPDATE, wanted)) == answer(second)


def test_a_dry_run_reports_all_and_changes_nothing(account: OnboardingAccount) -> None:
    theirs = account.bucket(f"theirs-{account.id}")
    off = account.load_balancer("off")
    logs = account.load_balancer("logs", attributes=logging_to(theirs))
    before = account.attributes(off), account.attributes(logs)
    clients, calls = account.clients()

    report = perform(Action.CREATE, settings(dry_run=True), clients, account.place)

    assert outcomes(report) == {"logs": "unchanged", "off": "would change"}
    assert {entry.name: str(entry.outcome) for entry in report.buckets} == {
        default_bucket(account): "would change",
        theirs: "would change",
    }
    assert report.bucket_names == [default_bucket(account), theirs]
    assert [entry.done for entry in report.load_balancers] == [
        [],
        [f"access logs: off → s3://{default_bucket(account)}"],
    ]
    assert all(operation.startswith(("Describe", "Get", "Head", "List")) for operation in calls.operations)
    assert (account.attributes(off), account.attributes(logs)) == before
    assert account.parameters() == {}

    run(account, Action.CREATE, settings())
    report = run(account, Action.DELETE, settings(dry_run=True))

    assert outcomes(report) == {"logs": "unchanged", "off": "would change"}
    assert {str(entry.outcome) for entry in report.buckets} == {"would change"}
    assert on(account.attributes(off)) == (default_bucket(account), "")
    assert len([name for name in account.parameters() if "/load-balancers/" in name]) == 2


def test_a_selection_by_tags_of_several_pages(account: OnboardingAccount) -> None:
    for number in range(25):
        account.load_balancer(f"lb-{number:02}", tags={"team": "shop" if number % 10 == 0 else "blog"})

    report = run(account, Action.CREATE, settings(selection={"tags": {"team": ["sh*"]}}, dry_run=True))

    assert outcomes(report) == dict.fromkeys(["lb-00", "lb-10", "lb-20"], "would change")


def test_what_is_no_longer_selected_is_given_back_and_its_bucket_left(account: OnboardingAccount) -> None:
    theirs = account.bucket(f"theirs-{account.id}")
    shop = account.load_balancer("shop")
    account.load_balancer("blog", attributes=logging_to(theirs))
    run(account, Action.CREATE, settings())

    report = run(account, Action.UPDATE, settings(selection={"names": ["shop"]}))

    assert outcomes(report) == {"blog": "unchanged", "shop": "unchanged"}
    assert {entry.name: str(entry.outcome) for entry in report.buckets} == {
        default_bucket(account): "unchanged",
        theirs: "changed",
    }
    assert report.bucket_names == [default_bucket(account)]

    report = run(account, Action.UPDATE, settings(selection={"name_patterns": ["none*"]}))

    assert outcomes(report) == {"shop": "changed"}
    assert on(account.attributes(shop)) is None
    assert report.load_balancers[0].why == "It is no longer selected."
    assert [name for name in account.parameters() if "/onboarding/" in name] == [CURRENT_SETTINGS]


def test_another_prefix_in_the_settings_moves_what_is_ours_and_leaves_the_old_one(
    account: OnboardingAccount,
) -> None:
    shop = account.load_balancer("shop")
    run(account, Action.CREATE, settings())

    report = run(account, Action.UPDATE, settings(bucket={"prefix": "new"}))

    assert report.failures == []
    assert on(account.attributes(shop)) == (default_bucket(account), "new")
    policy = account.aws.s3.get_bucket_policy(Bucket=default_bucket(account))["Policy"]
    assert f"/new/AWSLogs/{account.id}" in policy
    assert f"{default_bucket(account)}/AWSLogs/{account.id}" not in policy

    run(account, Action.DELETE, settings())

    assert on(account.attributes(shop)) is None


def test_another_bucket_in_the_settings_moves_what_is_ours(account: OnboardingAccount) -> None:
    shop, new = account.load_balancer("shop"), account.bucket(f"new-{account.id}")
    run(account, Action.CREATE, settings())

    report = run(account, Action.UPDATE, settings(bucket={"name": new, "create": False}))

    assert report.failures == []
    assert on(account.attributes(shop)) == (new, "")
    assert report.bucket_names == [new]
    assert "DeliverLogs" not in account.aws.s3.get_bucket_policy(Bucket=default_bucket(account))["Policy"]


def test_force_moves_what_logs_elsewhere_and_it_comes_back(account: OnboardingAccount) -> None:
    theirs = account.bucket(f"theirs-{account.id}")
    shop = account.load_balancer("shop", attributes=logging_to(theirs, "a"))

    run(account, Action.CREATE, settings())
    assert on(account.attributes(shop)) == (theirs, "a")
    report = run(account, Action.UPDATE, settings(force=True))

    assert outcomes(report) == {"shop": "changed"}
    assert report.bucket_names == [default_bucket(account)]
    assert on(account.attributes(shop)) == (default_bucket(account), "")

    run(account, Action.DELETE, settings())

    assert on(account.attributes(shop)) == (theirs, "a")


def test_in_the_end_what_somebody_has_changed_since_stays(account: OnboardingAccount) -> None:
    theirs = account.bucket(f"theirs-{account.id}")
    shop, gone = account.load_balancer("shop"), account.load_balancer("gone")
    run(account, Action.CREATE, settings())
    account.set_attributes(shop, logging_to(theirs))
    account.aws.elbv2.delete_load_balancer(LoadBalancerArn=gone)

    report = run(account, Action.DELETE, settings())

    assert outcomes(report) == {"gone": "gone", "shop": "left alone"}
    assert on(account.attributes(shop)) == (theirs, "")
    assert account.parameters() == {}


def test_on_destroy_keep_keeps_and_forgets(account: OnboardingAccount) -> None:
    shop = account.load_balancer("shop")
    run(account, Action.CREATE, settings(on_destroy="keep"))
    clients, calls = account.clients()

    report = perform(Action.DELETE, settings(on_destroy="keep"), clients, account.place)

    assert outcomes(report) == {"shop": "left alone"}
    assert on(account.attributes(shop)) == (default_bucket(account), "")
    assert "DeliverLogs" in account.aws.s3.get_bucket_policy(Bucket=default_bucket(account))["Policy"]
    assert account.parameters() == {}
    assert calls.counts["DescribeLoadBalancerAttributes"] == 0


def test_one_that_was_deleted_is_forgotten_at_the_next_run(account: OnboardingAccount) -> None:
    gone = account.load_balancer("gone")
    run(account, Action.CREATE, settings())
    account.aws.elbv2.delete_load_balancer(LoadBalancerArn=gone)

    report = run(account, Action.UPDATE, settings())

    assert outcomes(report) == {"gone": "gone"}
    assert report.failures == []
    assert [name for name in account.parameters() if "/onboarding/" in name] == [CURRENT_SETTINGS]


def test_a_refused_bucket_keeps_its_load_balancers_as_they_are_and_no_others(
    account: OnboardingAccount,
) -> None:
    theirs = account.bucket(f"theirs-{account.id}")
    account.aws.s3.put_bucket_encryption(
        Bucket=theirs,
        ServerSideEncryptionConfiguration={
            "Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms"}}]
        },
    )
    logs = account.load_balancer("logs", attributes=logging_to(theirs))
    account.load_balancer("off")
    wanted = settings(logs={"access": True, "connection": True})
    before = account.attributes(logs)

    report = run(account, Action.CREATE, wanted)

    assert outcomes(report) == {"logs": "refused", "off": "changed"}
    assert account.attributes(logs) == before
    assert not [name for name in account.parameters() if "/load-balancers/logs/" in name or theirs in name]
    assert report.failures[0].startswith(f"logs: Of its bucket {theirs}: ")
    assert "KMS" in report.failures[0]

    account.aws.s3.put_bucket_encryption(
        Bucket=theirs,
        ServerSideEncryptionConfiguration={
            "Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}]
        },
    )
    report = run(account, Action.UPDATE, wanted)

    assert outcomes(report) == {"logs": "changed", "off": "unchanged"}
    assert report.failures == []


def test_a_load_balancer_with_two_buckets_needs_both(account: OnboardingAccount) -> None:
    good, bad = account.bucket(f"good-{account.id}"), f"bad-{account.id}"
    arn = account.load_balancer(
        "logs", attributes={**logging_to(good), **logging_to(bad, kinds=["connection"])}
    )

    report = run(account, Action.CREATE, settings(logs={"access": True, "connection": True}))

    assert outcomes(report) == {"logs": "refused"}
    assert on(account.attributes(arn)) == (good, "")
    with pytest.raises(account.aws.s3.exceptions.ClientError, match="NoSuchBucketPolicy"):
        account.aws.s3.get_bucket_policy(Bucket=good)


def test_a_new_load_balancer_is_onboarded_if_it_is_selected_and_nothing_else_is_looked_at(
    account: OnboardingAccount,
) -> None:
    wanted = settings(selection={"name_patterns": ["shop-*"], "names": ["missing"]})
    run(account, Action.CREATE, wanted)
    old = account.load_balancer("shop-old")
    new, other = account.load_balancer("shop-new"), account.load_balancer("blog")

    report = run(account, Action.CREATED, wanted, only=[new, other])

    assert outcomes(report) == {"shop-new": "changed"}
    assert report.failures == []
    assert on(account.attributes(new)) == (default_bucket(account), "")
    assert on(account.attributes(other)) is on(account.attributes(old)) is None


def test_a_new_one_takes_nothing_from_those_before_it(account: OnboardingAccount) -> None:
    first = account.bucket(f"first-{account.id}")
    account.load_balancer("a", attributes=logging_to(first, "a"))
    run(account, Action.CREATE, settings())
    new = account.load_balancer("b", attributes=logging_to(first, "b"))

    run(account, Action.CREATED, settings(), only=[new])

    policy = account.aws.s3.get_bucket_policy(Bucket=first)["Policy"]
    assert f"{first}/a/AWSLogs" in policy
    assert f"{first}/b/AWSLogs" in policy


def test_time_that_is_used_up_is_reported_and_running_again_finishes(account: OnboardingAccount) -> None:
    arns = [account.load_balancer(f"lb-{number}") for number in range(4)]
    clients, calls = account.clients()

    def left() -> float:
        return 10 if calls.counts["ModifyLoadBalancerAttributes"] >= 1 else 60

    report = perform(Action.CREATE, settings(), clients, account.place, deadline=left)

    reached = [entry.name for entry in report.load_balancers if entry.outcome is Outcome.CHANGED]
    assert reached
    assert "not reached" in outcomes(report).values()
    assert any("Run again to go on." in failure for failure in report.failures)

    report = run(account, Action.UPDATE, settings())

    assert report.failures == []
    assert all(on(account.attributes(arn)) for arn in arns)
    run(account, Action.DELETE, settings())
    assert not any(on(account.attributes(arn)) for arn in arns)


def test_progress_is_told(account: OnboardingAccount) -> None:
    account.load_balancer("a")
    account.load_balancer("b")
    told: list[tuple[int, int, str]] = []

    run(account, Action.CREATE, settings(), progress=lambda *said: told.append(said))

    assert [(done, total) for done, total, what in told if what == "setting attributes"] == [(1, 2), (2, 2)]


def test_a_bucket_that_comes_into_effect_late_is_tried_again(
    account: OnboardingAccount, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onboarding.load_balancers.attributes._WAITS", (0.01, 0.01, 0.01))
    arn = account.load_balancer("shop")
    clients, calls = account.clients()

    def refuse(_number: int, operation: str) -> None:
        if (
            calls.counts["ModifyLoadBalancerAttributes"] <= tries
            and operation == "ModifyLoadBalancerAttributes"
        ):
            message = "Access Denied for bucket: x."
            raise ClientError(
                {"Error": {"Code": "InvalidConfigurationRequest", "Message": message}}, operation
            )

    calls.before = refuse
    tries = 4
    report = perform(Action.CREATE, settings(), clients, account.place)
    assert outcomes(report) == {"shop": "failed"}
    assert "keeps Elastic Load Balancing from writing" in report.failures[0]

    calls.forget()
    tries = 3
    report = perform(Action.CREATE, settings(), clients, account.place)
    assert outcomes(report) == {"shop": "changed"}
    assert on(account.attributes(arn))


def test_the_wait_for_a_bucket_is_not_repeated_for_each_load_balancer(
    account: OnboardingAccount, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onboarding.load_balancers.attributes._WAITS", (0.01, 0.01))
    monkeypatch.setattr("onboarding.workers._THREADS", 1)
    for number in range(5):
        account.load_balancer(f"shop-{number}")
    clients, calls = account.clients()

    def refuse(_number: int, operation: str) -> None:
        if operation == "ModifyLoadBalancerAttributes":
            message = "Access Denied for bucket: x."
            raise ClientError(
                {"Error": {"Code": "InvalidConfigurationRequest", "Message": message}}, operation
            )

    calls.before = refuse
    report = perform(Action.CREATE, settings(), clients, account.place)

    assert set(outcomes(report).values()) == {"failed"}
    assert calls.counts["ModifyLoadBalancerAttributes"] == 3 + 4


def test_two_onboardings_share_a_bucket(account: OnboardingAccount) -> None:
    theirs = account.bucket(f"theirs-{account.id}")
    account.load_balancer("shop", attributes=logging_to(theirs))
    first, second = settings(), replace(settings(), name="other")
    run(account, Action.CREATE, first)
    run(account, Action.CREATE, second)

    run(account, Action.DELETE, first)

    policy = json.loads(account.aws.s3.get_bucket_policy(Bucket=theirs)["Policy"])
    assert [statement["Sid"] for statement in policy["Statement"]] == ["OtherDeliverLogs"]
