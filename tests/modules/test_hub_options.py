"""What the hub's function and role take from their inputs, and what the function is told of single spokes."""

import base64
import gzip
import json

from tests.modules.results import Applied
from tests.modules.scenarios.hub_ingestion import BOUNDARY_ARN, SCENARIOS, SIGNING_ARN


def test_the_function_s_options_are_off_by_default(applied: Applied) -> None:
    function = applied.scenarios["hub_default"]["aws_lambda_function.this"]

    assert function["reserved_concurrent_executions"] in (None, -1)
    assert function["tracing_config"] == [{"mode": "PassThrough"}]
    logging = function["logging_config"][0]
    assert (logging["log_format"], logging["application_log_level"]) == ("Text", None)
    assert function["code_signing_config_arn"] is None
    assert "SendTraces" not in applied.scenarios["hub_default"].policy("aws_iam_role_policy.function")


def test_the_function_takes_its_options(applied: Applied) -> None:
    hub = applied.scenarios["hub_options"]
    function = hub["aws_lambda_function.this"]

    assert function["reserved_concurrent_executions"] == 20
    assert function["tracing_config"] == [{"mode": "Active"}]
    assert function["code_signing_config_arn"] == SIGNING_ARN
    assert hub.policy("aws_iam_role_policy.function")["SendTraces"]["Action"] == [
        "xray:PutTraceSegments",
        "xray:PutTelemetryRecords",
    ]


def test_lambda_lets_every_line_of_json_pass(applied: Applied) -> None:
    logging = applied.scenarios["hub_options"]["aws_lambda_function.this"]["logging_config"][0]

    # The line that carries the metrics is of the level info; the function's own level is in LOG_LEVEL.
    assert (logging["log_format"], logging["application_log_level"]) == ("JSON", "TRACE")


def test_variables_of_one_s_own_stand_beside_those_of_the_module(applied: Applied) -> None:
    options = applied.scenarios["hub_options"]["aws_lambda_function.this"]["environment"][0]["variables"]
    default = applied.scenarios["hub_default"]["aws_lambda_function.this"]["environment"][0]["variables"]

    assert set(options) - set(default) == {"PARTIAL_BATCH_RESPONSES", "OWN_SETTING"}
    assert (options["PARTIAL_BATCH_RESPONSES"], options["OWN_SETTING"]) == ("true", "own")


def test_role_and_policies_are_where_the_account_wants_them(applied: Applied) -> None:
    hub = applied.scenarios["hub_options"]

    role, policy = hub["aws_iam_role.this"], hub["aws_iam_policy.read_logs[0]"]
    assert role["path"] == policy["path"] == "/platform/logs/"
    assert role["permissions_boundary"] == BOUNDARY_ARN
    assert (role["name"], policy["name"]) == ("logs", "logs-read-logs-1")


def told_of_spokes(applied: Applied, scenario: str) -> str:
    text: str = applied.scenarios[scenario]["aws_lambda_function.this"]["environment"][0]["variables"][
        "SPOKES"
    ]
    return text


def test_the_function_is_told_the_tenant_and_labels_of_spokes_that_have_some(applied: Applied) -> None:
    assert told_of_spokes(applied, "hub_three_spokes") == ""
    assert json.loads(told_of_spokes(applied, "hub_options")) == {
        "shop-alb-logs": {"tenant": "shop", "labels": {"team": "web", "env": "prod"}},
        "bank-logs": {"labels": {"team": "bank"}},
    }


def test_what_is_long_is_packed(applied: Applied) -> None:
    packed = told_of_spokes(applied, "hub_packed")

    assert len(packed) < 1024
    assert json.loads(gzip.decompress(base64.b64decode(packed))) == {
        spoke["bucket_name"]: {"tenant": spoke["tenant_id"], "labels": spoke["labels"]}
        for spoke in SCENARIOS["hub_packed"].inputs["spokes"].values()
    }
