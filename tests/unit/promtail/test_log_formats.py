"""The function's own log in AWS's runtime interface client, in both of Lambda's log formats."""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import awslambdaric
import pytest

import promtail
from tests.harness.localstack.function_process import FunctionProcess, FunctionSettings, Outcome
from tests.harness.loki.receiver import LokiReceiver
from tests.samples.alb_access import gzipped, lines
from tests.unit.promtail.aws_double import AwsDouble
from tests.unit.promtail.s3_double import S3Double
from tests.unit.promtail.scenario import BUCKET, END, KEY, event, record

SECRET_ARN = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:loki-AbCdEf"
UNKNOWN_KEY = KEY.replace("222222222222_elastic", "trace_log_222222222222_elastic")
FORMATS: dict[str, Mapping[str, str]] = {
    "Text": {"AWS_LAMBDA_LOG_FORMAT": "Text"},
    "JSON": {"AWS_LAMBDA_LOG_FORMAT": "JSON", "AWS_LAMBDA_LOG_LEVEL": "INFO"},
    "JSON at DEBUG": {"AWS_LAMBDA_LOG_FORMAT": "JSON", "AWS_LAMBDA_LOG_LEVEL": "DEBUG", "LOG_LEVEL": "debug"},
}
Invoke = Callable[[object], Outcome]


@pytest.fixture(params=FORMATS)
def invoke(
    request: pytest.FixtureRequest, s3: S3Double, loki: LokiReceiver, tmp_path: Path
) -> Iterator[Invoke]:
    """Invokes the function, whose bearer token is a secret of Secrets Manager."""
    s3.objects[f"{BUCKET}/{KEY}"] = gzipped(lines(5, END))
    with AwsDouble(secrets={SECRET_ARN: "s3cr3t"}) as aws:
        process = FunctionProcess(
            FunctionSettings(
                code=Path(promtail.__file__).parents[1],
                runtime=Path(awslambdaric.__file__).parents[1],
                handler="promtail.handler.handler",
                environment={
                    "WRITE_ADDRESS": loki.push_url,
                    "BEARER_TOKEN": SECRET_ARN,
                    "AWS_ENDPOINT_URL": aws.url,
                    "AWS_ENDPOINT_URL_S3": s3.url,
                    "AWS_DEFAULT_REGION": "eu-west-1",
                    "AWS_ACCESS_KEY_ID": "test",
                    "AWS_SECRET_ACCESS_KEY": "test",
                    **FORMATS[request.param],
                },
                timeout=30.0,
                memory=512,
                version="$LATEST",
            ),
            tmp_path / "state",
        )
        yield lambda event: process.invoke("id-1", json.dumps(event).encode(), "arn:function", "Root=1", 30.0)
        process.stop()


def written(outcome: Outcome) -> list[dict[str, Any]]:
    """Return the function's lines, between those of Lambda: each is one JSON object, whole and for itself."""
    return [json.loads(line) for line in outcome.logs.splitlines()[1:-2]]


def test_lines_are_the_same_in_both(loki: LokiReceiver, invoke: Invoke) -> None:
    delivered, unknown = written(invoke(event(record(), record(UNKNOWN_KEY))))
    assert len(loki.entries()) == 5
    assert (delivered["level"], delivered["message"]) == ("INFO", "Object delivered.")
    assert (unknown["level"], unknown["reason"]) == ("WARN", "unknown_layout")
    for line in (delivered, unknown):
        # Lambda reads level and time by these names, and CloudWatch the metrics, wherever the line is a whole object.
        assert datetime.fromisoformat(line["timestamp"]).utcoffset() == timedelta(0)
        assert line["_aws"]["CloudWatchMetrics"][0]["Namespace"] == "AlbLoki"
    assert delivered["LinesSent"] == 5


def test_a_failure_is_an_error_of_the_function_and_of_lambda(invoke: Invoke) -> None:
    outcome = invoke(event(record(KEY.replace("shop-2", "missing"))))
    assert outcome.is_error
    assert json.loads(outcome.payload)["errorType"] == "DeliveryError"
    (failed, *_) = [json.loads(line) for line in outcome.logs.splitlines() if '"outcome"' in line]
    assert (failed["level"], failed["ObjectsFailed"]) == ("ERROR", 1)


def test_no_level_writes_secrets_or_log_lines(loki: LokiReceiver, invoke: Invoke) -> None:
    outcome = invoke(event(record()))
    assert loki.requests[0].headers["authorization"] == "Bearer s3cr3t"
    assert "s3cr3t" not in outcome.logs
    assert next(iter(lines(1, END))) not in outcome.logs
