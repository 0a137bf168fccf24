"""What the hub makes of its inputs."""

import base64
import hashlib
import json
from pathlib import Path

import pytest

from promtail.settings import Settings, read_settings
from promtail.settings.variables import VARIABLES
from tests.modules.results import Applied, Resources, as_list, managed
from tests.modules.scenarios import SCENARIOS
from tests.modules.scenarios.hub_ingestion import TOPIC_ARN
from tests.modules.scenarios.scenario import CA_ARN, KEY_ARN, PARAMETER_ARN, QUEUE_ARN, SECRET_ARN

CORE = {
    "aws_cloudwatch_log_group.this",
    "aws_iam_role.this",
    "aws_iam_role_policy.function",
    "aws_lambda_function.this",
    "aws_sqs_queue.dead_letter",
    "aws_sqs_queue_policy.dead_letter",
}
QUEUE = {
    "aws_lambda_event_source_mapping.ingestion[0]",
    "aws_sqs_queue.ingestion[0]",
    "aws_sqs_queue_policy.ingestion[0]",
}
CORE_AND_QUEUE = CORE | QUEUE
WATCHING = ("aws_cloudwatch_metric_alarm.", "aws_cloudwatch_dashboard.")
READ_LOGS = {"aws_iam_policy.read_logs[0]", "aws_iam_role_policy_attachment.read_logs[0]"}
DIRECT = {
    "aws_lambda_function_event_invoke_config.this[0]",
    *(f'aws_lambda_permission.spoke["{name}"]' for name in ("shop", "bank", "own")),
}
DIRECT_TOPICS = {
    "aws_lambda_function_event_invoke_config.this[0]",
    'aws_lambda_permission.spoke["bank"]',
    f'aws_lambda_permission.topic["{TOPIC_ARN}"]',
    f'aws_sns_topic_subscription.topic["{TOPIC_ARN}"]',
}


def environment(hub: Resources) -> dict[str, str]:
    """The function's environment variables."""
    variables: dict[str, str] = hub["aws_lambda_function.this"]["environment"][0]["variables"]
    return variables


@pytest.mark.parametrize(
    ("scenario", "expected"),
    [
        ("hub_default", CORE_AND_QUEUE),
        ("hub_one_spoke", CORE_AND_QUEUE | READ_LOGS),
        ("hub_three_spokes", CORE_AND_QUEUE | READ_LOGS),
        ("hub_image", CORE_AND_QUEUE),
        ("hub_own_zip", CORE_AND_QUEUE),
        ("hub_unknown_loki", CORE_AND_QUEUE | READ_LOGS),
        ("hub_unknown_secrets", CORE_AND_QUEUE),
        ("hub_pipeline", CORE_AND_QUEUE),
        ("hub_secrets", CORE_AND_QUEUE),
        ("hub_direct", CORE | READ_LOGS | DIRECT),
        ("hub_topics", CORE_AND_QUEUE | READ_LOGS | {f'aws_sns_topic_subscription.topic["{TOPIC_ARN}"]'}),
        ("hub_topics_direct", CORE | READ_LOGS | DIRECT_TOPICS),
        ("hub_organization", CORE_AND_QUEUE | READ_LOGS),
        ("hub_options", CORE_AND_QUEUE | READ_LOGS),
    ],
)
def test_it_consists_of(scenario: str, expected: set[str], applied: Applied) -> None:
    found = managed(applied.scenarios[scenario].values)

    # What watches the hub is looked at in test_hub_monitoring.py.
    assert {address for address in found if not address.startswith(WATCHING)} == expected


def test_the_function_s_own_defaults_rule_where_none_is_documented(applied: Applied) -> None:
    hub = applied.scenarios["hub_default"]
    function = hub["aws_lambda_function.this"]

    assert environment(hub) == {
        "WRITE_ADDRESS": "https://loki.example.com/loki/api/v1/push",
        "USERNAME": "",
        "PASSWORD": "",
        "BEARER_TOKEN": "",
        "TENANT_ID": "",
        "TENANT_RULES": "",
        "BATCH_SIZE": "",
        "PUSH_CONCURRENCY": "4",
        "MAX_LINE_SIZE": "262144",
        "LONG_LINES": "cut",
        "KEEP_STREAM": "false",
        "EXTRA_LABELS": "",
        "OMIT_EXTRA_LABELS_PREFIX": "false",
        "DROP_LABELS": "",
        "RELABEL_CONFIGS": "",
        "LOKI_STAGE_CONFIGS": "",
        "SPOKES": "",
        "STRUCTURED_METADATA": "",
        "LOAD_BALANCER_LABELS": "",
        "OUTPUT_FORMAT": "",
        "FILTER_RULES": "",
        "REDACT": "",
        "PRINT_LOG_LINE": "false",
        "SKIP_TLS_VERIFY": "false",
        "CA_BUNDLE": "",
        "SECRET_LIFETIME": "300",
        "REFUSED_DESTINATION": "",
        "LOG_LEVEL": "info",
        "METRICS_NAMESPACE": "AlbLoki",
    }
    assert (function["architectures"], function["memory_size"], function["timeout"]) == (["arm64"], 256, 60)
    assert (function["package_type"], function["runtime"]) == ("Zip", "python3.13")
    assert hub["aws_cloudwatch_log_group.this"]["name"] == "/aws/lambda/alb-loki"
    assert hub["aws_cloudwatch_log_group.this"]["retention_in_days"] == 14
    assert function["logging_config"][0]["log_group"] == "/aws/lambda/alb-loki"


