"""Load balancers that exist are onboarded, their lines arrive, and all is given back in the end.

Without CloudTrail, which LocalStack has not, its event of a new load balancer is put on the bus by the test; AWS keeps
sources that begin with `aws.` to itself. LocalStack decides nothing by policies: who may do what is decided by the real
policies in `tests/modules`.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from cdktf_app.packaging.archive import make_archive
from cdktf_app.packaging.build import build_host_zip, onboarding_members
from tests.conftest import E2E_ACCOUNTS
from tests.e2e.deployed import TENANT, Deployed
from tests.e2e.https_subscriber import HttpsSubscriber, https_subscriber
from tests.e2e.shop import LOGGING, NETWORK, PREFIX, SILENT, UPLOADS, Shop, made_before
from tests.harness.aws.accounts import Account
from tests.harness.aws.clients import AwsClients
from tests.harness.aws.present import present
from tests.harness.localstack.server import LocalStack
from tests.harness.loki.receiver import LokiReceiver
from tests.harness.pytest_plugin import is_kept
from tests.harness.terraform.adapter import TerraformCommands
from tests.harness.terraform.cli_config import ProviderSource
from tests.harness.terraform.workspace import TerraformWorkspace, copy_configuration
from tests.harness.timing import Timings
from tests.host_function import host_function
from tests.samples import alb_access

LATER = "shop-later"
_CONFIGURATION = Path("tests/e2e/configurations/onboarding")


@dataclass(frozen=True)
class Onboarded:
    """The applied configuration, and the account with the load balancers.

    Attributes:
        deployed: The hub and its Loki.
        shop: The account with the load balancers.
        chat: An https endpoint that hears of new log objects, where there is a topic.
        bucket: The bucket for load balancers that did not log.
        before: The account's state before the first apply.
        numbers: Of the objects that are delivered.
    """

    deployed: Deployed
    shop: Shop
    chat: HttpsSubscriber
    bucket: str
    before: Mapping[str, Any]
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def applied(self, **variables: Any) -> Onboarded:
        """Apply with other values of variables; the second plan is empty."""
        self.deployed.workspace.variables |= variables
        outputs = self.deployed.workspace.apply_and_idempotent()
        return replace(self, deployed=replace(self.deployed, outputs=outputs))

    def arrive(self, name: str, bucket: str, prefix: str = "") -> str:
        """Deliver a log object as a load balancer does, wait for its lines in Loki, and return its key."""
        balancer, number = self.deployed.load_balancer(name), next(self.numbers)
        key = balancer.key(self.deployed.end, prefix, rand=f"{number:08}")
        lines = list(alb_access.lines(20, self.deployed.end, balancer, seed=number))
        self.shop.clients.s3.put_object(Bucket=bucket, Key=key, Body=alb_access.gzipped(iter(lines)))
        self.deployed.wait(lambda: {*lines} <= {*self.deployed.arrived(balancer)}, f"lines of {key}")
        return key

    def rules(self, bucket: str) -> dict[str, list[tuple[str, str]]]:
        """The prefixes and destinations of a bucket's notification rules, by whom they tell."""
        found = self.shop.clients.s3.get_bucket_notification_configuration(Bucket=bucket)
        kinds = {"Queue": "QueueArn", "Topic": "TopicArn", "LambdaFunction": "LambdaFunctionArn"}
        return {
            kind: sorted(
                (rule["Filter"]["Key"]["FilterRules"][0]["Value"], rule[arn])
                for rule in found.get(f"{kind}Configurations", ())  # type: ignore[attr-defined]
            )
            for kind, arn in kinds.items()
            if f"{kind}Configurations" in found
        }


