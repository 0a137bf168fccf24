"""The evaluator decides as AWS does, and refuses what AWS would not take."""

from dataclasses import replace
from typing import Any

import pytest

from tests.policies.evaluator import Evaluator, UndecidedError
from tests.policies.model import Call, Policies, Reason, Result

OWNER, OTHER = "111111111111", "222222222222"
READER = f"arn:aws:iam::{OTHER}:role/reader"
READ = Call(READER, "s3:GetObject", "arn:aws:s3:::logs/a/b", OWNER)
NOTIFY = Call(
    "s3.amazonaws.com",
    "sqs:SendMessage",
    f"arn:aws:sqs:eu-west-1:{OWNER}:queue",
    OWNER,
    {"aws:SourceAccount": OTHER, "aws:SourceArn": "arn:aws:s3:::logs"},
)


def document(*statements: dict[str, Any]) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": list(statements)}


def statement(sid: str, effect: str = "Allow", **members: Any) -> dict[str, Any]:
    return {
        "Sid": sid,
        "Effect": effect,
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::logs/a/*",
        **members,
    }


IDENTITY = {"reader": document(statement("Mine"))}
BUCKET = document(statement("Yours", Principal={"AWS": READER}))
QUEUE = document(
    statement(
        "Notify",
        Principal={"Service": "s3.amazonaws.com"},
        Action="sqs:SendMessage",
        Resource=NOTIFY.resource,
        Condition={"StringEquals": {"aws:SourceAccount": OTHER}},
    )
)


def test_another_account_needs_both_sides(evaluator: Evaluator) -> None:
    both = evaluator.decide(READ, Policies(IDENTITY, BUCKET))

    assert both.result is Result.ALLOWED
    assert both.grants == (Reason("identity", "reader", "Mine"), Reason("resource", None, "Yours"))
    assert not evaluator.decide(READ, Policies(IDENTITY)).allowed
    assert not evaluator.decide(READ, Policies({}, BUCKET)).allowed


def test_the_same_account_needs_one_side(evaluator: Evaluator) -> None:
    call = replace(READ, owner=OTHER)

    assert evaluator.decide(call, Policies(IDENTITY)).allowed
    assert evaluator.decide(call, Policies({}, BUCKET)).allowed
    assert not evaluator.decide(call, Policies()).allowed


def test_an_explicit_deny_wins(evaluator: Evaluator) -> None:
    deny = document(
        *BUCKET["Statement"],
        statement(
            "Tls", "Deny", Principal="*", Action="s3:*", Condition={"Bool": {"aws:SecureTransport": "false"}}
        ),
    )
    plain = replace(READ, context={"aws:SecureTransport": "false"})

    refused = evaluator.decide(plain, Policies(IDENTITY, deny))

    assert (refused.result, refused.denials) == (
        Result.EXPLICITLY_DENIED,
        (Reason("resource", None, "Tls"),),
    )
    assert evaluator.decide(READ, Policies(IDENTITY, deny)).allowed


@pytest.mark.parametrize("changed", [{"aws:SourceAccount": OWNER}, {}], ids=["another value", "none"])
def test_a_condition_that_does_not_match_grants_nothing(
    changed: dict[str, str], evaluator: Evaluator
) -> None:
    assert evaluator.decide(NOTIFY, Policies(resource=QUEUE)).allowed
    assert not evaluator.decide(replace(NOTIFY, context=changed), Policies(resource=QUEUE)).allowed


@pytest.mark.parametrize(
    "changed",
    [
        {"principal": "sns.amazonaws.com"},
        {"principal": READER},
        {"resource": f"{NOTIFY.resource}-2"},
        {"action": "sqs:ReceiveMessage"},
    ],
    ids=["service", "role", "resource", "action"],
)
def test_another_call_is_not_granted(changed: dict[str, str], evaluator: Evaluator) -> None:
    assert not evaluator.decide(replace(NOTIFY, **changed), Policies(resource=QUEUE)).allowed  # type: ignore[arg-type]


def test_a_boundary_takes_from_what_identity_policies_give(evaluator: Evaluator) -> None:
    call = replace(READ, owner=OTHER)
    narrow = document(statement("Queues", Action="sqs:*", Resource="*"))

    assert not evaluator.decide(call, Policies(IDENTITY, boundary=narrow)).allowed
    assert evaluator.decide(call, Policies(IDENTITY, boundary=IDENTITY["reader"])).allowed


def test_an_endpoint_lets_through_what_it_names(evaluator: Evaluator) -> None:
    call = replace(READ, owner=OTHER)
    through = document(
        statement("Reader", Principal="*", Condition={"ArnEquals": {"aws:PrincipalArn": READER}})
    )

    assert evaluator.decide(call, Policies(IDENTITY, endpoint=through)).allowed
    assert not evaluator.decide(
        replace(call, principal=f"{READER}2"), Policies(IDENTITY, endpoint=through)
    ).allowed


def test_a_role_trusts_whom_it_names(evaluator: Evaluator) -> None:
    trust = document(
        {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
    )
    call = Call("lambda.amazonaws.com", "sts:AssumeRole", READER, OTHER)

    assert evaluator.decide(call, Policies(resource=trust)).allowed
    assert not evaluator.decide(
        replace(call, principal="ec2.amazonaws.com"), Policies(resource=trust)
    ).allowed


@pytest.mark.parametrize(
    ("call", "resource", "said"),
    [
        (
            NOTIFY,
            document(
                QUEUE["Statement"][0] | {"Condition": {"StringLikes": {"aws:SourceAccount": OTHER}}},
            ),
            "unknown condition operator StringLikes",
        ),
        (NOTIFY, document(QUEUE["Statement"][0] | {"Effect": "Maybe"}), "policy.errors"),
        (replace(NOTIFY, action="sqs:Send"), QUEUE, "invalid.action"),
        (replace(NOTIFY, resource="arn:aws:s3:::logs"), QUEUE, "no.resource.types"),
        (replace(NOTIFY, resource=f"{NOTIFY.resource}*"), QUEUE, "without a star"),
        (
            replace(NOTIFY, context={"s3:x-amz-acl": "private"}),
            QUEUE,
            "has no context key s3:x-amz-acl",
        ),
    ],
    ids=["operator", "policy", "action", "resource", "star", "context key"],
)
def test_what_aws_would_not_take_is_refused(
    call: Call, resource: dict[str, Any], said: str, evaluator: Evaluator
) -> None:
    with pytest.raises(UndecidedError, match=said):
        evaluator.decide(call, Policies(resource=resource))