def test_settings_and_credentials_reach_the_function(applied: Applied) -> None:
    basic = environment(applied.scenarios["hub_one_spoke"])
    bearer = environment(applied.scenarios["hub_three_spokes"])

    assert (basic["USERNAME"], basic["PASSWORD"], basic["BEARER_TOKEN"]) == ("reader", "s3cret-password", "")
    assert (bearer["USERNAME"], bearer["PASSWORD"], bearer["BEARER_TOKEN"]) == ("", "", "s3cret-token")
    assert basic["TENANT_ID"] == "platform"
    assert basic["BATCH_SIZE"] == "65536"
    assert basic["KEEP_STREAM"] == "true"
    assert basic["EXTRA_LABELS"] == "env,prod,team,a b"


def test_settings_of_the_pipeline_reach_the_function(applied: Applied) -> None:
    variables = environment(applied.scenarios["hub_pipeline"])

    assert {name: variables[name] for name in ("PUSH_CONCURRENCY", "MAX_LINE_SIZE", "LONG_LINES")} == {
        "PUSH_CONCURRENCY": "8",
        "MAX_LINE_SIZE": "65536",
        "LONG_LINES": "drop",
    }
    assert (variables["SKIP_TLS_VERIFY"], variables["CA_BUNDLE"]) == ("true", "certificates/ca.pem")
    assert (variables["EXTRA_LABELS"], variables["OMIT_EXTRA_LABELS_PREFIX"]) == ("env,prod", "true")
    assert variables["DROP_LABELS"] == "__aws_log_type,env"
    assert json.loads(variables["LOKI_STAGE_CONFIGS"]) == [
        {"regex": {"expression": "(?P<status>[0-9]+)$"}},
        {"labels": {"status": None}},
        {"match": {"selector": '{status="404"}', "stages": [{"sampling": {"rate": 0.25}}]}},
    ]
    assert (variables["LOG_LEVEL"], variables["METRICS_NAMESPACE"]) == ("debug", "none")


def test_relabel_rules_say_an_empty_replacement_and_leave_out_what_is_not_given(applied: Applied) -> None:
    variables = environment(applied.scenarios["hub_pipeline"])

    assert json.loads(variables["RELABEL_CONFIGS"]) == [
        {
            "source_labels": ["__aws_s3_lb_owner", "__aws_s3_lb"],
            "separator": "",
            "regex": "(?P<account>[0-9]+)(.*)",
            "replacement": "${2}",
            "target_label": "name",
        },
        {"target_label": "__aws_s3_lb_owner", "replacement": ""},
        {"action": "hashmod", "source_labels": ["name"], "modulus": 4, "target_label": "shard"},
    ]
    assert json.loads(variables["TENANT_RULES"]) == [
        {"account": "012345678901", "prefix": "lb/", "tenant": "bank"},
        {"bucket": "team-*", "tenant": "team"},
    ]


def test_what_is_made_of_the_lines_reaches_the_function(applied: Applied) -> None:
    variables = environment(applied.scenarios["hub_pipeline"])

    assert variables["STRUCTURED_METADATA"] == "elb_status_code,client_ip"
    assert variables["LOAD_BALANCER_LABELS"] == "log_kind,status_class"
    assert variables["OUTPUT_FORMAT"] == "json"
    assert json.loads(variables["FILTER_RULES"]) == [
        {"match": {"elb_status_code": "5.."}, "keep": 1},
        {"match": {"kind": "alb_access", "path": "/health"}, "keep": 0.01},
    ]
    assert (variables["REDACT"], variables["PRINT_LOG_LINE"]) == ("client_ip,query_string", "true")


