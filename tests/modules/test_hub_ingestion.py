"""How objects reach the hub's function: by the queue, or directly."""

import json
from typing import Any

import pytest

from tests.modules.results import Applied, Resources
from tests.modules.scenarios.hub_ingestion import HUB_KEY_ARN, ORGANIZATION_ID, SHOP_KEY_ARN, TOPIC_ARN
from tests.modules.scenarios.scenario import KEY_ARN

QUEUE_ARN = "arn:aws:sqs:eu-west-1:111111111111:alb-loki"
DEAD_LETTER_QUEUE_ARN = f"{QUEUE_ARN}-dead-letter"
FUNCTION_ARN = "arn:aws:lambda:eu-west-1:111111111111:function:alb-loki"
FUNCTION = "aws_iam_role_policy.function"
POLICY = "aws_sqs_queue_policy.ingestion[0]"
# What AWS would have made up.
MOCKED_QUEUE_ARN = "arn:aws:sqs:eu-west-1:111111111111:x"
SPOKES = {
    "shop": ("arn:aws:s3:::shop-alb-logs", "222222222222"),
    "bank": ("arn:aws:s3:::bank-logs", "012345678901"),
    "own": ("arn:aws:s3:::own-logs", "111111111111"),
}


def test_the_queue_waits_longer_than_the_function_and_keeps_what_is_given_up(applied: Applied) -> None:
    queue = applied.scenarios["hub_default"]["aws_sqs_queue.ingestion[0]"]
    dead_letter = applied.scenarios["hub_default"]["aws_sqs_queue.dead_letter"]

    assert (queue["name"], queue["visibility_timeout_seconds"]) == ("alb-loki", 6 * 60)
    assert queue["message_retention_seconds"] == dead_letter["message_retention_seconds"] == 14 * 86400
    assert json.loads(queue["redrive_policy"]) == {
        "deadLetterTargetArn": MOCKED_QUEUE_ARN,
        "maxReceiveCount": 10,
    }
    assert json.loads(dead_letter["redrive_allow_policy"]) == {
        "redrivePermission": "byQueue",
        "sourceQueueArns": ["arn:aws:sqs:eu-west-1:111111111111:alb-loki"],
    }


def test_messages_fail_one_by_one(applied: Applied) -> None:
    mapping = applied.scenarios["hub_default"]["aws_lambda_event_source_mapping.ingestion[0]"]

    assert mapping["function_response_types"] == ["ReportBatchItemFailures"]
    assert (mapping["batch_size"], mapping["scaling_config"]) == (10, [{"maximum_concurrency": 10}])
    assert mapping["event_source_arn"] == MOCKED_QUEUE_ARN


def test_what_is_given_for_ingestion_reaches_the_queue(applied: Applied) -> None:
    hub = applied.scenarios["hub_options"]
    queue, mapping = (
        hub["aws_sqs_queue.ingestion[0]"],
        hub["aws_lambda_event_source_mapping.ingestion[0]"],
    )

    assert (queue["visibility_timeout_seconds"], queue["message_retention_seconds"]) == (1800, 4 * 86400)
    assert json.loads(queue["redrive_policy"])["maxReceiveCount"] == 50
    assert (mapping["batch_size"], mapping["scaling_config"]) == (5, [{"maximum_concurrency": 20}])


def test_s3_may_send_for_the_spokes_buckets_only(applied: Applied) -> None:
    statements = applied.scenarios["hub_three_spokes"].policy(POLICY)

    of_logs = "arn:aws:sqs:eu-west-1:111111111111:logs"
    assert list(statements) == ["SpokesSend", "DenyPlainHttp"]
    sends = statements["SpokesSend"]
    assert (sends["Principal"], sends["Action"]) == ({"Service": "s3.amazonaws.com"}, "sqs:SendMessage")
    assert sends["Resource"] == of_logs
    assert set(sends["Condition"]) == {"ArnEquals", "StringEquals"}
    assert set(sends["Condition"]["ArnEquals"]["aws:SourceArn"]) == {arn for arn, _ in SPOKES.values()}
    assert set(sends["Condition"]["StringEquals"]["aws:SourceAccount"]) == {
        owner for _, owner in SPOKES.values()
    }


def test_s3_may_send_for_the_organization_instead(applied: Applied) -> None:
    statements = applied.scenarios["hub_organization"].policy(POLICY)

    assert list(statements) == ["OrganizationSends", "DenyPlainHttp"]
    assert statements["OrganizationSends"] == {
        "Sid": "OrganizationSends",
        "Effect": "Allow",
        "Principal": {"Service": "s3.amazonaws.com"},
        "Action": "sqs:SendMessage",
        "Resource": QUEUE_ARN,
        "Condition": {"StringEquals": {"aws:SourceOrgID": ORGANIZATION_ID}},
    }


