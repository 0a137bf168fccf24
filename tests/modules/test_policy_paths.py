"""The whole way of a log object by policies: what hub and spoke give each other, and that nothing else has it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from tests.modules.decisions.decided import HUB, S3, SPOKE, STRANGER
from tests.modules.decisions.hub_access import OBJECT, ROLE, SHOP
from tests.modules.decisions.hub_queues import FROM_SHOP, QUEUE
from tests.modules.documents import Side, documents
from tests.modules.results import Applied
from tests.policies.evaluator import Evaluator
from tests.policies.model import Call, Document, Policies

BUCKET = "aws_s3_bucket_policy.this[0]"


def of_role(applied: Applied, scenario: str) -> dict[str, Document]:
    """The policies of the function's role."""
    return {
        held.address: held.document
        for held in documents(applied.scenarios[scenario])
        if held.side is Side.PRINCIPAL and "flow_logs" not in held.address
    }


def of(applied: Applied, scenario: str, address: str) -> dict[str, Any]:
    """The policy at an address."""
    (found,) = (held.document for held in documents(applied.scenarios[scenario]) if held.address == address)
    return found


def test_the_hub_s_role_reads_the_spoke_s_objects(applied: Applied, evaluator: Evaluator) -> None:
    read = Call(ROLE, "s3:GetObject", OBJECT, SPOKE)
    both = Policies(of_role(applied, "hub_one_spoke"), of(applied, "spoke_queue", BUCKET))

    assert evaluator.decide(read, both).allowed
    assert not evaluator.decide(read, replace(both, identity={})).allowed
    assert not evaluator.decide(read, replace(both, resource=None)).allowed
    # A hub that does not list the spoke.
    assert not evaluator.decide(read, replace(both, identity=of_role(applied, "hub_default"))).allowed


@pytest.mark.parametrize(
    "principal",
    [
        f"arn:aws:iam::{HUB}:role/other",
        f"arn:aws:iam::{SPOKE}:role/alb-loki",
        f"arn:aws:iam::{STRANGER}:role/alb-loki",
    ],
    ids=["of the hub's account", "of the spoke's account", "of another account"],
)
def test_no_other_role_reads_them_by_what_the_modules_give(
    principal: str, applied: Applied, evaluator: Evaluator
) -> None:
    read = Call(principal, "s3:GetObject", OBJECT, SPOKE)
    policies = Policies({}, of(applied, "spoke_queue", BUCKET))
    as_the_hub_s = Policies(of_role(applied, "hub_one_spoke"), of(applied, "spoke_queue", BUCKET))

    assert not evaluator.decide(read, policies).allowed
    # In the spoke's own account a role's policies do alone, as everywhere in AWS.
    assert evaluator.decide(read, as_the_hub_s).allowed is (principal.split(":")[4] == SPOKE)


def test_the_permissions_boundary_holds(applied: Applied, evaluator: Evaluator) -> None:
    read = Call(ROLE, "s3:GetObject", OBJECT, SPOKE)
    narrow = {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Action": "sqs:*", "Resource": "*"}],
    }
    both = Policies(of_role(applied, "hub_one_spoke"), of(applied, "spoke_queue", BUCKET), narrow)

    assert not evaluator.decide(read, both).allowed
    receive = Call(ROLE, "sqs:ReceiveMessage", QUEUE, HUB)
    assert evaluator.decide(receive, replace(both, resource=None)).allowed


@pytest.mark.parametrize("scenario", ["hub_network", "hub_network_interface"])
def test_the_endpoint_lets_the_function_read(scenario: str, applied: Applied, evaluator: Evaluator) -> None:
    (endpoint,) = (h.document for h in documents(applied.scenarios[scenario]) if h.side is Side.BETWEEN)
    read = Call(ROLE, "s3:GetObject", OBJECT, SPOKE)
    both = Policies(of_role(applied, "hub_one_spoke"), of(applied, "spoke_queue", BUCKET), endpoint=endpoint)

    assert evaluator.decide(read, both).allowed


def test_s3_announces_an_object_of_the_spoke_only(applied: Applied, evaluator: Evaluator) -> None:
    queue = of(applied, "hub_three_spokes", "aws_sqs_queue_policy.ingestion[0]")
    (at,) = {
        resource
        for statement in queue["Statement"]
        for resource in [statement["Resource"]]
        if isinstance(resource, str)
    }
    send = Call(S3, "sqs:SendMessage", at, HUB, FROM_SHOP)

    assert evaluator.decide(send, Policies(resource=queue)).allowed
    # One spoke's account with another spoke's bucket passes, since a bucket has one owner: see the next one.
    taken_over = replace(send, context={"aws:SourceAccount": STRANGER, "aws:SourceArn": SHOP})
    assert not evaluator.decide(taken_over, Policies(resource=queue)).allowed


def test_what_a_bucket_of_others_needs_is_in_the_policy_of_ours(applied: Applied) -> None:
    for scenario in ("spoke_queue", "spoke_team"):
        told = json.loads(applied.scenarios[scenario].outputs["policy_statements"])

        assert told
        assert [
            statement for statement in told if statement not in of(applied, scenario, BUCKET)["Statement"]
        ] == []
