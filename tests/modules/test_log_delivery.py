"""What the module of log delivery says about every region, in one plan of all of them, without a provider."""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from cdktf_app.modules.log_delivery.regions import regions
from tests.modules.conftest import Initialize
from tests.modules.scenarios.log_delivery import CALLS, FUTURE, call, root_configuration

Answers = dict[str, dict[str, Any]]

OF_THE_REGION = "logdelivery.elasticloadbalancing.amazonaws.com"
OF_NETWORK = "delivery.logs.amazonaws.com"
OF_OUTPOSTS = "logdelivery.elb.amazonaws.com"


@pytest.fixture(scope="module")
def folder(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for root configurations, beside a copy of the module."""
    root = tmp_path_factory.mktemp("log-delivery")
    shutil.copytree(repository / "modules" / "log-delivery", root / "modules" / "log-delivery")
    return root


@pytest.fixture(scope="module")
def answers(folder: Path, initialize: Initialize, offline_environment: Mapping[str, str]) -> Answers:
    """The module's outputs for each call."""
    root = folder / "all"
    root.mkdir()
    (root / "main.tf").write_text(root_configuration("../modules", CALLS))
    commands = initialize(root, offline_environment)
    commands.plan({}, out="all.tfplan")
    found: Answers = commands.show("all.tfplan")["planned_values"]["outputs"]["all"]["value"]
    return found


def by_sid(answer: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {statement["Sid"]: statement for statement in answer["statements"]}


@pytest.mark.parametrize("name", regions())
def test_each_region_of_the_table_is_known(name: str, answers: Answers) -> None:
    answer, region = answers[name], regions()[name]

    assert (answer["region"], answer["partition"]) == (name, region.partition)
    assert answer["elb_account_id"] == region.elb_account_id
    assert answer["principals"] == {"Service": [OF_THE_REGION]}
    assert answer["statements"] == [
        {
            "Sid": "DeliverLogs",
            "Effect": "Allow",
            "Principal": {"Service": OF_THE_REGION},
            "Action": "s3:PutObject",
            "Resource": [f"arn:{region.partition}:s3:::logs/AWSLogs/222222222222/*"],
        }
    ]


@pytest.mark.parametrize(
    ("name", "account_id"),
    [(name, region.elb_account_id) for name, region in regions().items() if region.elb_account_id],
)
def test_the_region_s_account_may_write_too_where_it_is_asked_for(
    name: str, account_id: str, answers: Answers
) -> None:
    answer = answers[f"{name}_by_account"]
    principals = [f"arn:{regions()[name].partition}:iam::{account_id}:root"]

    by_service, by_account = by_sid(answer)["DeliverLogs"], by_sid(answer)["DeliverLogsByAccount"]
    assert answer["principals"] == {"Service": [OF_THE_REGION], "AWS": principals}
    assert by_account == by_service | {"Sid": "DeliverLogsByAccount", "Principal": {"AWS": principals}}


@pytest.mark.parametrize(("name", "partition"), FUTURE.items())
def test_a_region_that_is_not_in_the_table_has_the_service_and_the_partition_of_its_name(
    name: str, partition: str, answers: Answers
) -> None:
    answer = answers[name]

    assert (answer["partition"], answer["elb_account_id"]) == (partition, None)
    assert answer["principals"] == {"Service": [OF_THE_REGION]}
    assert by_sid(answer)["DeliverLogs"]["Resource"] == [f"arn:{partition}:s3:::logs/AWSLogs/222222222222/*"]


def test_all_kinds_of_load_balancers_write_below_all_accounts_prefixes_only(answers: Answers) -> None:
    statements = by_sid(answers["all"])

    puts = {sid: statement for sid, statement in statements.items() if sid != "CheckNetworkLogsBucket"}
    assert list(puts) == ["DeliverLogs", "DeliverLogsByAccount", "DeliverOutpostsLogs", "DeliverNetworkLogs"]
    for statement in puts.values():
        assert statement["Action"] == "s3:PutObject"
        assert statement["Resource"] == [
            "arn:aws:s3:::logs/lb/prod/AWSLogs/222222222222/*",
            "arn:aws:s3:::logs/lb/prod/AWSLogs/012345678901/*",
        ]
    assert answers["all"]["principals"]["Service"] == [OF_THE_REGION, OF_NETWORK, OF_OUTPOSTS]
    assert statements["DeliverOutpostsLogs"]["Principal"] == {"Service": OF_OUTPOSTS}
    assert statements["DeliverOutpostsLogs"]["Condition"] == {
        "StringEquals": {"s3:x-amz-acl": "bucket-owner-full-control"}
    }


def test_network_load_balancers_deliver_for_these_accounts_only(answers: Answers) -> None:
    statements = by_sid(answers["all"])

    put, check = statements["DeliverNetworkLogs"], statements["CheckNetworkLogsBucket"]
    source = {
        "aws:SourceArn": ["arn:aws:logs:eu-west-1:222222222222:*", "arn:aws:logs:eu-west-1:012345678901:*"]
    }
    accounts = {"aws:SourceAccount": ["222222222222", "012345678901"]}
    assert put["Principal"] == check["Principal"] == {"Service": OF_NETWORK}
    assert put["Condition"] == {
        "StringEquals": {**accounts, "s3:x-amz-acl": "bucket-owner-full-control"},
        "ArnLike": source,
    }
    assert (check["Action"], check["Resource"]) == ("s3:GetBucketAcl", "arn:aws:s3:::logs")
    assert check["Condition"] == {"StringEquals": accounts, "ArnLike": source}


@pytest.mark.parametrize(
    ("name", "sids"),
    [
        ("network", ["DeliverNetworkLogs", "CheckNetworkLogsBucket"]),
        ("outposts", ["DeliverOutpostsLogs"]),
    ],
)
def test_who_does_not_log_may_not_write(name: str, sids: list[str], answers: Answers) -> None:
    assert list(by_sid(answers[name])) == sids


def test_the_policy_is_the_statements(answers: Answers) -> None:
    assert set(answers) == set(CALLS)
    for answer in answers.values():
        policy = {"Version": "2012-10-17", "Statement": answer["statements"]}
        assert json.loads(answer["policy_json"]) == policy


def test_an_account_is_refused_where_there_is_none(
    folder: Path, initialize: Initialize, offline_environment: Mapping[str, str]
) -> None:
    without = [*(name for name, region in regions().items() if not region.elb_account_id), *FUTURE]
    root = folder / "refused"
    root.mkdir()
    calls = {name: call(region=name, grant_elb_account=True) for name in without}
    (root / "main.tf").write_text(root_configuration("../modules", calls))

    events = initialize(root, offline_environment).plan_events({})

    messages = [event["diagnostic"]["detail"] for event in events if event["type"] == "diagnostic"]
    assert len(messages) == len(without)
    for name in without:
        (message,) = (text for text in messages if f"the region {name} has no" in text)
        assert "Leave grant_elb_account at false" in message