@pytest.mark.parametrize(
    ("policy", "arn"),
    [(POLICY, QUEUE_ARN), ("aws_sqs_queue_policy.dead_letter", DEAD_LETTER_QUEUE_ARN)],
)
def test_nobody_comes_to_a_queue_by_plain_http(policy: str, arn: str, applied: Applied) -> None:
    denied = applied.scenarios["hub_default"].policy(policy)["DenyPlainHttp"]

    assert denied == {
        "Sid": "DenyPlainHttp",
        "Effect": "Deny",
        "Principal": "*",
        "Action": "sqs:*",
        "Resource": arn,
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }


def test_the_function_takes_messages_and_puts_the_rest_of_one_back(applied: Applied) -> None:
    statement = applied.scenarios["hub_default"].policy(FUNCTION)["UseQueue"]

    assert statement["Resource"] == QUEUE_ARN
    assert statement["Action"] == [
        "sqs:DeleteMessage",
        "sqs:GetQueueAttributes",
        "sqs:GetQueueUrl",
        "sqs:ReceiveMessage",
        "sqs:SendMessage",
    ]


def test_without_a_queue_lambda_gives_up_to_the_dead_letter_queue(applied: Applied) -> None:
    hub = applied.scenarios["hub_direct"]
    invoke = hub["aws_lambda_function_event_invoke_config.this[0]"]

    assert (invoke["maximum_retry_attempts"], invoke["maximum_event_age_in_seconds"]) == (1, 600)
    assert invoke["destination_config"][0]["on_failure"] == [{"destination": MOCKED_QUEUE_ARN}]
    statements = hub.policy(FUNCTION)
    assert list(statements) == ["WriteOwnLog", "GiveUp"]
    assert (statements["GiveUp"]["Action"], statements["GiveUp"]["Resource"]) == (
        "sqs:SendMessage",
        DEAD_LETTER_QUEUE_ARN,
    )


def test_without_a_queue_only_a_spoke_s_own_bucket_and_account_may_invoke(applied: Applied) -> None:
    hub = applied.scenarios["hub_direct"]

    allowed = {name: hub[f'aws_lambda_permission.spoke["{name}"]'] for name in SPOKES}

    assert {name: (p["source_arn"], p["source_account"]) for name, p in allowed.items()} == SPOKES
    assert {(p["action"], p["principal"], p["function_name"]) for p in allowed.values()} == {
        # By its ARN, so that the permissions are made again with a function that is replaced.
        ("lambda:InvokeFunction", "s3.amazonaws.com", hub["aws_lambda_function.this"]["arn"])
    }


def key_statements(hub: Resources) -> dict[str, dict[str, Any]]:
    """What the policy of the hub's key needs, by Sid."""
    return {statement["Sid"]: statement for statement in json.loads(hub.outputs["kms_key_statements"])}


@pytest.mark.parametrize(
    ("scenario", "protocol", "endpoint"),
    [("hub_topics", "sqs", QUEUE_ARN), ("hub_topics_direct", "lambda", FUNCTION_ARN)],
)
def test_two_buckets_topic_is_subscribed_once(
    scenario: str, protocol: str, endpoint: str, applied: Applied
) -> None:
    subscription = applied.scenarios[scenario][f'aws_sns_topic_subscription.topic["{TOPIC_ARN}"]']

    assert (subscription["topic_arn"], subscription["protocol"], subscription["endpoint"]) == (
        TOPIC_ARN,
        protocol,
        endpoint,
    )
    # SNS delivers to Lambda in its envelope only.
    assert subscription["raw_message_delivery"] is (protocol == "sqs")


def test_a_topic_of_another_region_is_refused(applied: Applied) -> None:
    (message,) = applied.errors["topic_elsewhere.tftest.hcl"]

    assert (
        "arn:aws:sns:us-east-1:222222222222:shop of a spoke is not in the hub's region, eu-west-1" in message
    )


def test_s3_may_not_send_for_a_bucket_whose_topic_tells_of_it(applied: Applied) -> None:
    hub = applied.scenarios["hub_topics"]

    for statements in (hub.policy(POLICY), key_statements(hub)):
        assert statements["SpokesSend"]["Condition"] == {
            "ArnEquals": {"aws:SourceArn": ["arn:aws:s3:::bank-logs"]},
            "StringEquals": {"aws:SourceAccount": ["012345678901"]},
        }
        assert statements["TopicsSend"]["Principal"] == {"Service": "sns.amazonaws.com"}
        assert statements["TopicsSend"]["Condition"] == {"ArnEquals": {"aws:SourceArn": [TOPIC_ARN]}}


