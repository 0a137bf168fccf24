"""Each example is applied, has nothing to change after that, and leaves nothing when it is destroyed.

`hub-and-spoke` is what the tests in tests/e2e stand on, and `gitops` has a file of its own, test_gitops.py.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.apply.packages import use_host_package
from tests.conftest import EXAMPLE_ACCOUNTS
from tests.harness.aws.accounts import Account
from tests.harness.aws.clients import AwsClients
from tests.harness.aws.present import present
from tests.harness.pytest_plugin import WorkspaceFactory
from tests.onboarding.account import OnboardingAccount, logging_to

HUB, SHOP, BLOG = EXAMPLE_ACCOUNTS
LOKI: dict[str, Any] = {
    "loki": {"write_address": "https://loki.example.com/loki/api/v1/push"},
    "loki_credentials": {"anonymous": True},
}

Clients = Mapping[Account, AwsClients]
Names = Callable[[str], str]
Variables = dict[str, Any]


@dataclass(frozen=True)
class Example:
    """An example, and how it is tried.

    Attributes:
        variables: Makes its inputs.
        check: Looks at what it has made.
        before: What there has to be before it: gets clients and inputs, and takes away in the end what it made.
        shared: What the example refers to.
    """

    variables: Callable[[Names], Variables]
    check: Callable[[Clients, Variables], None]
    before: Callable[[Clients, Variables], AbstractContextManager[None]] = field(
        default=lambda _clients, _variables: nullcontext()
    )
    shared: tuple[str, ...] = ("modules",)


# --- existing-bucket


def _existing_bucket(names: Names) -> Variables:
    name = names("existing")
    return {
        "account_id": SHOP.id,
        "profile": SHOP.profile,
        "bucket_name": name,
        "prefix": "logs",
        "uploads_queue_arn": f"arn:aws:sqs:eu-west-1:{SHOP.id}:{name}",
        "reader_role_arn": f"arn:aws:iam::{SHOP.id}:role/{name}",
        **LOKI,
    }


@contextmanager
def _bucket_queue_and_role(clients: Clients, variables: Variables) -> Iterator[None]:
    owner, name = clients[SHOP], variables["bucket_name"]
    owner.s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    queue = owner.sqs.create_queue(QueueName=name)["QueueUrl"]
    trust = {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}
    owner.iam.create_role(
        RoleName=name,
        AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [trust]}),
    )
    yield
    owner.iam.delete_role(RoleName=name)
    owner.sqs.delete_queue(QueueUrl=queue)
    owner.s3.delete_bucket(Bucket=name)


def _policy_and_notification_are_merged(clients: Clients, variables: Variables) -> None:
    s3, bucket = clients[SHOP].s3, variables["bucket_name"]
    statements = json.loads(s3.get_bucket_policy(Bucket=bucket)["Policy"])["Statement"]
    queues = s3.get_bucket_notification_configuration(Bucket=bucket)["QueueConfigurations"]
    prefixes = {rule["QueueArn"]: rule["Filter"]["Key"]["FilterRules"][0]["Value"] for rule in queues}

    assert {"ReadUploads", "HubReadsLogs"} < {statement["Sid"] for statement in statements}
    assert prefixes == {
        variables["uploads_queue_arn"]: "uploads/",
        f"arn:aws:sqs:eu-west-1:{SHOP.id}:alb-loki": f"logs/AWSLogs/{SHOP.id}/elasticloadbalancing/",
    }


# --- two-spokes


def _two_spokes(names: Names) -> Variables:
    def spoke(account: Account, prefix: str) -> Variables:
        name = account.profile.removeprefix("example-")
        return {
            "account_id": account.id,
            "profile": account.profile,
            "bucket_name": names(name),
            "prefix": prefix,
            "tenant_id": f"{name}-tenant",
            "labels": {"team": name},
            "force_destroy": True,
        }

    return {
        "hub": {"account_id": HUB.id, "profile": HUB.profile},
        "shop": spoke(SHOP, ""),
        "blog": spoke(BLOG, "web"),
        **LOKI,
    }


def _both_spokes_are_known_and_announce_to_the_hub(clients: Clients, variables: Variables) -> None:
    configuration = clients[HUB].functions.get_function_configuration(FunctionName="alb-loki")
    spokes = json.loads(configuration["Environment"]["Variables"]["SPOKES"])
    queue = f"arn:aws:sqs:eu-west-1:{HUB.id}:alb-loki"

    assert spokes == {
        variables[name]["bucket_name"]: {
            "tenant": variables[name]["tenant_id"],
            "labels": variables[name]["labels"],
        }
        for name in ("shop", "blog")
    }
    for account, name in ((SHOP, "shop"), (BLOG, "blog")):
        (rule,) = clients[account].s3.get_bucket_notification_configuration(
            Bucket=variables[name]["bucket_name"]
        )["QueueConfigurations"]
        assert rule["QueueArn"] == queue


# --- single-account


def _single_account(names: Names) -> Variables:
    return {
        "account_id": HUB.id,
        "profile": HUB.profile,
        "bucket_name": names("single"),
        "loki_write_address": LOKI["loki"]["write_address"],
        "loki_credentials": LOKI["loki_credentials"],
        "force_destroy": True,
    }


def _the_bucket_announces_to_the_queue(clients: Clients, variables: Variables) -> None:
    (rule,) = clients[HUB].s3.get_bucket_notification_configuration(Bucket=variables["bucket_name"])[
        "QueueConfigurations"
    ]

    assert rule["QueueArn"] == f"arn:aws:sqs:eu-west-1:{HUB.id}:alb-loki"


# --- onboarding


def _onboarding(names: Names) -> Variables:
    return {
        "hub": {"account_id": HUB.id, "profile": HUB.profile},
        "shop": {
            "account_id": SHOP.id,
            "profile": SHOP.profile,
            # Dots are no part of a spoke's name.
            "log_buckets": {f"{names('blog')}.logs": {"prefixes": ["web", "api"]}},
        },
        "selection": {"names": ["shop", "web", "api"]},
        "dry_run": False,
        **LOKI,
    }


@contextmanager
def _load_balancers_and_buckets(clients: Clients, variables: Variables) -> Iterator[None]:
    """One that does not log, and two that log to a bucket of their own, each with a prefix.

    The bucket that the onboarding would make, and leave, is there, as after an onboarding before.
    """
    account = OnboardingAccount(clients[SHOP].endpoint, variables["region"], SHOP.id)
    ((own, described),) = variables["shop"]["log_buckets"].items()
    buckets = [account.bucket(own), account.bucket(_onboarded_bucket())]
    logs = {
        arn: account.logs(arn)
        for arn in (
            account.load_balancer("shop"),
            *(
                account.load_balancer(prefix, attributes=logging_to(own, prefix))
                for prefix in described["prefixes"]
            ),
        )
    }
    yield
    assert {arn: account.logs(arn) for arn in logs} == logs
    for arn in logs:
        account.aws.elbv2.delete_load_balancer(LoadBalancerArn=arn)
    for bucket in buckets:
        account.aws.s3.delete_bucket(Bucket=bucket)


def _onboarded_bucket() -> str:
    return f"alb-onboarding-{SHOP.id}-eu-west-1"


def _both_buckets_announce_to_the_hub(clients: Clients, variables: Variables) -> None:
    queue = f"arn:aws:sqs:eu-west-1:{HUB.id}:alb-loki"
    (own,) = variables["shop"]["log_buckets"]
    readable = set(_what_the_hub_reads(clients[HUB]))

    for bucket, prefixes in ((own, {"web/", "api/"}), (_onboarded_bucket(), {""})):
        rules = clients[SHOP].s3.get_bucket_notification_configuration(Bucket=bucket)["QueueConfigurations"]
        assert {rule["QueueArn"] for rule in rules} == {queue}
        told = {value["Value"] for rule in rules for value in rule["Filter"]["Key"]["FilterRules"]}
        assert told == {f"{prefix}AWSLogs/{SHOP.id}/elasticloadbalancing/" for prefix in prefixes}
        assert {f"arn:aws:s3:::{bucket}/{prefix}*" for prefix in told} <= readable


def _what_the_hub_reads(hub: AwsClients) -> list[str]:
    policy = f"arn:aws:iam::{HUB.id}:policy/alb-loki-read-logs-1"
    version = hub.iam.get_policy(PolicyArn=policy)["Policy"]["DefaultVersionId"]
    document: Any = hub.iam.get_policy_version(PolicyArn=policy, VersionId=version)["PolicyVersion"][
        "Document"
    ]
    return [arn for statement in document["Statement"] for arn in statement["Resource"]]


EXAMPLES = {
    "existing-bucket": Example(_existing_bucket, _policy_and_notification_are_merged, _bucket_queue_and_role),
    "onboarding": Example(_onboarding, _both_buckets_announce_to_the_hub, _load_balancers_and_buckets),
    "two-spokes": Example(_two_spokes, _both_spokes_are_known_and_announce_to_the_hub),
    "single-account": Example(
        _single_account,
        _the_bucket_announces_to_the_queue,
        shared=("modules", "main.tf", "outputs.tf", "variables.tf", "versions.tf"),
    ),
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_applied_and_destroyed_with_nothing_left(
    name: str,
    terraform_workspace: WorkspaceFactory,
    aws_clients: Callable[[Account], AwsClients],
    unique_name: Names,
    aws_region: str,
) -> None:
    example = EXAMPLES[name]
    variables = {"region": aws_region, **example.variables(unique_name)}
    clients = {account: aws_clients(account) for account in EXAMPLE_ACCOUNTS}
    workspace = terraform_workspace(f"examples/{name}", variables, shared=example.shared)
    use_host_package(workspace.folder.parents[1] / "modules")

    with example.before(clients, variables):
        before = {account: present(clients[account]) for account in EXAMPLE_ACCOUNTS}
        workspace.apply_and_idempotent()
        example.check(clients, variables)
        workspace.destroy()

        assert {account: present(clients[account]) for account in EXAMPLE_ACCOUNTS} == before
