"""Who can do what by the statements of ours: decided as AWS decides it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onboarding.buckets.statements import (
    DELIVERY_SERVICE,
    delivered_prefixes,
    deny_plain_http,
    log_statements,
    other_hub_reader,
    own_sids,
)
from onboarding.settings import Hub, Place, Selection, Settings
from tests.policies.evaluator import Evaluator
from tests.policies.model import Call, Document, Policies

ACCOUNT = "222222222222"
BUCKET = "logs"
ARN = f"arn:aws:s3:::{BUCKET}"
LOG = f"{ARN}/shop/AWSLogs/{ACCOUNT}/elasticloadbalancing/eu-west-1/2026/01/01/x.log.gz"
HUB = "arn:aws:iam::111111111111:role/hub"
READER = "arn:aws:iam::333333333333:role/analysis"
ELB = "arn:aws:iam::156460612806:root"
PLACE = Place("aws", "eu-west-1", ACCOUNT)
SETTINGS = Settings(
    "alb-onboarding",
    Selection(all=True),
    reader_arns=(READER,),
    reader_organization_id="o-1234567890",
    hub=Hub(HUB, queue_arn="arn:aws:sqs:eu-west-1:111111111111:hub"),
    elb_account_id="156460612806",
)
MEMBER = {"aws:PrincipalOrgID": "o-1234567890"}
# What a role's own policy lets it do does not matter here: all.
ANYTHING = {
    "all": {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}
}


def document(settings: Settings = SETTINGS) -> Document:
    statements = log_statements(settings, PLACE, BUCKET, {"shop"})
    return {
        "Version": "2012-10-17",
        "Statement": [*statements, deny_plain_http(settings, PLACE, BUCKET)],
    }


def allowed(evaluator: Evaluator, call: Call) -> bool:
    by_role = not call.by_service
    return evaluator.decide(call, Policies(identity=ANYTHING if by_role else {}, resource=document())).allowed


@pytest.mark.parametrize(
    ("principal", "action", "resource", "context"),
    [
        (DELIVERY_SERVICE, "s3:PutObject", LOG, {}),
        (DELIVERY_SERVICE, "s3:PutObject", f"{ARN}/shop/AWSLogs/{ACCOUNT}/ELBAccessLogTestFile", {}),
        ("arn:aws:iam::156460612806:role/elb", "s3:PutObject", LOG, {}),
        (HUB, "s3:GetObject", LOG, {}),
        (HUB, "s3:GetObjectVersion", LOG, {}),
        (READER, "s3:GetObject", LOG, MEMBER),
        (READER, "s3:ListBucket", ARN, MEMBER),
        (READER, "s3:GetBucketLocation", ARN, MEMBER),
    ],
)
def test_can(
    evaluator: Evaluator, principal: str, action: str, resource: str, context: dict[str, str]
) -> None:
    assert allowed(evaluator, Call(principal, action, resource, ACCOUNT, context))
    plain = context | {"aws:SecureTransport": "false"}
    assert not allowed(evaluator, Call(principal, action, resource, ACCOUNT, plain))


@pytest.mark.parametrize(
    ("principal", "action", "resource", "context"),
    [
        (DELIVERY_SERVICE, "s3:PutObject", f"{ARN}/AWSLogs/{ACCOUNT}/x", {}),
        (DELIVERY_SERVICE, "s3:PutObject", f"{ARN}/shop/AWSLogs/999999999999/x", {}),
        (DELIVERY_SERVICE, "s3:GetObject", LOG, {}),
        (DELIVERY_SERVICE, "s3:DeleteObject", LOG, {}),
        ("cloudtrail.amazonaws.com", "s3:PutObject", LOG, {}),
        (HUB, "s3:GetObject", f"{ARN}/shop/AWSLogs/{ACCOUNT}/CloudTrail/x", {}),
        (HUB, "s3:PutObject", LOG, {}),
        (HUB, "s3:ListBucket", ARN, {}),
        ("arn:aws:iam::111111111111:role/other", "s3:GetObject", LOG, {}),
        (READER, "s3:GetObject", LOG, {"aws:PrincipalOrgID": "o-other"}),
        (READER, "s3:GetObject", LOG, {}),
        (READER, "s3:ListBucket", ARN, {}),
        (READER, "s3:GetObjectVersion", LOG, MEMBER),
        (READER, "s3:DeleteObject", LOG, MEMBER),
        (READER, "s3:PutObject", LOG, MEMBER),
        (READER, "s3:GetBucketPolicy", ARN, MEMBER),
        ("arn:aws:iam::333333333333:role/other", "s3:GetObject", LOG, MEMBER),
        ("arn:aws:iam::444444444444:role/stranger", "s3:GetObject", LOG, MEMBER),
        ("arn:aws:iam::444444444444:role/stranger", "s3:ListBucket", ARN, MEMBER),
    ],
)
def test_cannot(
    evaluator: Evaluator, principal: str, action: str, resource: str, context: dict[str, str]
) -> None:
    assert not allowed(evaluator, Call(principal, action, resource, ACCOUNT, context))


def test_no_two_names_have_a_sid_in_common() -> None:
    names = ["a-b", "ab", "a-b-c", "ab-c", "a-bc", "alb-onboarding", "albonboarding", "a1-b", "a1b"]

    sids = [sid for name in names for sid in own_sids(name)]

    assert len(sids) == len(set(sids))


@given(st.from_regex(r"[a-z][a-z0-9]*(-[a-z][a-z0-9]*)*", fullmatch=True), st.booleans())
def test_the_name_of_another_onboarding_is_in_its_statement(name: str, alone: bool) -> None:
    resource = f"{ARN}/shop/AWSLogs/{ACCOUNT}/elasticloadbalancing/*"
    statements = log_statements(
        replace(SETTINGS, name=name), PLACE, BUCKET, {"shop"} if alone else {"shop", ""}
    )
    others = {"Statement": statements}

    assert other_hub_reader(others, "this-one", resource) == (name if name != "this-one" else "")
    assert other_hub_reader(others, name, resource) == ""
    assert other_hub_reader(others, "this-one", f"{ARN}/blog/*") == ""
    assert other_hub_reader(None, name, resource) == ""


def test_nothing_is_wanted_without_load_balancers() -> None:
    assert log_statements(SETTINGS, PLACE, BUCKET, set()) == []


@pytest.mark.parametrize("prefixes", [{""}, {"shop"}, {"", "shop", "a/b"}])
def test_a_policy_tells_which_prefixes_are_delivered_to(prefixes: set[str]) -> None:
    statements = log_statements(SETTINGS, PLACE, BUCKET, prefixes)
    others = [
        f"{ARN}/x/AWSLogs/333333333333/*",
        f"{ARN}/xAWSLogs/{ACCOUNT}/*",
        f"{ARN}-2/AWSLogs/{ACCOUNT}/*",
    ]
    statements[0]["Resource"] += others

    assert delivered_prefixes("alb-onboarding", PLACE, BUCKET, {"Statement": statements}) == prefixes
    assert delivered_prefixes("alb", PLACE, BUCKET, {"Statement": statements}) == set()
    assert delivered_prefixes("alb-onboarding", PLACE, BUCKET, None) == set()