@pytest.fixture(scope="module")
def onboarded(
    request: pytest.FixtureRequest,
    repository: Path,
    localstack: LocalStack,
    terraform_environment: dict[str, str],
    terraform_providers: ProviderSource,
    provider_versions: Mapping[str, str],
    aws_clients: Callable[[Account], AwsClients],
    aws_region: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Onboarded]:
    """Applies the onboarding to load balancers that were made before, without a topic."""
    hub_account, shop_account = E2E_ACCOUNTS["test_onboarding"]
    folder = tmp_path_factory.mktemp("onboarding")
    logs = folder / "logs"
    logs.mkdir()
    zip_path = folder / "onboarding.zip"
    zip_path.write_bytes(make_archive(onboarding_members()))
    unique = f"{time.time_ns():x}"
    shop = made_before(aws_clients(shop_account), f"e2e-shop-logs-{unique}")
    new_bucket = f"e2e-onboarded-{unique}"
    copy = copy_configuration(repository, _CONFIGURATION, folder / "copy", ["modules"], provider_versions)
    with ExitStack() as stack:
        loki = stack.enter_context(LokiReceiver(username="e2e", password="e2e", tenant_id=TENANT))
        chat = stack.enter_context(https_subscriber(folder))
        workspace = TerraformWorkspace(
            str(_CONFIGURATION),
            TerraformCommands(copy, env=terraform_environment, logs=logs, timeout=600),
            variables={
                "region": aws_region,
                "hub": {
                    "account_id": hub_account.id,
                    "profile": hub_account.profile,
                    "mode": "queue",
                    "function": host_function(build_host_zip()),
                },
                "shop": {
                    "account_id": shop_account.id,
                    "profile": shop_account.profile,
                    "function": host_function(zip_path),
                    "existing_bucket": shop.bucket,
                    "existing_prefix": PREFIX,
                    "bucket": new_bucket,
                },
                "topic": False,
                "subscriptions": {
                    "audit": {
                        "protocol": "sqs",
                        "endpoint": f"arn:aws:sqs:{aws_region}:{shop_account.id}:audit",
                    },
                    "chat": {"protocol": "https", "endpoint": chat.endpoint},
                },
                "loki": {"write_address": loki.push_url, "tenant_id": TENANT},
                "loki_credentials": {"username": "e2e", "password": "e2e"},
            },
            providers=terraform_providers,
            timings=Timings(),
            tell=lambda _text: None,
        )
        deployed = Deployed(workspace, {}, loki, aws_clients(hub_account), shop.clients)

        def destroy() -> None:
            if workspace.applied and not is_kept(request, workspace.folder):
                localstack.check()
                workspace.destroy()

        stack.callback(destroy)
        yield Onboarded(deployed, shop, chat, new_bucket, shop.state()).applied()


@pytest.fixture(scope="module")
def with_topic(onboarded: Onboarded) -> Onboarded:
    """The same, after it was given a topic."""
    return onboarded.applied(topic=True)


@pytest.fixture(scope="module")
def with_topic_direct(with_topic: Onboarded) -> Onboarded:
    """The same, after its hub was made one without a queue."""
    hub = with_topic.deployed.workspace.variables["hub"]
    return with_topic.applied(hub={**hub, "mode": "direct"})


def _log_prefix(onboarded: Onboarded, prefix: str = "") -> str:
    start = f"{prefix}/" if prefix else ""
    return f"{start}AWSLogs/{onboarded.shop.clients.account.id}/elasticloadbalancing/"


class TestHub:
    """S3 tells the hub's queue."""

    def test_it_reports_what_became_of_each_load_balancer(self, onboarded: Onboarded) -> None:
        report = onboarded.deployed.outputs["report"]

        assert {entry["name"]: entry["outcome"] for entry in report["load_balancers"]} == {
            LOGGING: "unchanged",
            SILENT: "changed",
            NETWORK: "left alone",
        }
        assert report["bucket_names"] == sorted([onboarded.bucket, onboarded.shop.bucket])
        assert onboarded.shop.logs(SILENT) == {"access_logs": f"{onboarded.bucket}/"}
        assert onboarded.shop.logs(LOGGING) == onboarded.before["logs"][LOGGING]

    def test_lines_arrive_from_the_bucket_that_was_there_and_from_the_one_that_was_made(
        self, onboarded: Onboarded
    ) -> None:
        onboarded.arrive(LOGGING, onboarded.shop.bucket, PREFIX)
        onboarded.arrive(SILENT, onboarded.bucket)

    def test_what_others_put_there_stays_and_still_fires(self, onboarded: Onboarded) -> None:
        shop = onboarded.shop
        shop.keys(shop.uploads_url)

        shop.clients.s3.put_object(Bucket=shop.bucket, Key=f"{UPLOADS}cat.jpg", Body=b"")

        assert shop.keys(shop.uploads_url, 1) == [f"{UPLOADS}cat.jpg"]
        before = onboarded.before["policy"]
        assert shop.policy()["Statement"][: len(before["Statement"])] == before["Statement"]
        assert (shop.policy()["Version"], shop.policy()["Id"]) == (before["Version"], before["Id"])

    def test_a_load_balancer_that_is_made_later_is_onboarded(self, onboarded: Onboarded) -> None:
        _announce(onboarded.shop, onboarded.shop.make(LATER), eventName="CreateLoadBalancer")

        onboarded.deployed.wait(lambda: bool(onboarded.shop.logs(LATER)), "logs of the new load balancer")
        assert onboarded.shop.logs(LATER) == {"access_logs": f"{onboarded.bucket}/"}
        onboarded.arrive(LATER, onboarded.bucket)