def test_secrets_reach_the_function_as_arns(applied: Applied) -> None:
    secrets = environment(applied.scenarios["hub_secrets"])
    parameter = environment(applied.scenarios["hub_parameter"])

    assert (secrets["USERNAME"], secrets["PASSWORD"]) == (f"{SECRET_ARN}#username", f"{SECRET_ARN}#password")
    assert (secrets["BEARER_TOKEN"], secrets["CA_BUNDLE"], secrets["SECRET_LIFETIME"]) == ("", CA_ARN, "60")
    assert secrets["REFUSED_DESTINATION"] == "arn:aws:s3:::refused-logs/loki"
    assert (parameter["USERNAME"], parameter["PASSWORD"]) == ("12345", PARAMETER_ARN)
    assert parameter["REFUSED_DESTINATION"] == QUEUE_ARN


def read_by_the_function(hub: Resources) -> Settings:
    """Let the function read its environment; what it cannot use, it refuses."""
    return read_settings(environment(hub))


@pytest.mark.parametrize("scenario", [name for name in SCENARIOS if name.startswith("hub_")])
def test_the_function_understands_its_environment(scenario: str, applied: Applied) -> None:
    hub = applied.scenarios[scenario]

    assert read_by_the_function(hub).write_address == environment(hub)["WRITE_ADDRESS"]


def test_the_defaults_that_the_module_documents_are_the_function_s(applied: Applied) -> None:
    hub = applied.scenarios["hub_default"]

    assert read_by_the_function(hub) == read_settings({"WRITE_ADDRESS": environment(hub)["WRITE_ADDRESS"]})


def test_the_function_reads_no_variable_that_the_module_does_not_set(applied: Applied) -> None:
    given = set(environment(applied.scenarios["hub_default"]))

    # The event source mapping takes answers in parts, and the timeout has no effect.
    assert {variable.name for variable in VARIABLES} - given == {
        "PARTIAL_BATCH_RESPONSES",
        "PIPELINE_TIMEOUT",
    }
    assert given - {variable.name for variable in VARIABLES} == set()


def test_an_environment_larger_than_lambda_takes_is_refused_with_what_is_large(applied: Applied) -> None:
    (message,) = applied.errors["too_large.tftest.hcl"]

    assert "more than the 4096 bytes that Lambda allows" in message
    # Characters, not bytes: fewer than 4096 together.
    assert "EXTRA_LABELS 1805" in message
    assert "put loki.ca_bundle into a secret" in message


def test_inline_policies_longer_than_iam_takes_together_are_refused_with_the_remedy(applied: Applied) -> None:
    (message,) = applied.errors["long_policies.tftest.hcl"]

    assert (
        "IAM allows 10240 for them together. List fewer keys in loki_credential_arns.kms_key_arns" in message
    )


def test_an_environment_that_just_fits_is_taken(applied: Applied) -> None:
    variables = environment(applied.scenarios["hub_full"])

    measured = json.dumps(variables, ensure_ascii=False, separators=(",", ":")).encode()
    assert 3600 < len(measured) <= 4096


def test_credentials_are_marked_sensitive_where_they_arrive(applied: Applied) -> None:
    for scenario in ("hub_one_spoke", "hub_three_spokes"):
        marked = applied.scenarios[scenario].sensitive["aws_lambda_function.this"]["environment"]
        assert marked == [{"variables": {"USERNAME": True, "PASSWORD": True, "BEARER_TOKEN": True}}]


@pytest.mark.parametrize(("scenario", "architecture"), [("hub_default", "arm64"), ("hub_x86", "x86_64")])
def test_the_zip_is_the_one_of_the_architecture(
    scenario: str, architecture: str, applied: Applied, scenarios: Path
) -> None:
    function = applied.scenarios[scenario]["aws_lambda_function.this"]

    assert function["filename"] == f"../modules/hub/lambda/promtail-{architecture}.zip"
    assert function["architectures"] == [architecture]
    content = (scenarios / function["filename"]).read_bytes()
    assert function["source_code_hash"] == base64.b64encode(hashlib.sha256(content).digest()).decode()
    assert function["handler"] == "promtail.handler.handler"


def test_a_zip_of_one_s_own_takes_its_place(applied: Applied) -> None:
    function = applied.scenarios["hub_own_zip"]["aws_lambda_function.this"]

    assert (function["filename"], function["runtime"], function["image_uri"]) == (
        "own.zip",
        "python3.12",
        None,
    )


def test_an_image_takes_the_zip_s_place(applied: Applied) -> None:
    function = applied.scenarios["hub_image"]["aws_lambda_function.this"]

    assert function["package_type"] == "Image"
    assert function["image_uri"].endswith("/lambda-promtail:1")
    assert [function[name] for name in ("filename", "handler", "runtime")] == [None] * 3


