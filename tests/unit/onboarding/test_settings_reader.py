"""What the settings may say, and what is said about the others."""

from __future__ import annotations

from typing import Any

import pytest

from onboarding.errors import SettingsError
from onboarding.settings import Bucket, Hub, Kind, OnDestroy, Place, Selection, Settings
from onboarding.settings_reader import read_settings

ARN = "arn:aws:elasticloadbalancing:eu-west-1:111111111111:loadbalancer/app/shop/0123456789abcdef"
ROLE = "arn:aws:iam::222222222222:role/hub"
QUEUE = "arn:aws:sqs:eu-west-1:222222222222:hub"
FUNCTION = "arn:aws:lambda:eu-west-1:222222222222:function:hub"
TOPIC = "arn:aws:sns:eu-west-1:111111111111:logs"


def given(**members: Any) -> dict[str, Any]:
    return {"name": "alb-onboarding", "selection": {"all": True}, **members}


def test_little_has_to_be_said() -> None:
    assert read_settings(given()) == Settings("alb-onboarding", Selection(all=True))


def test_all_can_be_said() -> None:
    settings = read_settings(
        {
            "name": "shop2-logs",
            "selection": {
                "arns": [ARN],
                "names": ["shop"],
                "name_patterns": ["blog-*", "?og"],
                "tags": {"team": ["shop", "blog-*"]},
                "all": False,
            },
            "logs": {"access": True, "connection": True, "health_check": True},
            "bucket": {"name": "logs.example", "create": False, "prefix": "a/b", "expiration_days": 7},
            "readers": {"arns": ["arn:aws:iam::333333333333:root"], "organization_id": "o-0123456789"},
            "topic_arn": TOPIC,
            "hub": {"role_arn": ROLE, "queue_arn": QUEUE},
            "elb_account_id": "156460612806",
            "force": True,
            "on_destroy": "keep",
            "dry_run": True,
            "resume": "an earlier run",
            "tf": {"action": "update", "prev_input": {}},
        }
    )

    assert settings == Settings(
        name="shop2-logs",
        selection=Selection((ARN,), ("shop",), ("blog-*", "?og"), {"team": ("shop", "blog-*")}),
        kinds=(Kind.ACCESS, Kind.CONNECTION, Kind.HEALTH_CHECK),
        bucket=Bucket("logs.example", create=False, prefix="a/b", expiration_days=7),
        reader_arns=("arn:aws:iam::333333333333:root",),
        reader_organization_id="o-0123456789",
        topic_arn=TOPIC,
        hub=Hub(ROLE, queue_arn=QUEUE),
        elb_account_id="156460612806",
        force=True,
        on_destroy=OnDestroy.KEEP,
        dry_run=True,
    )


def test_null_and_empty_are_as_if_nothing_was_said() -> None:
    """Terraform and CloudFormation have no way to leave a member out."""
    settings = read_settings(
        given(
            logs=None,
            bucket={"name": "", "prefix": None},
            topic_arn="",
            hub={"role_arn": ROLE, "function_arn": FUNCTION, "queue_arn": None},
            elb_account_id="",
            on_destroy="",
        )
    )

    assert settings == Settings("alb-onboarding", Selection(all=True), hub=Hub(ROLE, function_arn=FUNCTION))


@pytest.mark.parametrize(
    ("members", "said"),
    [
        ({"name": None}, "name: words of small letters"),
        ({"name": "a--b"}, "name: words"),
        ({"name": "Shop"}, "name: words"),
        ({"name": "shop\n"}, "name: words"),
        ({"name": "a" * 33}, "name: words"),
        ({"selection": {}}, "selection: it selects nothing"),
        ({"selection": None}, "selection: it selects nothing"),
        ({"selection": ["shop"]}, "selection: an object is needed"),
        ({"selection": {"names": "shop"}}, "selection.names: a list is needed"),
        ({"selection": {"names": ["shop", "a/b"]}}, r"selection.names\[1\]: names of load balancers"),
        ({"selection": {"arns": ["shop"]}}, r"selection.arns\[0\]: ARNs of load balancers"),
        ({"selection": {"arns": [ARN.replace("/app/shop", "")]}}, r"selection.arns\[0\]"),
        ({"selection": {"name_patterns": ["shop[0-9]"]}}, r"selection.name_patterns\[0\]: patterns"),
        ({"selection": {"tags": {"team": []}}}, "selection.tags.team: it has no values"),
        ({"selection": {"tags": {"team": "shop"}}}, "selection.tags.team: a list is needed"),
        ({"selection": {"all": "true"}}, "selection.all: true or false is needed, not 'true'"),
        ({"selection": {"al": True}}, "selection.al: there is no such setting"),
        ({"logs": {"access": False}}, "logs: no kind of log is switched on"),
        ({"bucket": {"name": "A"}}, "bucket.name: the name of a bucket"),
        ({"bucket": {"create": False}}, "bucket.name: it is empty, and create is false"),
        ({"bucket": {"prefix": "/a"}}, "bucket.prefix: words joined by slashes"),
        ({"bucket": {"prefix": "a/"}}, "bucket.prefix: words"),
        ({"bucket": {"prefix": "a*"}}, "bucket.prefix: words"),
        ({"bucket": {"prefix": "a/AWSLogs"}}, "bucket.prefix: 'a/AWSLogs' contains AWSLogs"),
        ({"bucket": {"expiration_days": 0}}, "bucket.expiration_days: a whole number from 1"),
        ({"bucket": {"expiration_days": True}}, "bucket.expiration_days: a whole number"),
        ({"bucket": {"expiration_days": "30"}}, "bucket.expiration_days: a whole number"),
        ({"readers": {"arns": ["*"]}}, r"readers.arns\[0\]: ARNs of accounts"),
        ({"readers": {"organization_id": "o-a1b2c3d4e5"}}, "readers.organization_id: it is a condition"),
        ({"readers": {"organization_id": "x"}}, "readers.organization_id: an organization's id"),
        ({"topic_arn": QUEUE}, "topic_arn: the ARN of an SNS topic"),
        ({"hub": {"queue_arn": QUEUE}}, "hub.role_arn: the ARN of the hub's role"),
        ({"hub": {"role_arn": ROLE}}, "hub: give one of queue_arn and function_arn"),
        (
            {"hub": {"role_arn": ROLE, "queue_arn": QUEUE, "function_arn": FUNCTION}},
            "hub: give one of queue_arn and function_arn",
        ),
        ({"elb_account_id": 156460612806}, "elb_account_id: an account id of 12 digits, as a string"),
        ({"force": 1}, "force: true or false"),
        ({"on_destroy": "delete"}, "on_destroy: restore or keep is needed, not 'delete'"),
        ({"forse": True}, "forse: there is no such setting"),
    ],
)
def test_what_is_wrong_is_named(members: dict[str, Any], said: str) -> None:
    with pytest.raises(SettingsError, match=f"^{said}"):
        read_settings({**given(), **members})


def test_a_bucket_without_a_name_is_called_by_onboarding_account_and_region() -> None:
    place = Place("aws", "eu-west-1", "111111111111")

    assert read_settings(given()).bucket_name(place) == "alb-onboarding-111111111111-eu-west-1"
    assert read_settings(given(bucket={"name": "logs"})).bucket_name(place) == "logs"