class TestTopic:
    """S3 tells the topic, and the hub's queue hears of it there."""

    def test_the_rules_for_logs_go_to_the_topic_and_others_stay(self, with_topic: Onboarded) -> None:
        topic, shop = with_topic.deployed.outputs["topic_arn"], with_topic.shop
        uploads = f"arn:aws:sqs:{shop.clients.region}:{shop.clients.account.id}:uploads"

        assert with_topic.rules(shop.bucket) == {
            "Queue": [(UPLOADS, uploads)],
            "Topic": [(_log_prefix(with_topic, PREFIX), topic)],
        }
        assert with_topic.rules(with_topic.bucket) == {"Topic": [(_log_prefix(with_topic), topic)]}

    def test_lines_arrive_and_other_subscribers_hear_of_them(self, with_topic: Onboarded) -> None:
        shop = with_topic.shop
        shop.keys(shop.audit_url)

        keys = [
            with_topic.arrive(LOGGING, shop.bucket, PREFIX),
            with_topic.arrive(SILENT, with_topic.bucket),
        ]

        assert sorted(shop.keys(shop.audit_url, len(keys))) == sorted(keys)

    def test_an_https_endpoint_is_reported_as_pending_and_hears_of_lines_once_it_confirms(
        self, with_topic: Onboarded
    ) -> None:
        topic, chat = with_topic.deployed.outputs["topic_arn"], with_topic.chat
        statuses = {
            name: subscription["status"]
            for name, subscription in with_topic.deployed.outputs["subscriptions"].items()
        }
        assert statuses == {"audit": "confirmed", "chat": "pending"}
        assert chat.of_type("Notification") == []
        with_topic.deployed.wait(lambda: bool(chat.of_type("SubscriptionConfirmation")), "request to confirm")
        (confirmation,) = chat.of_type("SubscriptionConfirmation")

        with_topic.shop.clients.sns.confirm_subscription(TopicArn=topic, Token=confirmation["Token"])
        key = with_topic.arrive(SILENT, with_topic.bucket)

        with_topic.deployed.wait(lambda: key in chat.told_of(), "notification at the https endpoint")

    def test_what_others_put_there_still_fires(self, with_topic: Onboarded) -> None:
        shop = with_topic.shop
        shop.keys(shop.uploads_url)

        shop.clients.s3.put_object(Bucket=shop.bucket, Key=f"{UPLOADS}dog.jpg", Body=b"")

        assert shop.keys(shop.uploads_url, 1) == [f"{UPLOADS}dog.jpg"]


class TestTopicWithoutQueue:
    """The topic invokes the hub's function."""

    def test_lines_arrive(self, with_topic_direct: Onboarded) -> None:
        assert with_topic_direct.deployed.outputs.get("queue_arn") is None
        with_topic_direct.arrive(LOGGING, with_topic_direct.shop.bucket, PREFIX)
        with_topic_direct.arrive(SILENT, with_topic_direct.bucket)


class TestDestroy:
    """All is given back; the last test of the file, since it ends what the others use."""

    def test_all_is_as_it_was_before_and_the_logs_are_kept(self, onboarded: Onboarded) -> None:
        workspace, shop = onboarded.deployed.workspace, onboarded.shop
        later = [name for name in shop.names() if name == LATER]
        shop.clients.s3.put_object(Bucket=onboarded.bucket, Key="kept", Body=b"")

        workspace.destroy()

        assert shop.state() == onboarded.before
        assert [name for name in later if shop.logs(name)] == []
        assert onboarded.rules(onboarded.bucket) == {}
        shop.clients.s3.head_object(Bucket=onboarded.bucket, Key="kept")
        left = present(shop.clients)
        assert left["buckets"] == sorted([onboarded.bucket, shop.bucket])
        assert {
            kind: left[kind] for kind in ("topics", "subscriptions", "parameters", "event rules", "keys")
        } == {
            "topics": [],
            "subscriptions": [],
            "parameters": [],
            "event rules": [],
            "keys": [],
        }
        assert (left["functions"], left["roles"]) == ([], [])
        hub = present(onboarded.deployed.hub)
        assert (hub["queues"], hub["functions"], hub["roles"]) == ([], [], [])


def _announce(shop: Shop, made: Any, **detail: Any) -> None:
    """Put CloudTrail's event of a load balancer that was made on the bus: what AWS answered, with small letters."""
    balancers = [
        {
            "loadBalancerArn": balancer["LoadBalancerArn"],
            "loadBalancerName": balancer["LoadBalancerName"],
            "type": balancer["Type"],
            "state": {"code": "provisioning"},
            "availabilityZones": [
                {"zoneName": zone["ZoneName"], "subnetId": zone["SubnetId"], "loadBalancerAddresses": []}
                for zone in balancer["AvailabilityZones"]
            ],
        }
        for balancer in made["LoadBalancers"]
    ]
    shop.clients.events.put_events(
        Entries=[
            {
                "Source": "aws.elasticloadbalancing",
                "DetailType": "AWS API Call via CloudTrail",
                "Detail": json.dumps(
                    {
                        "eventVersion": "1.08",
                        "eventSource": "elasticloadbalancing.amazonaws.com",
                        "apiVersion": "2015-12-01",
                        "awsRegion": shop.clients.region,
                        "recipientAccountId": shop.clients.account.id,
                        "responseElements": {"loadBalancers": balancers},
                        **detail,
                    }
                ),
            }
        ]
    )
