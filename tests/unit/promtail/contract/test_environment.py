"""The environment variables of lambda-promtail's contract, each with what can be seen of it at Loki.

SKIP_TLS_VERIFY is tested with Loki's certificates (`push/test_connections.py`), secrets by ARN in `test_secrets.py`.
"""

import json
from base64 import b64encode
from typing import Any

import pytest

from promtail.errors import ConfigurationError
from promtail.handler import handler
from tests.harness.loki.receiver import LokiReceiver
from tests.samples.alb_access import gzipped, lines
from tests.unit.promtail.contract.events import cloudwatch, kinesis
from tests.unit.promtail.s3_double import S3Double
from tests.unit.promtail.scenario import BUCKET, END, KEY, LABELS, Context, event, record

LINES = list(lines(4, END))
RENAME = json.dumps(
    [
        {"action": "labelmap", "regex": "__extra_(.+)"},
        {"source_labels": ["__aws_s3_lb_owner"], "target_label": "owner_after_drop", "replacement": "<$1>"},
        {"action": "labeldrop", "regex": "__extra_.*"},
    ]
)


@pytest.fixture(autouse=True)
def _object(s3: S3Double) -> None:
    s3.objects[f"{BUCKET}/{KEY}"] = gzipped(iter(LINES))


def deliver() -> dict[str, Any]:
    return handler(event(record()), Context())


@pytest.mark.parametrize(
    ("variables", "stream"),
    [
        ({}, LABELS),
        ({"EXTRA_LABELS": "env,prod,team,shop"}, {**LABELS, "__extra_env": "prod", "__extra_team": "shop"}),
        ({"EXTRA_LABELS": "env,prod", "OMIT_EXTRA_LABELS_PREFIX": "true"}, {**LABELS, "env": "prod"}),
        (
            {"DROP_LABELS": "__aws_s3_lb_owner,__aws_s3_lb"},
            {"__aws_log_type": "s3_lb"},
        ),
        # Extra labels can be dropped, so they come first.
        ({"EXTRA_LABELS": "env,prod", "DROP_LABELS": "__extra_env"}, LABELS),
        # What was dropped is unknown to the rules, which know the extra labels.
        (
            {
                "EXTRA_LABELS": "env,prod",
                "DROP_LABELS": "__aws_s3_lb_owner",
                "RELABEL_CONFIGS": RENAME,
            },
            {"__aws_log_type": "s3_lb", "__aws_s3_lb": "shop-2", "env": "prod", "owner_after_drop": "<>"},
        ),
        # An empty replacement takes a label away.
        (
            {"RELABEL_CONFIGS": '[{"target_label": "__aws_s3_lb_owner", "replacement": ""}]'},
            {"__aws_log_type": "s3_lb", "__aws_s3_lb": "shop-2"},
        ),
        # The stages see what the rules made, and have the last word.
        (
            {
                "RELABEL_CONFIGS": '[{"target_label": "env", "replacement": "relabelled"}]',
                "LOKI_STAGE_CONFIGS": json.dumps(
                    [
                        {
                            "match": {
                                "selector": '{env="relabelled"}',
                                "stages": [{"static_labels": {"env": "staged"}}],
                            }
                        }
                    ]
                ),
            },
            {**LABELS, "env": "staged"},
        ),
        # KEEP_STREAM concerns CloudWatch Logs alone.
        ({"KEEP_STREAM": "true"}, LABELS),
        ({"PIPELINE_TIMEOUT": "1s"}, LABELS),
    ],
)
def test_labels_follow_the_variables_in_the_order_of_the_contract(
    loki: LokiReceiver, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], stream: dict[str, str]
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert deliver() == {"delivered": 1, "lines_sent": 4}
    assert loki.streams() == [stream]
    assert [entry.line for entry in loki.entries()] == LINES


