"""Whether a Deny of others stops the logs: decided as AWS decides it, and open where it cannot be known."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from onboarding.buckets.denials import Call, calls_for, check_denials
from onboarding.buckets.statements import DELIVERY_SERVICE
from onboarding.errors import RefusalError
from onboarding.settings import Hub, Place, Selection, Settings
from tests.policies import model
from tests.policies.evaluator import Evaluator

ACCOUNT = "222222222222"
ARN = "arn:aws:s3:::logs"
HUB = "arn:aws:iam::111111111111:role/hub"
READERS = "arn:aws:iam::333333333333:root"
PLACE = Place("aws", "eu-west-1", ACCOUNT)
SETTINGS = Settings(
    "alb-onboarding",
    Selection(all=True),
    reader_arns=(READERS,),
    hub=Hub(HUB, queue_arn="arn:aws:sqs:eu-west-1:111111111111:hub"),
)
DELIVERY, THE_HUB, READER = "log delivery", "the hub", f"the reader {READERS}"
EVERYBODY = [DELIVERY, THE_HUB, READER]


def deny(**members: Any) -> dict[str, Any]:
    """A Deny of everything, but for `members`, of which None leaves one out."""
    statement = {
        "Sid": "No",
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": [ARN, f"{ARN}/*"],
    } | members
    return {key: value for key, value in statement.items() if value is not None}


def when(operator: str, key: str, *values: str) -> dict[str, Any]:
    return deny(Condition={operator: {key: list(values)}})


def calls(settings: Settings = SETTINGS) -> list[Call]:
    return calls_for(settings, PLACE, "logs", {"shop"})


def verdict(statement: dict[str, Any], what: str) -> str:
    """`stops`, `may stop` or `lets through`."""
    try:
        warnings = check_denials(
            {"Statement": statement}, (), [call for call in calls() if call.what == what], "logs"
        )
    except RefusalError:
        return "stops"
    return "may stop" if warnings else "lets through"


@pytest.mark.parametrize(
    ("statement", "stopped", "perhaps"),
    [
        # Who and what.
        (deny(), EVERYBODY, []),
        (deny(Effect="Allow"), [], []),
        (deny(Principal={"AWS": "*"}), EVERYBODY, []),
        (deny(Principal={"AWS": HUB}), [THE_HUB], []),
        (deny(Principal={"AWS": "111111111111"}), [THE_HUB], []),
        (deny(Principal={"AWS": "arn:aws:iam::111111111111:role/other"}), [], []),
        (deny(Principal={"AWS": "arn:aws:sts::111111111111:assumed-role/hub/session"}), [], [THE_HUB]),
        (deny(Principal={"AWS": "arn:aws:iam::333333333333:role/one"}), [], [READER]),
        (deny(Principal={"Service": [DELIVERY_SERVICE, "x.amazonaws.com"]}), [DELIVERY], []),
        (deny(Principal={"Service": "x.amazonaws.com"}), [], []),
        (deny(Principal=None, NotPrincipal={"Service": DELIVERY_SERVICE}), [THE_HUB, READER], []),
        (deny(Principal=None, NotPrincipal={"AWS": [HUB, "111111111111"]}), [DELIVERY, READER], [THE_HUB]),
        (deny(Action="s3:Put*"), [DELIVERY], []),
        (deny(Action=["s3:getobjectversion"]), [THE_HUB], []),
        (deny(Action="s3:DeleteObject"), [], []),
        (deny(Action=None, NotAction=["s3:GetObject*", "s3:List*"]), [DELIVERY, READER], []),
        (deny(Action=None, NotAction="s3:*"), [], []),
        # On what.
        (deny(Resource=ARN), [READER], []),
        (deny(Resource=f"{ARN}/blog/*"), [], []),
        (deny(Resource=f"{ARN}/*/elasticloadbalancing/*"), EVERYBODY, []),
        (deny(Resource=f"{ARN}/shop/AWSLogs/*/elasticloadbalancing/*/app.other.*"), [], EVERYBODY),
        (deny(Resource=None, NotResource=f"{ARN}/shop/*"), [READER], []),
        (deny(Resource=None, NotResource=[ARN, f"{ARN}/shop/AWSLogs/*"]), [], []),
        (deny(Resource=f"{ARN}/${{aws:PrincipalAccount}}/*"), [], EVERYBODY),
        # The file by which it is tried whether logs can be delivered, when they are switched on.
        (deny(Resource=None, NotResource=[ARN, f"{ARN}/*/elasticloadbalancing/*"]), [DELIVERY], []),
        (deny(Resource=f"{ARN}/shop/AWSLogs/{ACCOUNT}/ELBAccessLogTestFile"), [DELIVERY], []),
        (deny(Resource=f"{ARN}/shop/AWSLogs/{ACCOUNT}/ELBConnectionLogTestFile"), [], []),
        # When.
        (when("Bool", "aws:SecureTransport", "false"), [], []),
        (when("NumericLessThan", "s3:TlsVersion", "1.2"), [], []),
        (when("NumericLessThan", "s3:TlsVersion", "1.3"), [], EVERYBODY),
        (when("StringNotEquals", "s3:x-amz-acl", "bucket-owner-full-control"), [], EVERYBODY),
        (when("StringEquals", "s3:x-amz-acl", "public-read"), [], [THE_HUB, READER]),
        (when("StringNotEquals", "aws:PrincipalOrgID", "o-1"), [DELIVERY], [THE_HUB, READER]),
        (when("StringNotEqualsIfExists", "aws:PrincipalOrgID", "o-1"), [DELIVERY], [THE_HUB, READER]),
        (when("StringEquals", "aws:PrincipalOrgID", "o-1"), [], [THE_HUB, READER]),
        (when("StringNotEquals", "aws:SourceVpce", "vpce-1"), [DELIVERY], [THE_HUB, READER]),
        (when("StringNotEquals", "aws:PrincipalAccount", ACCOUNT), EVERYBODY, []),
        (when("StringNotEquals", "aws:PrincipalAccount", "111111111111", "333333333333"), [DELIVERY], []),
        (when("Bool", "aws:PrincipalIsAWSService", "false"), [THE_HUB, READER], []),
        (when("BoolIfExists", "aws:PrincipalIsAWSService", "false"), [THE_HUB, READER], []),
        (when("StringNotEquals", "aws:PrincipalServiceName", DELIVERY_SERVICE), [THE_HUB, READER], []),
        (when("StringNotEqualsIfExists", "aws:PrincipalServiceName", "x"), EVERYBODY, []),
        (when("ArnNotLike", "aws:PrincipalArn", "arn:aws:iam::111111111111:role/h*"), [], [DELIVERY, READER]),
        (when("Null", "aws:PrincipalOrgID", "true"), [DELIVERY], [THE_HUB, READER]),
        (when("Null", "aws:PrincipalOrgID", "false"), [], [THE_HUB, READER]),
        (
            when("StringNotEquals", "s3:x-amz-server-side-encryption", "aws:kms"),
            [DELIVERY],
            [THE_HUB, READER],
        ),
        (when("StringNotEquals", "s3:x-amz-server-side-encryption", "AES256"), [], EVERYBODY),
        (when("NotIpAddress", "aws:SourceIp", "192.0.2.0/24"), [], EVERYBODY),
        (when("StringEquals", "aws:ResourceAccount", ACCOUNT), EVERYBODY, []),
        (when("StringNotLike", "aws:RequestedRegion", "eu-*"), [], []),
        (when("StringNotEquals", "aws:ResourceAccount", "${aws:PrincipalAccount}"), [], EVERYBODY),
        (when("ForAllValues:StringEquals", "aws:PrincipalOrgID", "o-1"), [DELIVERY], [THE_HUB, READER]),
        (when("ForAnyValue:StringNotEquals", "aws:PrincipalOrgID", "o-1"), [], [THE_HUB, READER]),
        (when("DateGreaterThan", "aws:CurrentTime", "2020-01-01T00:00:00Z"), [], EVERYBODY),
        (
            deny(
                Condition={
                    "StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-1"},
                    "BoolIfExists": {"aws:PrincipalIsAWSService": "false"},
                }
            ),
            [],
            [THE_HUB, READER],
        ),
    ],
)
def test_statements_as_people_write_them(
    statement: dict[str, Any], stopped: list[str], perhaps: list[str]
) -> None:
    assert [what for what in EVERYBODY if verdict(statement, what) == "stops"] == stopped
    assert [what for what in EVERYBODY if verdict(statement, what) == "may stop"] == perhaps


STATEMENTS = [
    deny(**members, Condition=condition)
    for members in (
        {},
        {"Action": None, "NotAction": "s3:Put*"},
        {"Resource": f"{ARN}/*"},
        {"Resource": None, "NotResource": f"{ARN}/shop/*"},
        {"Principal": {"AWS": [HUB]}},
        {"Principal": {"Service": DELIVERY_SERVICE}},
    )
    for condition in (
        None,
        *(
            {operator: {key: value}}
            for key, value in (
                ("aws:PrincipalServiceName", DELIVERY_SERVICE),
                ("aws:PrincipalAccount", "111111111111"),
                ("aws:PrincipalOrgID", "o-1"),
            )
            for operator in (
                "StringEquals",
                "StringNotEquals",
                "StringEqualsIfExists",
                "StringNotEqualsIfExists",
                "StringLike",
                "StringNotLike",
            )
        ),
        {"Null": {"aws:PrincipalServiceName": "true"}},
        {"Null": {"aws:PrincipalServiceName": "false"}},
        {"Bool": {"aws:PrincipalIsAWSService": "true"}},
        {"BoolIfExists": {"aws:PrincipalIsAWSService": "false"}},
        {"Bool": {"aws:SecureTransport": "false"}},
        {"NumericLessThan": {"s3:TlsVersion": "1.2"}},
        {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::111111111111:role/*"}},
        {"ArnNotEquals": {"aws:PrincipalArn": HUB}},
    )
]


def test_what_is_decided_is_what_aws_decides(evaluator: Evaluator) -> None:
    """Of each call, with each value that is possible: where all are denied, it says so, and where none is."""
    decided = 0
    for statement, call in itertools.product(STATEMENTS, [call for call in calls() if call.what != READER]):
        verdict_ = verdict(statement, call.what)
        document = {"Version": "2012-10-17", "Statement": [statement, _allow(call)]}
        denied = {
            not evaluator.decide(one, model.Policies(identity=ANYTHING, resource=document)).allowed
            for one in _possible(call)
        }
        if verdict_ == "may stop":
            continue
        decided += 1
        assert (True in denied) == (verdict_ == "stops"), (statement, call.what)
    assert decided > len(STATEMENTS)


ANYTHING = {
    "all": {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}
}


def _possible(call: Call) -> Iterator[model.Call]:
    known = {
        key: values
        for key, values in call.known.items()
        if key in ("aws:principalorgid", "s3:tlsversion") and values
    }
    for action, resource in itertools.product(call.actions, call.resources):
        for values in itertools.product(*known.values()):
            context = {key: value for key, value in zip(known, values, strict=True) if value is not None}
            yield model.Call(call.service or call.arn, action, resource.example, ACCOUNT, context)


def _allow(call: Call) -> dict[str, Any]:
    principal = {"Service": call.service} if call.service else {"AWS": call.arn}
    return {"Effect": "Allow", "Principal": principal, "Action": "s3:*", "Resource": [ARN, f"{ARN}/*"]}


def test_messages_name_the_statement_by_its_number_if_it_has_no_sid() -> None:
    statements = [deny(Effect="Allow"), deny(Sid=None)]

    with pytest.raises(RefusalError) as refusal:
        check_denials({"Statement": statements}, (), calls(), "logs")

    assert refusal.value.found == (
        f"The policy of bucket logs denies log delivery and the hub and the reader {READERS}, "
        "by its statement number 2."
    )


def test_what_cannot_be_decided_is_said() -> None:
    statement = when("NotIpAddress", "aws:SourceIp", "192.0.2.0/24")

    assert check_denials({"Statement": [statement]}, (), calls()[:1], "logs") == [
        "its policy's statement 'No' may deny log delivery, which cannot be decided from here"
    ]


def test_our_own_denials_do_not_count() -> None:
    assert check_denials({"Statement": [deny()]}, ("No",), calls(), "logs") == []


def test_a_known_organization_of_the_readers_counts() -> None:
    settings = replace(SETTINGS, reader_organization_id="o-1", hub=None)
    statement = deny(
        Action=["s3:Get*", "s3:List*"], Condition={"StringNotEquals": {"aws:PrincipalOrgID": "o-1"}}
    )

    assert check_denials({"Statement": [statement]}, (), calls(settings), "logs") == []


def test_the_account_that_delivers_has_to_get_through_too() -> None:
    settings = replace(SETTINGS, elb_account_id="156460612806")
    for resource in (f"{ARN}/*", f"{ARN}/shop/AWSLogs/{ACCOUNT}/ELBAccessLogTestFile"):
        statement = deny(Principal={"AWS": "156460612806"}, Resource=resource)

        with pytest.raises(RefusalError, match="denies log delivery by its account"):
            check_denials({"Statement": [statement]}, (), calls(settings), "logs")
