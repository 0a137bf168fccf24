"""What the onboarding makes of its inputs."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from onboarding.settings import Kind, OnDestroy, Settings
from onboarding.settings_reader import read_settings
from tests.modules.results import Applied, Resources, managed
from tests.modules.scenarios import SCENARIOS
from tests.modules.scenarios.onboarding import SHOP_ALB
from tests.modules.scenarios.scenario import REGION_WITHOUT_ELB_ACCOUNT

OWN = [name for name, scenario in SCENARIOS.items() if scenario.module == "alb-onboarding"]
CORE = {
    "aws_cloudwatch_log_group.this",
    "aws_iam_role.this",
    "aws_iam_role_policy.function",
    "aws_lambda_function.this",
    "aws_lambda_function_event_invoke_config.this",
    "aws_lambda_invocation.this",
    "aws_sqs_queue.dead_letter",
    "aws_sqs_queue_policy.dead_letter",
    "aws_ssm_parameter.last_failure",
}
ALARMS = {"aws_cloudwatch_metric_alarm.dead_letters[0]", "aws_cloudwatch_metric_alarm.errors[0]"}
NEW = {
    "aws_cloudwatch_event_rule.created[0]",
    "aws_cloudwatch_event_target.created[0]",
    "aws_lambda_permission.created[0]",
}
TOPIC = {"aws_sns_topic.this[0]", "aws_sns_topic_policy.this[0]"}
KEY = {"aws_kms_key.topic[0]", "aws_kms_alias.topic[0]"}
SUBSCRIPTIONS = {
    'aws_lambda_permission.subscription["listener"]',
    *(f'aws_sns_topic_subscription.this["{name}"]' for name in ("analysis", "listener", "queue")),
}


def asked(onboarding: Resources) -> dict[str, Any]:
    """What a run is asked to do."""
    request: dict[str, Any] = json.loads(onboarding["aws_lambda_invocation.this"]["input"])
    return request


def settings(applied: Applied, scenario: str) -> Settings:
    """The same as the function understands it."""
    return read_settings(asked(applied.scenarios[scenario]))


def template(onboarding: Resources) -> str:
    """What EventBridge is told to tell the function of a new load balancer."""
    (transformer,) = onboarding["aws_cloudwatch_event_target.created[0]"]["input_transformer"]
    text: str = transformer["input_template"]
    return text


@pytest.mark.parametrize(
    ("scenario", "expected"),
    [
        ("onboarding_default", CORE | ALARMS | NEW),
        ("onboarding_hub", CORE | ALARMS | NEW),
        ("onboarding_topic", CORE | ALARMS | NEW | TOPIC | KEY | SUBSCRIPTIONS),
        ("onboarding_options", CORE | NEW | TOPIC),
        ("onboarding_by_arn", CORE | ALARMS),
        ("onboarding_not_new", CORE | ALARMS),
        ("onboarding_china", CORE | ALARMS | NEW | TOPIC | KEY),
        ("onboarding_unknown_arns", CORE | ALARMS | NEW | TOPIC),
    ],
)
def test_it_consists_of(scenario: str, expected: set[str], applied: Applied) -> None:
    assert managed(applied.scenarios[scenario].values) == expected


def test_the_function_is_asked_what_the_inputs_say(applied: Applied) -> None:
    default, hub = settings(applied, "onboarding_default"), settings(applied, "onboarding_hub")
    options = settings(applied, "onboarding_options")

    assert default.selection.all
    assert (default.kinds, default.hub, default.topic_arn) == ((Kind.ACCESS,), None, "")
    assert default.bucket.name == "alb-onboarding-222222222222-eu-west-1"
    assert (default.force, default.on_destroy, default.dry_run) == (False, OnDestroy.RESTORE, False)
    assert hub.selection.arns == (SHOP_ALB,)
    assert hub.selection.name_patterns == ("shop-*",)
    assert hub.selection.tags == {"team": ("shop", "blog-<x>"), "log": ("*",)}
    assert hub.kinds == (Kind.ACCESS, Kind.CONNECTION, Kind.HEALTH_CHECK)
    assert hub.hub is not None
    assert (hub.hub.queue_arn, hub.hub.function_arn) == ("arn:aws:sqs:eu-west-1:111111111111:alb-loki", "")
    assert hub.reader_arns == ("arn:aws:iam::444444444444:root",)
    assert hub.reader_organization_id == "o-a1b2c3d4e5"
    assert (hub.force, hub.on_destroy) == (True, OnDestroy.KEEP)
    bucket = options.bucket
    assert (bucket.name, bucket.create, bucket.prefix, bucket.expiration_days) == (
        "shop-alb-logs",
        False,
        "lb",
        7,
    )
    assert options.dry_run
    assert options.topic_arn == "arn:aws:sns:eu-west-1:222222222222:platform-logs"
    assert options.elb_account_id == "156460612806"


@pytest.mark.parametrize("scenario", OWN)
def test_the_function_understands_what_it_is_asked(scenario: str, applied: Applied) -> None:
    onboarding = applied.scenarios[scenario]

    run = read_settings(asked(onboarding))

    assert onboarding["aws_lambda_invocation.this"]["lifecycle_scope"] == "CRUD"
    if "aws_cloudwatch_event_target.created[0]" in onboarding:
        event = json.loads(template(onboarding).replace("<load_balancers>", "[]").replace("<time>", '""'))
        new = read_settings(event["onboarding"])
        assert event["load_balancers"] == []
        # The function refuses what differs in more than ARNs, which are of what is there already.
        assert new == replace(run, selection=replace(run.selection, arns=()))


def test_eventbridge_finds_no_name_of_its_own_in_the_settings(applied: Applied) -> None:
    text = template(applied.scenarios["onboarding_hub"])
    assert re.findall("<[^>]*>", text) == ["<load_balancers>", "<time>"]
    assert text.count("<") == 2


def test_a_rerun_and_a_failure_change_what_is_asked(applied: Applied) -> None:
    default, hub = applied.scenarios["onboarding_default"], applied.scenarios["onboarding_hub"]

    assert asked(default)["resume"] == "none"
    assert (asked(hub)["resume"], asked(hub)["rerun"]) == ("none", "2026-11-27")
    assert (
        default["aws_ssm_parameter.last_failure"]["name"]
        == "/alb-loki/onboarding/alb-onboarding/last-failure"
    )


def test_the_topic_is_encrypted(applied: Applied) -> None:
    created, given = applied.scenarios["onboarding_topic"], applied.scenarios["onboarding_options"]

    key = created["aws_kms_key.topic[0]"]
    assert key["enable_key_rotation"]
    assert created["aws_sns_topic.this[0]"]["kms_master_key_id"] == key["arn"]
    assert given["aws_sns_topic.this[0]"]["kms_master_key_id"].startswith(
        "arn:aws:kms:eu-west-1:222222222222:"
    )
    assert (
        given["aws_sqs_queue.dead_letter"]["kms_master_key_id"]
        == given["aws_cloudwatch_log_group.this"]["kms_key_id"]
    )
    assert created["aws_sqs_queue.dead_letter"]["sqs_managed_sse_enabled"]


def test_subscriptions_are_told_with_their_status(applied: Applied) -> None:
    told = applied.scenarios["onboarding_topic"].outputs["subscriptions"]

    assert set(told) == {"analysis", "queue", "listener"}
    assert told["analysis"]["protocol"] == "https"
    assert {one["status"] for one in told.values()} <= {"confirmed", "pending"}


def test_the_hub_is_told_of_the_bucket_before_there_is_one(applied: Applied) -> None:
    told = {name: applied.scenarios[name].outputs["for_hub"] for name in OWN}

    assert told["onboarding_default"] == {
        "account_id": "222222222222",
        "bucket_name": "alb-onboarding-222222222222-eu-west-1",
        "prefix": "",
        "topic_arn": "",
    }
    assert told["onboarding_options"]["prefix"] == "lb"
    assert told["onboarding_topic"]["topic_arn"] == "arn:aws:sns:eu-west-1:222222222222:alb-onboarding"


def test_it_makes_no_bucket_that_it_must_not_make(applied: Applied) -> None:
    made, given = (
        {
            action
            for statement in applied.scenarios[name].policy("aws_iam_role_policy.function").values()
            for action in (
                [statement["Action"]] if isinstance(statement["Action"], str) else statement["Action"]
            )
        }
        for name in ("onboarding_default", "onboarding_options")
    )

    assert "s3:CreateBucket" in made
    assert {action for action in made - given if not action.startswith("s3:")} == set()
    assert not {"s3:CreateBucket", "s3:PutLifecycleConfiguration"} & given


def test_the_role_takes_what_the_account_asks_of_it(applied: Applied) -> None:
    role = applied.scenarios["onboarding_options"]["aws_iam_role.this"]

    assert role["path"] == "/platform/logs/"
    assert role["permissions_boundary"] == "arn:aws:iam::222222222222:policy/boundary"


def test_the_answer_is_told(applied: Applied) -> None:
    outputs = applied.scenarios["onboarding_default"].outputs

    assert outputs["summary"] == ["shop: changed"]
    assert outputs["failures"] == []
    assert outputs["bucket_names"] == ["shop-alb-logs"]
    assert outputs["report"]["action"] == "create"
    assert outputs["onboards_new"]
    assert not applied.scenarios["onboarding_by_arn"].outputs["onboards_new"]


def test_a_run_that_failed_fails_the_apply_with_the_list(applied: Applied) -> None:
    (message,) = applied.errors["onboarding_failures.tftest.hcl"]

    assert "- shop: it logs elsewhere. Set force.\n- blog: out of time." in message
    assert "apply again" in message


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("no_elb_account", f"the region {REGION_WITHOUT_ELB_ACCOUNT} has no Elastic Load Balancing account"),
        ("hub_elsewhere", "hub: its queue or function is in us-east-1"),
        ("foreign_function", "function:listener of another account or region"),
        ("long_selection", "and it allows 8192. Shorten selection"),
        ("long_policy", "IAM allows 10240 for them together. List patterns in iam.bucket_names"),
    ],
)
def test_what_can_not_work_is_refused_with_the_remedy(file: str, said: str, applied: Applied) -> None:
    (message,) = applied.errors[f"onboarding_{file}.tftest.hcl"]

    assert said in message
