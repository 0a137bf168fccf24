"""The tenant and the labels of a spoke's bucket, with every trigger and among the other settings."""

import gzip
import json
from base64 import b64encode
from typing import Any

import pytest

from promtail.errors import ConfigurationError
from promtail.handler import handler
from tests.harness.loki.receiver import LokiReceiver
from tests.samples.alb_access import gzipped, lines
from tests.unit.promtail.contract.events import (
    CLOUDWATCH_LABELS,
    cloudwatch,
    envelope,
    eventbridge,
    sns,
    sqs,
)
from tests.unit.promtail.s3_double import S3Double
from tests.unit.promtail.scenario import BUCKET, END, KEY, LABELS, Context, event, record

LINES = list(lines(3, END))
SPOKES = json.dumps(
    {BUCKET: {"tenant": "shop", "labels": {"team": "checkout", "env": "prod"}}, "other-logs": {"tenant": "x"}}
)
SPOKE_LABELS = {**LABELS, "__extra_team": "checkout", "__extra_env": "prod"}
S3_EVENT = event(record())
TRIGGERS: dict[str, Any] = {
    "S3": S3_EVENT,
    "EventBridge": eventbridge(),
    "SNS": sns(S3_EVENT),
    "SQS": sqs(S3_EVENT),
    "SQS with an envelope of SNS": sqs(envelope(S3_EVENT)),
    "SQS with an EventBridge event": sqs(eventbridge()),
}


@pytest.fixture(autouse=True)
def _object(s3: S3Double, monkeypatch: pytest.MonkeyPatch) -> None:
    s3.objects[f"{BUCKET}/{KEY}"] = gzipped(iter(LINES))
    monkeypatch.setenv("SPOKES", SPOKES)


@pytest.mark.parametrize("trigger", TRIGGERS.values(), ids=TRIGGERS.keys())
def test_the_lines_of_a_bucket_have_its_tenant_and_labels(loki: LokiReceiver, trigger: Any) -> None:
    assert handler(trigger, Context())["lines_sent"] == 3
    assert loki.streams("shop") == [SPOKE_LABELS]
    assert [entry.line for entry in loki.entries(tenant_id="shop")] == LINES


def test_the_lines_of_other_buckets_have_neither(s3: S3Double, loki: LokiReceiver) -> None:
    s3.objects[f"third-logs/{KEY}"] = gzipped(iter(LINES))
    handler(event(record(bucket="third-logs")), Context())
    assert loki.streams() == [LABELS]
    assert "x-scope-orgid" not in loki.requests[0].headers


def test_lines_that_an_event_carries_have_neither(loki: LokiReceiver) -> None:
    handler(cloudwatch("one"), Context())
    assert loki.streams() == [{**CLOUDWATCH_LABELS, "__aws_log_type": "cloudwatch"}]


def test_the_gzip_of_the_setting_does_the_same(loki: LokiReceiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPOKES", b64encode(gzip.compress(SPOKES.encode())).decode())
    handler(S3_EVENT, Context())
    assert loki.streams("shop") == [SPOKE_LABELS]


@pytest.mark.parametrize(
    ("variables", "tenant"),
    [
        ({}, "shop"),
        ({"TENANT_ID": "all"}, "shop"),
        ({"TENANT_ID": "all", "SPOKES": json.dumps({BUCKET: {"labels": {"team": "a"}}})}, "all"),
        ({"TENANT_ID": "all", "TENANT_RULES": '[{"bucket": "spoke-*", "tenant": "ruled"}]'}, "ruled"),
        ({"TENANT_ID": "all", "TENANT_RULES": '[{"bucket": "x-*", "tenant": "ruled"}]'}, "shop"),
    ],
)
def test_a_rule_wins_over_the_spoke_and_the_spoke_over_the_tenant_of_all(
    loki: LokiReceiver, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], tenant: str
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    handler(S3_EVENT, Context())
    assert [request.headers["x-scope-orgid"] for request in loki.requests] == [tenant]


@pytest.mark.parametrize(
    ("variables", "labels"),
    [
        ({"EXTRA_LABELS": "env,dev,region,eu"}, {**SPOKE_LABELS, "__extra_region": "eu"}),
        ({"OMIT_EXTRA_LABELS_PREFIX": "true"}, {**LABELS, "team": "checkout", "env": "prod"}),
        (
            {
                "EXTRA_LABELS": "env,dev",
                "SPOKES": json.dumps({BUCKET: {"tenant": "shop", "labels": {"env": ""}}}),
            },
            LABELS,
        ),
        ({"DROP_LABELS": "__extra_env"}, {**LABELS, "__extra_team": "checkout"}),
        (
            {
                "DROP_LABELS": "__extra_env",
                "RELABEL_CONFIGS": json.dumps(
                    [
                        {
                            "source_labels": ["__extra_team", "__extra_env"],
                            "target_label": "__extra_team",
                            "replacement": "<$1>",
                        }
                    ]
                ),
            },
            {**LABELS, "__extra_team": "<checkout;>"},
        ),
    ],
)
def test_labels_join_the_extra_ones_before_any_are_dropped_or_relabelled(
    loki: LokiReceiver, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], labels: dict[str, str]
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    handler(S3_EVENT, Context())
    assert loki.streams("shop") == [labels]


def test_a_wrong_setting_fails_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPOKES", '{"shop-logs": {"team": "a"}}')
    with pytest.raises(ConfigurationError, match="SPOKES holds"):
        handler(S3_EVENT, Context())
