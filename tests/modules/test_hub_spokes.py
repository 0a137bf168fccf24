"""How many spokes the hub takes by which mechanism, and what it says when they are too many."""

import json
import shutil
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from cdktf_app.modules.hub.access import POLICIES_LIMIT, POLICY_LIMIT
from cdktf_app.modules.hub.queue_policy import QUEUE_POLICY_LIMIT
from tests.modules.conftest import Initialize
from tests.modules.results import Resources
from tests.modules.scenarios.configuration import mocked_apply, root_configuration
from tests.modules.scenarios.hub_ingestion import ORGANIZATION_ID, SHOP_KEY_ARN
from tests.modules.scenarios.scenario import Scenario, hub

DIRECT: dict[str, Any] = {"ingestion": {"mode": "direct"}}
ORGANIZATION: dict[str, Any] = {"organization_id": ORGANIZATION_ID}


def spokes(count: int, **others: Any) -> dict[str, Any]:
    """So many spokes of as many accounts, with names as they are in a company."""
    return {
        f"team-{number:04}": {
            "account_id": f"{100000000000 + number}",
            "bucket_name": f"acme-prod-eu-west-1-alb-logs-{number:04}",
        }
        | others
        for number in range(count)
    }


KEYS = {name: spoke | {"kms_key_arn": f"{SHOP_KEY_ARN}-{name}"} for name, spoke in spokes(100).items()}
LONG_NAMES = {
    name: spoke
    | {
        "bucket_name": f"{spoke['bucket_name']:a<63}",
        "prefix": "p" * 100,
        "kms_key_arn": f"{SHOP_KEY_ARN}-{name}",
    }
    for name, spoke in spokes(25).items()
}

FITS: dict[str, Scenario] = {
    "queue_none": hub(),
    "queue_1": hub(spokes=spokes(1)),
    "queue_50": hub(spokes=spokes(50)),
    "queue_100": hub(spokes=spokes(100)),
    "direct_1": hub(**DIRECT, spokes=spokes(1)),
    "direct_50": hub(**DIRECT, spokes=spokes(50)),
    "organization_none": hub(**ORGANIZATION),
    "organization_1": hub(**ORGANIZATION, spokes=spokes(1)),
    "organization_250": hub(**ORGANIZATION, spokes=spokes(250)),
    "organization_1000": hub(**ORGANIZATION, spokes=spokes(1000)),
    # A bucket that many accounts log to.
    "accounts_250": hub(
        spokes=spokes(1, log_account_ids=[f"{100000000000 + number}" for number in range(250)])
    ),
    "keys_100": hub(spokes=KEYS),
    "prefixes_3": hub(
        spokes=spokes(
            1, prefix="web", prefixes=["team/api", ""], log_account_ids=["222222222222", "333333333333"]
        )
    ),
}
DOES_NOT_FIT: dict[str, Scenario] = {
    "queue_250": hub(spokes=spokes(250)),
    "queue_1000": hub(spokes=spokes(1000)),
    "direct_100": hub(**DIRECT, spokes=spokes(100)),
    "long_names": hub(spokes=LONG_NAMES),
}


@dataclass
class Answer:
    """What the hub makes for a call, and its outputs."""

    resources: Resources = field(default_factory=Resources)
    outputs: dict[str, Any] = field(default_factory=dict)


Answers = Mapping[str, Answer]
Events = Callable[[Mapping[str, Scenario]], list[dict[str, Any]]]


