"""What the modules' policies decide, by a real evaluator: of each statement, calls that it decides and others.

The documents are those of the scenarios, never written by hand.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

import pytest

from tests.modules.decisions import DECISIONS
from tests.modules.decisions.decided import HUB, STRANGER, Decided
from tests.modules.decisions.hub_queues import TOPIC
from tests.modules.documents import Held, Place, Side, documents, place
from tests.modules.results import Applied, as_list
from tests.modules.scenarios import SCENARIOS
from tests.policies.evaluator import Evaluator
from tests.policies.model import Call, Document, Policies, Result

EVERYTHING = {
    "Version": "2012-10-17",
    "Statement": [{"Sid": "Everything", "Effect": "Allow", "Action": "*", "Resource": "*"}],
}


def held(decided: Decided, applied: Applied) -> Held:
    """The document with the statement, in its scenario."""
    (found,) = (
        document
        for document in documents(SCENARIOS[decided.scenario].module, applied.scenarios[decided.scenario])
        if document.address == decided.address and decided.sid in document.statements
    )
    return found


def willing(call: Call) -> Document | None:
    """The policy of a resource that leaves all to the policies of the principal, as its account says; if it is one."""
    _arn, partition, _service, _region, account, *_ = call.principal.split(":")
    statement = {
        "Sid": "Willing",
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:{partition}:iam::{account}:root"},
        "Action": "*",
        "Resource": "*",
    }
    return None if call.resource == "*" else EVERYTHING | {"Statement": [statement]}


def policies(call: Call, document: Held, effect: str) -> Policies:
    """The document on its side of a call, where the other side is willing.

    In one account, one side is enough, except for keys: so a principal in the account of the resource has policies of
    its own only where that does not decide alone, at a key or at a statement that denies.
    """
    if document.side is Side.BETWEEN:
        return Policies({"all": EVERYTHING}, willing(call), endpoint=document.document)
    if document.side is Side.PRINCIPAL:
        own = {"own": document.document}
        if effect == "Deny":
            own["all"] = EVERYTHING
        return Policies(own, willing(call))
    foreign = not call.by_service and call.principal.split(":")[4] != call.owner
    has_own = foreign or effect == "Deny" or call.action.startswith("kms:")
    return Policies({"all": EVERYTHING} if has_own else {}, document.document)


def named(decided: Decided) -> str:
    return f"{decided.scenario}, {decided.address}, {decided.sid or 'trust'}"


def effect_of(decided: Decided, applied: Applied) -> str:
    effect: str = held(decided, applied).statements[decided.sid]["Effect"]
    return effect


@pytest.mark.parametrize("decided", DECISIONS, ids=named)
def test_a_statement_decides_its_calls(decided: Decided, applied: Applied, evaluator: Evaluator) -> None:
    document, effect = held(decided, applied), effect_of(decided, applied)
    expected = Result.ALLOWED if effect == "Allow" else Result.EXPLICITLY_DENIED

    for call in decided.calls:
        decision = evaluator.decide(call, policies(call, document, effect))

        assert (decision.result, call) == (expected, call)
        assert (decided.sid or None) in decision.sids


@pytest.mark.parametrize(
    ("decided", "what"),
    [(decided, what) for decided in DECISIONS for what in decided.others],
    ids=[f"{named(decided)}: {what}" for decided in DECISIONS for what in decided.others],
)
def test_it_does_not_decide_a_call_that_differs_in(
    decided: Decided, what: str, applied: Applied, evaluator: Evaluator
) -> None:
    document, effect = held(decided, applied), effect_of(decided, applied)
    call = decided.others[what]

    decision = evaluator.decide(call, policies(call, document, effect))

    assert decision.allowed is (effect == "Deny")


def statements(applied: Applied) -> dict[Place, list[dict[str, Any]]]:
    """All statements of all scenarios."""
    found: dict[Place, list[dict[str, Any]]] = {}
    for name, resources in applied.scenarios.items():
        for document in documents(SCENARIOS[name].module, resources):
            for sid, statement in document.statements.items():
                where = place(document.module, document.address, sid)
                found.setdefault(where, []).append(statement)
    return found


def decided_places() -> dict[Place, list[Decided]]:
    """The statements that have decided calls."""
    found: dict[Place, list[Decided]] = {}
    for decided in DECISIONS:
        where = place(SCENARIOS[decided.scenario].module, decided.address, decided.sid)
        found.setdefault(where, []).append(decided)
    return found


def test_every_statement_has_calls_that_it_decides_and_calls_that_it_does_not(applied: Applied) -> None:
    assert set(statements(applied)) == set(decided_places())
    assert [named(decided) for decided in DECISIONS if not (decided.calls and decided.others)] == []


def test_every_action_that_is_allowed_has_a_call(applied: Applied) -> None:
    decided = decided_places()
    actions = {
        (where, action)
        for where, found in statements(applied).items()
        for statement in found
        if statement["Effect"] == "Allow"
        for action in as_list(statement["Action"])
    }

    assert len(actions) > 30
    assert {
        (where, action)
        for where, action in actions
        if action not in {call.action for one in decided.get(where, ()) for call in one.calls}
    } == set()


# What a service may do without saying for whom, and what keeps others out there.
WITHOUT_SOURCE = {
    Place("hub", "aws_iam_role.this", ""): "Lambda takes a role of the function's own account only",
    Place(
        "hub", "output.kms_key_statements", "LogsEncrypt"
    ): "the log group stands in the encryption context",
    Place(
        "hub", "aws_sqs_queue_policy.ingestion", "TopicsSend"
    ): "the account stands in the topic's ARN, and SNS names no other",
    Place(
        "hub", "output.kms_key_statements", "TopicsSend"
    ): "the account stands in the topic's ARN, and SNS names no other",
    Place(
        "hub", "aws_lambda_permission.topic", f"AllowSNS-{hashlib.sha256(TOPIC.encode()).hexdigest()}"
    ): "the account stands in the topic's ARN, and SNS names no other",
    Place(
        "alb-onboarding", "aws_iam_role.this", ""
    ): "Lambda takes a role of the function's own account only",
    Place(
        "alb-onboarding", "output.kms_key_statements", "LogsEncrypt"
    ): "the log group stands in the encryption context",
    Place(
        "alb-onboarding", "aws_lambda_permission.created", "AllowEventBridge"
    ): "the account stands in the rule's ARN, and EventBridge names no other",
    Place(
        "alb-onboarding", "aws_lambda_permission.subscription", "AllowSNS-alb-onboarding-"
    ): "the account stands in the topic's ARN, and SNS names no other",
    Place("spoke", "aws_s3_bucket_policy.this", "DeliverLogs"): "the account stands in the object's key",
    Place(
        "spoke", "aws_s3_bucket_policy.this", "DeliverOutpostsLogs"
    ): "the account stands in the object's key",
    Place("spoke", "output.policy_statements", "DeliverLogs"): "the account stands in the object's key",
    Place(
        "spoke", "output.policy_statements", "DeliverOutpostsLogs"
    ): "the account stands in the object's key",
}
SOURCES = {"aws:sourceaccount", "aws:sourceorgid"}


def test_a_service_says_for_whom_it_acts(applied: Applied) -> None:
    without = {
        where
        for where, found in statements(applied).items()
        for statement in found
        if statement["Effect"] == "Allow" and "Service" in dict_of(statement.get("Principal"))
        if not SOURCES & {key.lower() for keys in statement.get("Condition", {}).values() for key in keys}
    }

    assert without == set(WITHOUT_SOURCE)


def dict_of(principal: Any) -> dict[str, Any]:
    return principal if isinstance(principal, dict) else {}


def test_nobody_without_a_part_in_it_is_let_in(applied: Applied, evaluator: Evaluator) -> None:
    """A role of another account that may do everything there, at every resource, as what the call says of itself."""
    strangers = (f"arn:aws:iam::{STRANGER}:role/alb-loki", "events.amazonaws.com")
    asked = 0
    for name, resources in applied.scenarios.items():
        for document in documents(SCENARIOS[name].module, resources):
            if document.side is not Side.RESOURCE:
                continue
            for statement in document.statements.values():
                for principal, call in calls_of(statement, strangers):
                    asked += 1
                    decision = evaluator.decide(
                        call, Policies({} if call.by_service else {"all": EVERYTHING}, document.document)
                    )
                    assert not decision.allowed, (document.address, principal, call)

    assert asked > 200


def calls_of(statement: dict[str, Any], principals: tuple[str, ...]) -> Iterator[tuple[str, Call]]:
    """What others may try where a statement allows something."""
    if statement["Effect"] != "Allow":
        return
    for action in as_list(statement["Action"]):
        for principal in principals:
            for resource in as_list(statement.get("Resource", f"arn:aws:iam::{HUB}:role/alb-loki")):
                if resource != "*":
                    yield principal, Call(principal, action, resource.replace("*", "x"), HUB)
