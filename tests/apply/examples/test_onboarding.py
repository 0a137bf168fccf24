"""The example `onboarding`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from tests.apply.examples.conftest import Applied, Clients
from tests.conftest import EXAMPLE_ACCOUNTS
from tests.harness.aws.clients import AwsClients
from tests.onboarding.account import OnboardingAccount, logging_to

NAME = "onboarding"
HUB, SHOP = EXAMPLE_ACCOUNTS[NAME]
PREFIXES = ["web", "api"]
ONBOARDED_BUCKET = f"alb-onboarding-{SHOP.id}-eu-west-1"


def test_all_buckets_announce_to_the_hub_and_nothing_is_left(
    applied: Applied,
    clients_of: Callable[[str], Clients],
    unique_name: Callable[[str], str],
    loki: dict[str, Any],
) -> None:
    # Dots are no part of a spoke's name.
    own = f"{unique_name('blog')}.logs"
    variables = {
        "hub": {"account_id": HUB.id, "profile": HUB.profile},
        "shop": {
            "account_id": SHOP.id,
            "profile": SHOP.profile,
            "log_buckets": {own: {"prefixes": PREFIXES}},
        },
        "selection": {"names": ["shop", *PREFIXES]},
        "dry_run": False,
        **loki,
    }
    of_hub, of_shop = clients_of(NAME)

    with _load_balancers_and_buckets(of_shop, own), applied(NAME, variables):
        queue = f"arn:aws:sqs:eu-west-1:{HUB.id}:alb-loki"
        readable = set(_what_the_hub_reads(of_hub))
        for bucket, prefixes in ((own, {"web/", "api/"}), (ONBOARDED_BUCKET, {""})):
            rules = of_shop.s3.get_bucket_notification_configuration(Bucket=bucket)["QueueConfigurations"]
            assert {rule["QueueArn"] for rule in rules} == {queue}
            told = {value["Value"] for rule in rules for value in rule["Filter"]["Key"]["FilterRules"]}
            assert told == {f"{prefix}AWSLogs/{SHOP.id}/elasticloadbalancing/" for prefix in prefixes}
            assert {f"arn:aws:s3:::{bucket}/{prefix}*" for prefix in told} <= readable


@contextmanager
def _load_balancers_and_buckets(clients: AwsClients, own: str) -> Iterator[None]:
    """One that does not log, and two that log to a bucket of their own, each with a prefix.

    The bucket that the onboarding would make, and leave, is there, as after an onboarding before.
    """
    account = OnboardingAccount(clients.endpoint, clients.region, SHOP.id)
    buckets = [account.bucket(own), account.bucket(ONBOARDED_BUCKET)]
    logs = {
        arn: account.logs(arn)
        for arn in (
            account.load_balancer("shop"),
            *(account.load_balancer(prefix, attributes=logging_to(own, prefix)) for prefix in PREFIXES),
        )
    }
    yield
    assert {arn: account.logs(arn) for arn in logs} == logs
    for arn in logs:
        account.aws.elbv2.delete_load_balancer(LoadBalancerArn=arn)
    for bucket in buckets:
        account.aws.s3.delete_bucket(Bucket=bucket)


def _what_the_hub_reads(hub: AwsClients) -> list[str]:
    policy = f"arn:aws:iam::{HUB.id}:policy/alb-loki-read-logs-1"
    version = hub.iam.get_policy(PolicyArn=policy)["Policy"]["DefaultVersionId"]
    document: Any = hub.iam.get_policy_version(PolicyArn=policy, VersionId=version)["PolicyVersion"][
        "Document"
    ]
    return [arn for statement in document["Statement"] for arn in statement["Resource"]]