@pytest.fixture(scope="module")
def events(
    repository: Path,
    initialize: Initialize,
    offline_environment: Mapping[str, str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Events:
    """Applies calls of the hub with a mocked AWS, and gives what Terraform tells of it."""

    def apply(calls: Mapping[str, Scenario]) -> list[dict[str, Any]]:
        folder = tmp_path_factory.mktemp("hub-spokes")
        shutil.copytree(repository / "modules", folder / "modules")
        root = folder / "root"
        root.mkdir()
        (root / "main.tf").write_text(root_configuration("../modules", calls))
        (root / "all.tftest.hcl").write_text(mocked_apply())
        return list(initialize(root, offline_environment).test_events())

    return apply


@pytest.fixture(scope="module")
def answers(events: Events) -> Answers:
    """What becomes of the calls that fit."""
    found: dict[str, Answer] = defaultdict(Answer)
    for event in events(FITS):
        assert event["type"] != "diagnostic" or event["diagnostic"]["severity"] != "error", event
        if event["type"] == "test_state":
            for name, output in event["test_state"]["outputs"].items():
                found[name].outputs = output["value"]
            for module in event["test_state"]["root_module"]["child_modules"]:
                name = module["address"].removeprefix("module.")
                for resource in module["resources"]:
                    address = resource["address"].removeprefix(f"module.{name}.")
                    found[name].resources.values[address] = resource["values"]
    return found


def read_policies(answer: Answer) -> list[str]:
    """The policies by which the role reads logs."""
    return [
        values["policy"]
        for address, values in answer.resources.values.items()
        if address.startswith("aws_iam_policy.read_logs[")
    ]


@pytest.mark.parametrize(
    ("call", "policies"),
    [
        ("queue_none", 0),
        ("queue_1", 1),
        ("queue_50", 2),
        ("queue_100", 4),
        ("direct_1", 1),
        ("direct_50", 2),
        ("organization_none", 1),
        ("organization_1", 1),
        ("organization_250", 1),
        ("organization_1000", 1),
        ("accounts_250", 10),
        ("keys_100", 4),
        ("prefixes_3", 1),
    ],
)
def test_policies_fit_into_the_limits_of_aws(call: str, policies: int, answers: Answers) -> None:
    answer = answers[call]

    assert len(read_policies(answer)) == policies <= POLICIES_LIMIT
    assert [len(policy) for policy in read_policies(answer) if len(policy) > POLICY_LIMIT] == []
    if "aws_sqs_queue_policy.ingestion[0]" in answer.resources:
        assert len(answer.resources["aws_sqs_queue_policy.ingestion[0]"]["policy"]) <= QUEUE_POLICY_LIMIT


def test_every_spoke_is_in_the_policies(answers: Answers) -> None:
    answer = answers["queue_100"]

    read = [
        resource
        for policy in read_policies(answer)
        for statement in json.loads(policy)["Statement"]
        for resource in statement["Resource"]
    ]
    sends = answer.resources.policy("aws_sqs_queue_policy.ingestion[0]")["SpokesSend"]["Condition"]

    expected = spokes(100).values()
    assert read == [
        f"arn:aws:s3:::{s['bucket_name']}/AWSLogs/{s['account_id']}/elasticloadbalancing/*" for s in expected
    ]
    assert sends == {
        "ArnEquals": {"aws:SourceArn": [f"arn:aws:s3:::{spoke['bucket_name']}" for spoke in expected]},
        "StringEquals": {"aws:SourceAccount": [spoke["account_id"] for spoke in expected]},
    }


def test_every_prefix_of_a_bucket_is_in_the_policies_for_every_account(answers: Answers) -> None:
    (policy,) = read_policies(answers["prefixes_3"])
    (read,) = json.loads(policy)["Statement"]

    assert read["Resource"] == [
        f"arn:aws:s3:::acme-prod-eu-west-1-alb-logs-0000/{prefix}AWSLogs/{account}/elasticloadbalancing/*"
        for prefix in ("web/", "team/api/", "")
        for account in ("222222222222", "333333333333")
    ]


def test_keys_are_in_the_policies_of_their_buckets(answers: Answers) -> None:
    for policy in read_policies(answers["keys_100"]):
        read, decrypt = json.loads(policy)["Statement"]
        teams = [resource.split("/")[0].rpartition("-")[2] for resource in read["Resource"]]
        assert decrypt["Resource"] == [f"{SHOP_KEY_ARN}-team-{team}" for team in teams]


@pytest.mark.parametrize("call", ["organization_none", "organization_1", "organization_250"])
def test_an_organization_s_policies_are_the_same_for_any_number_of_spokes(
    call: str, answers: Answers
) -> None:
    most = answers["organization_1000"]

    assert read_policies(answers[call]) == read_policies(most)
    of_queue = "aws_sqs_queue_policy.ingestion[0]"
    assert answers[call].resources[of_queue]["policy"] == most.resources[of_queue]["policy"]
    assert answers[call].outputs["kms_key_statements"] == most.outputs["kms_key_statements"]


def test_without_spokes_nobody_may_send(answers: Answers) -> None:
    statements = answers["queue_none"].resources.policy("aws_sqs_queue_policy.ingestion[0]")

    assert list(statements) == ["DenyPlainHttp"]


def test_what_spokes_need_is_known_and_of_one_kind(answers: Answers) -> None:
    function, role, queue = (
        "arn:aws:lambda:eu-west-1:111111111111:function:alb-loki",
        "arn:aws:iam::111111111111:role/alb-loki",
        "arn:aws:sqs:eu-west-1:111111111111:alb-loki",
    )
    for call, function_arn, queue_arn in (("queue_1", None, queue), ("direct_1", function, None)):
        outputs = answers[call].outputs
        given = {"role_arn": role, "function_arn": function_arn, "queue_arn": queue_arn}
        assert outputs["for_spokes"] == given
        assert (outputs["lambda_promtail_function_arn"], outputs["lambda_promtail_role_arn"]) == (
            function,
            role,
        )
        assert outputs.get("queue_arn") == queue_arn
        assert outputs["dead_letter_queue_arn"] == f"{queue}-dead-letter"


def test_a_key_s_policy_lets_those_use_it_who_need_it(answers: Answers) -> None:
    statements = {
        call: {s["Sid"]: s for s in json.loads(answers[call].outputs["kms_key_statements"])}
        for call in ("queue_none", "queue_1", "direct_1", "organization_1")
    }

    logs, function, spokes_send = statements["queue_1"].values()
    assert logs["Principal"] == {"Service": "logs.eu-west-1.amazonaws.com"}
    assert logs["Condition"] == {
        "ArnEquals": {
            "kms:EncryptionContext:aws:logs:arn": [
                "arn:aws:logs:eu-west-1:111111111111:log-group:/aws/lambda/alb-loki",
                "arn:aws:logs:eu-west-1:111111111111:log-group:/aws/vpc/alb-loki",
            ]
        }
    }
    assert function["Condition"] == {
        "ArnEquals": {"aws:PrincipalArn": "arn:aws:iam::111111111111:role/alb-loki"},
        "StringEquals": {"kms:ViaService": ["sqs.eu-west-1.amazonaws.com"]},
    }
    assert (spokes_send["Principal"], spokes_send["Action"]) == (
        {"Service": "s3.amazonaws.com"},
        ["kms:GenerateDataKey", "kms:Decrypt"],
    )
    assert spokes_send["Condition"] == {
        "ArnEquals": {"aws:SourceArn": ["arn:aws:s3:::acme-prod-eu-west-1-alb-logs-0000"]},
        "StringEquals": {"aws:SourceAccount": ["100000000000"]},
    }
    assert statements["organization_1"]["OrganizationSends"]["Condition"] == {
        "StringEquals": {"aws:SourceOrgID": ORGANIZATION_ID}
    }
    # Nobody sends to the queue: there are no spokes, or there is no queue.
    assert (
        list(statements["queue_none"])
        == list(statements["direct_1"])
        == ["LogsEncrypt", "FunctionUsesQueues"]
    )


def test_what_does_not_fit_is_refused_with_its_size_and_the_remedy(events: Events) -> None:
    errors = [
        event["diagnostic"]["detail"]
        for event in events(DOES_NOT_FIT)
        if event["type"] == "diagnostic" and event["diagnostic"]["severity"] == "error"
    ]

    expected = {
        "The policy of the queue takes 16471 bytes for the buckets of 250 spokes, and SQS allows 8192.",
        "The policy of the queue takes 64471 bytes for the buckets of 1000 spokes, and SQS allows 8192.",
        "of 1000 spokes, the role needs 40 policies (25 prefixes each), and IAM allows 10.",
        "The permissions of 100 spokes to invoke the function take 33353 bytes, and Lambda allows 20480 for them",
        "A policy for 25 prefixes takes 7301 characters, and IAM allows 6144",
    }
    assert {text for text in expected if not any(text in error for error in errors)} == set(), errors
    assert len(errors) == len(expected)
    assert [error for error in errors if "organization_id" not in error] == []