def test_without_a_queue_nobody_sends_to_one_for_a_topic(applied: Applied) -> None:
    hub = applied.scenarios["hub_topics_direct"]
    permission = hub[f'aws_lambda_permission.topic["{TOPIC_ARN}"]']

    assert "TopicsSend" not in key_statements(hub)
    assert (permission["principal"], permission["source_arn"]) == ("sns.amazonaws.com", TOPIC_ARN)


def read_logs(applied: Applied, scenario: str) -> dict[str, dict[str, Any]]:
    return applied.scenarios[scenario].policy("aws_iam_policy.read_logs[0]")


def test_the_role_reads_the_spokes_log_objects_only(applied: Applied) -> None:
    statements = read_logs(applied, "hub_three_spokes")

    assert list(statements) == ["ReadLogObjects"]
    assert statements["ReadLogObjects"]["Action"] == ["s3:GetObject", "s3:GetObjectVersion"]
    assert sorted(statements["ReadLogObjects"]["Resource"]) == [
        "arn:aws:s3:::bank-logs/lb/prod/AWSLogs/012345678901/elasticloadbalancing/*",
        "arn:aws:s3:::own-logs/AWSLogs/111111111111/elasticloadbalancing/*",
        "arn:aws:s3:::shop-alb-logs/AWSLogs/222222222222/elasticloadbalancing/*",
    ]


def test_the_role_reads_the_logs_of_all_accounts_that_write_and_decrypts_by_s3_only(applied: Applied) -> None:
    statements = read_logs(applied, "hub_direct")

    assert sorted(statements["ReadLogObjects"]["Resource"])[2:] == [
        "arn:aws:s3:::shop-alb-logs/AWSLogs/222222222222/elasticloadbalancing/*",
        "arn:aws:s3:::shop-alb-logs/AWSLogs/444444444444/elasticloadbalancing/*",
    ]
    assert statements["DecryptLogObjects"] == {
        "Sid": "DecryptLogObjects",
        "Effect": "Allow",
        "Action": "kms:Decrypt",
        # Once, though two accounts write under it.
        "Resource": [SHOP_KEY_ARN],
        "Condition": {"StringEquals": {"kms:ViaService": ["s3.eu-west-1.amazonaws.com"]}},
    }


def test_the_role_reads_the_logs_of_an_organization(applied: Applied) -> None:
    assert read_logs(applied, "hub_organization") == {
        "ReadLogObjects": {
            "Sid": "ReadLogObjects",
            "Effect": "Allow",
            "Action": ["s3:GetObject", "s3:GetObjectVersion"],
            "Resource": "arn:aws:s3:::*/AWSLogs/*/elasticloadbalancing/*",
            "Condition": {"StringEquals": {"aws:ResourceOrgID": ORGANIZATION_ID}},
        },
        "DecryptLogObjects": {
            "Sid": "DecryptLogObjects",
            "Effect": "Allow",
            "Action": "kms:Decrypt",
            "Resource": "arn:aws:kms:eu-west-1:*:key/*",
            "Condition": {
                "StringEquals": {
                    "aws:ResourceOrgID": ORGANIZATION_ID,
                    "kms:ViaService": ["s3.eu-west-1.amazonaws.com"],
                }
            },
        },
    }


def test_aws_encrypts_with_keys_of_its_own_without_one(applied: Applied) -> None:
    hub = applied.scenarios["hub_default"]

    for queue in ("aws_sqs_queue.ingestion[0]", "aws_sqs_queue.dead_letter"):
        assert (hub[queue]["kms_master_key_id"], hub[queue]["sqs_managed_sse_enabled"]) == (None, True)
    assert not hub["aws_cloudwatch_log_group.this"]["kms_key_id"]
    assert not hub["aws_lambda_function.this"]["kms_key_arn"]


@pytest.mark.parametrize(("scenario", "key"), [("hub_options", HUB_KEY_ARN), ("hub_unknown_names", KEY_ARN)])
def test_one_key_encrypts_all_and_the_role_uses_it_for_queues_only(
    scenario: str, key: str, applied: Applied
) -> None:
    hub = applied.scenarios[scenario]

    assert hub["aws_sqs_queue.ingestion[0]"]["kms_master_key_id"] == key
    assert hub["aws_sqs_queue.dead_letter"]["kms_master_key_id"] == key
    assert hub["aws_cloudwatch_log_group.this"]["kms_key_id"] == key
    assert hub["aws_lambda_function.this"]["kms_key_arn"] == key
    assert hub.policy(FUNCTION)["UseQueuesKey"] == {
        "Sid": "UseQueuesKey",
        "Effect": "Allow",
        "Action": ["kms:GenerateDataKey", "kms:Decrypt"],
        "Resource": key,
        "Condition": {"StringEquals": {"kms:ViaService": ["sqs.eu-west-1.amazonaws.com"]}},
    }