def test_lambda_may_take_the_role_and_write_the_function_s_log(applied: Applied) -> None:
    hub = applied.scenarios["hub_default"]

    trust = json.loads(hub["aws_iam_role.this"]["assume_role_policy"])["Statement"]
    assert trust == [
        {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
    ]
    assert hub.policy("aws_iam_role_policy.function")["WriteOwnLog"] == {
        "Sid": "WriteOwnLog",
        "Effect": "Allow",
        "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
        "Resource": "arn:aws:logs:eu-west-1:111111111111:log-group:/aws/lambda/alb-loki:*",
    }


def test_the_role_reads_the_secrets_that_are_given_and_no_others(applied: Applied) -> None:
    secrets = applied.scenarios["hub_secrets"].policy("aws_iam_role_policy.function")
    parameter = applied.scenarios["hub_parameter"].policy("aws_iam_role_policy.function")

    assert list(secrets) == ["WriteOwnLog", "UseQueue", "ReadSecrets", "DecryptSecrets", "ParkRefusedLines"]
    assert secrets["ReadSecrets"] == {
        "Sid": "ReadSecrets",
        "Effect": "Allow",
        "Action": "secretsmanager:GetSecretValue",
        # Once, without the keys of its members.
        "Resource": [SECRET_ARN, CA_ARN],
    }
    assert list(parameter) == ["WriteOwnLog", "UseQueue", "ReadParameters", "ParkRefusedLines"]
    assert parameter["ReadParameters"] == {
        "Sid": "ReadParameters",
        "Effect": "Allow",
        "Action": "ssm:GetParameter",
        "Resource": [PARAMETER_ARN],
    }


def test_the_role_decrypts_secrets_only_and_by_their_service_in_their_region(applied: Applied) -> None:
    statements = applied.scenarios["hub_secrets"].policy("aws_iam_role_policy.function")
    china = applied.scenarios["hub_china_secrets"].policy("aws_iam_role_policy.function")

    assert statements["DecryptSecrets"] == {
        "Sid": "DecryptSecrets",
        "Effect": "Allow",
        "Action": "kms:Decrypt",
        "Resource": [KEY_ARN],
        "Condition": {
            "StringEquals": {
                "kms:ViaService": [
                    "secretsmanager.eu-central-1.amazonaws.com",
                    "secretsmanager.eu-west-1.amazonaws.com",
                ]
            }
        },
    }
    assert china["DecryptSecrets"]["Condition"]["StringEquals"]["kms:ViaService"] == [
        "ssm.cn-northwest-1.amazonaws.com",
        "ssm.cn-northwest-1.amazonaws.com.cn",
    ]


def test_the_role_parks_where_it_is_told_and_nowhere_else(applied: Applied) -> None:
    queue = applied.scenarios["hub_parameter"].policy("aws_iam_role_policy.function")["ParkRefusedLines"]
    bucket = applied.scenarios["hub_secrets"].policy("aws_iam_role_policy.function")["ParkRefusedLines"]

    assert (queue["Action"], queue["Resource"]) == (["sqs:GetQueueUrl", "sqs:SendMessage"], QUEUE_ARN)
    assert (bucket["Action"], bucket["Resource"]) == (["s3:PutObject"], "arn:aws:s3:::refused-logs/loki/*")


def test_what_terraform_does_not_know_at_plan_gets_its_permissions_too(applied: Applied) -> None:
    statements = applied.scenarios["hub_unknown_secrets"].policy("aws_iam_role_policy.function")

    assert {sid: as_list(statement["Resource"]) for sid, statement in statements.items()} == {
        "WriteOwnLog": ["arn:aws:logs:eu-west-1:111111111111:log-group:/aws/lambda/alb-loki:*"],
        "UseQueue": ["arn:aws:sqs:eu-west-1:111111111111:alb-loki"],
        "ReadParameters": [PARAMETER_ARN],
        "DecryptSecrets": [KEY_ARN],
        "ParkRefusedLines": [QUEUE_ARN],
    }


def test_arns_are_of_the_partition(applied: Applied) -> None:
    hub = applied.scenarios["hub_china"]

    sends = hub.policy("aws_sqs_queue_policy.ingestion[0]")["SpokesSend"]
    assert sends["Condition"]["ArnEquals"] == {"aws:SourceArn": ["arn:aws-cn:s3:::shop-alb-logs"]}
    assert hub["aws_vpc_endpoint.s3_gateway[0]"]["service_name"] == "com.amazonaws.cn-northwest-1.s3"
    resources = [
        resource
        for _address, policy in hub.policies()
        for statement in policy["Statement"]
        for resource in as_list(statement.get("Resource", []))
        if resource != "*"
    ]
    assert len(resources) > 5
    assert {resource.split(":")[1] for resource in resources} == {"aws-cn"}