@pytest.mark.parametrize("address", ["", "loki.example.com", "https://"])
def test_write_address_has_to_be_a_url(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("WRITE_ADDRESS", address)
    with pytest.raises(ConfigurationError, match="WRITE_ADDRESS is "):
        deliver()


@pytest.mark.parametrize(
    ("variables", "header", "value"),
    [
        ({}, "authorization", None),
        ({}, "x-scope-orgid", None),
        (
            {"USERNAME": "user", "PASSWORD": "pass"},
            "authorization",
            f"Basic {b64encode(b'user:pass').decode()}",
        ),
        ({"BEARER_TOKEN": "token"}, "authorization", "Bearer token"),
        ({"TENANT_ID": "team-a"}, "x-scope-orgid", "team-a"),
    ],
)
def test_credentials_and_tenant_are_sent_as_headers(
    loki: LokiReceiver,
    monkeypatch: pytest.MonkeyPatch,
    variables: dict[str, str],
    header: str,
    value: str | None,
) -> None:
    for name, setting in variables.items():
        monkeypatch.setenv(name, setting)
    deliver()
    (request,) = loki.requests
    assert (request.method, request.path) == ("POST", "/loki/api/v1/push")
    assert request.headers["content-type"] == "application/x-protobuf"
    assert request.headers.get(header) == value


def test_a_bearer_token_excludes_a_user_name(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("BEARER_TOKEN", "USERNAME", "PASSWORD"):
        monkeypatch.setenv(name, "s3cr3t")
    with pytest.raises(ConfigurationError, match="BEARER_TOKEN is set together with") as raised:
        deliver()
    assert "s3cr3t" not in str(raised.value)


TEXTS = ["a" * 10, "b" * 10, "c" * 10, "d" * 10]
SOURCES: dict[str, Any] = {
    "S3": event(record()),
    "CloudWatch Logs": cloudwatch(*TEXTS),
    "Kinesis": kinesis(*(text.encode() for text in TEXTS)),
}


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES.keys())
@pytest.mark.parametrize(("size", "pushes"), [("", 1), ("20", 2), ("30", 2), ("10", 4), ("1", 4)])
def test_batch_size_is_the_bytes_of_lines_in_a_push(
    s3: S3Double, loki: LokiReceiver, monkeypatch: pytest.MonkeyPatch, source: Any, size: str, pushes: int
) -> None:
    monkeypatch.setenv("BATCH_SIZE", size)
    s3.objects[f"{BUCKET}/{KEY}"] = "".join(f"{text}\n" for text in TEXTS).encode()
    assert handler(source, Context())["lines_sent"] == 4
    assert sorted(entry.line for entry in loki.entries()) == TEXTS
    assert len(loki.requests) == pushes


@pytest.mark.parametrize("size", ["0", "many", "-1"])
def test_a_bad_batch_size_is_no_push_a_line(monkeypatch: pytest.MonkeyPatch, size: str) -> None:
    monkeypatch.setenv("BATCH_SIZE", size)
    with pytest.raises(ConfigurationError, match=f"BATCH_SIZE is '{size}'"):
        deliver()


def test_stages_change_and_drop_lines(loki: LokiReceiver, monkeypatch: pytest.MonkeyPatch) -> None:
    stages = [
        {"drop": {"expression": ".*drop me.*"}},
        {"json": {"expressions": {"level": "level", "text": "text"}}},
        {"labels": {"level": None}},
        {"output": {"source": "text"}},
    ]
    monkeypatch.setenv("LOKI_STAGE_CONFIGS", json.dumps(stages))
    answer = handler(cloudwatch('{"level": "info", "text": "hello"}', "drop me"), Context())
    assert answer == {"delivered": 1, "lines_sent": 1}
    (entry,) = loki.entries()
    assert (entry.line, entry.labels["level"]) == ("hello", "info")


@pytest.mark.parametrize(("value", "printed"), [("", False), ("false", False), ("true", True)])
@pytest.mark.parametrize(
    ("source", "expected"), [(event(record()), LINES), (cloudwatch(*TEXTS), TEXTS)], ids=["S3", "CloudWatch"]
)
def test_print_log_line_prints_each_line(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    value: str,
    printed: bool,
    source: Any,
    expected: list[str],
) -> None:
    monkeypatch.setenv("PRINT_LOG_LINE", value)
    handler(source, Context())
    *before, report = capsys.readouterr().out.splitlines()
    assert before == (expected if printed else [])
    assert json.loads(report)["lines_sent"] == 4


def test_lines_are_printed_as_they_are_sent(
    loki: LokiReceiver, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRINT_LOG_LINE", "true")
    monkeypatch.setenv("REDACT", "client_ip")
    deliver()
    *before, _ = capsys.readouterr().out.splitlines()
    assert before == [entry.line for entry in loki.entries()]
    clients = [line.split(" ")[3].rpartition(":")[0] for line in before]
    assert clients == ["198.51.100.0"] * 4  # A redacted address keeps its network.


@pytest.mark.parametrize(
    ("level", "warned"), [("", True), ("info", True), ("debug", True), ("warn", True), ("error", False)]
)
def test_log_level_is_the_least_that_is_logged(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, level: str, warned: bool
) -> None:
    monkeypatch.setenv("LOG_LEVEL", level)
    monkeypatch.setenv("SKIP_TLS_VERIFY", "true")  # Which is warned of.
    deliver()
    logged = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert any("SKIP_TLS_VERIFY" in line["message"] for line in logged) is warned
    # Whatever the level is, the report is written: it carries the metrics.
    assert logged[-1]["outcome"] == "delivered"
