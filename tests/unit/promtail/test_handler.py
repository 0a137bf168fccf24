"""The whole function: an event in, S3 and Loki over HTTP, lines out, one log line an object."""

import gzip
import json
import time
from pathlib import Path
from typing import Any
from unittest.mock import Mock
from urllib.parse import urlsplit

import pytest
from botocore.awsrequest import AWSRequest
from botocore.exceptions import EndpointConnectionError
from mypy_boto3_s3 import S3Client

from promtail import handler as function
from promtail.config import Config
from promtail.errors import ConfigurationError, DeliveryError, EventError
from promtail.handler import handler
from promtail.pipeline import Pipeline
from tests.harness.loki.receiver import LokiReceiver
from tests.samples.alb_access import LoadBalancer, gzipped, lines
from tests.unit.promtail.s3_double import LAST_MODIFIED_NS, S3Double
from tests.unit.promtail.scenario import BUCKET, END, KEY, LABELS, Context, event, record

LINES = list(lines(300, END))
OTHER_KEY = LoadBalancer(name="api-1", account_id="333333333333").key(END, prefix="team a")
OTHER_LABELS = {**LABELS, "__aws_s3_lb": "api-1", "__aws_s3_lb_owner": "333333333333"}


@pytest.fixture(autouse=True)
def _environment(s3: S3Double, loki: LokiReceiver, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, value in {
        "AWS_ENDPOINT_URL_S3": s3.url,
        "AWS_REGION": "eu-west-1",
        "AWS_DEFAULT_REGION": "eu-west-1",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_CONFIG_FILE": str(tmp_path / "none"),
        "AWS_SHARED_CREDENTIALS_FILE": str(tmp_path / "none"),
        "WRITE_ADDRESS": loki.push_url,
    }.items():
        monkeypatch.setenv(name, value)
    for name in (
        "USERNAME",
        "PASSWORD",
        "BEARER_TOKEN",
        "TENANT_ID",
        "KEEP_STREAM",
        "BATCH_SIZE",
        "EXTRA_LABELS",
    ):
        monkeypatch.delenv(name, raising=False)


def logged(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_an_object_is_delivered(s3: S3Double, loki: LokiReceiver, capsys: pytest.CaptureFixture[str]) -> None:
    s3.objects[f"{BUCKET}/{KEY}"] = gzipped(iter(LINES))
    assert handler(event(record()), Context()) == {
        "delivered": 1,
        "skipped": 0,
        "lines_sent": 300,
    }
    assert [entry.line for entry in loki.entries()] == LINES
    assert loki.streams() == [LABELS]
    (line,) = logged(capsys)
    assert {name: line[name] for name in line if name not in ("time", "duration_ms", "bytes_sent")} == {
        "level": "INFO",
        "message": "Object delivered.",
        "bucket": BUCKET,
        "key": KEY,
        "version_id": None,
        "kind": "alb_access",
        "outcome": "delivered",
        "reason": None,
        "lines_read": 300,
        "lines_sent": 300,
        "lines_refused": 0,
        "first_refusal": None,
        "lines_empty": 0,
        "lines_without_timestamp": 0,
        "pushes": len(loki.requests),
        "requests": len(loki.requests),
    }
    assert line["bytes_sent"] == sum(len(request.body) for request in loki.requests)
    assert line["duration_ms"] >= 0


def test_microseconds_survive(s3: S3Double, loki: LokiReceiver) -> None:
    s3.objects[f"{BUCKET}/{KEY}"] = (
        b"http 2025-06-02T10:04:59.999999Z a\nhttp 2025-06-02T10:05:00.000001Z b\n"
    )
    handler(event(record()), Context())
    assert [entry.timestamp for entry in loki.entries()] == [
        1_748_858_699_999_999_000,
        1_748_858_700_000_001_000,
    ]


def test_every_record_of_an_event_is_delivered(s3: S3Double, loki: LokiReceiver) -> None:
    s3.objects |= {f"{BUCKET}/{KEY}": gzipped(iter(LINES)), f"{BUCKET}/{OTHER_KEY}": gzipped(iter(LINES))}
    encoded = OTHER_KEY.replace(" ", "+")
    assert handler(event(record(), record(encoded)), Context())["delivered"] == 2
    assert sorted(loki.streams(), key=str) == sorted([LABELS, OTHER_LABELS], key=str)
    assert len(loki.entries()) == 600


def test_settings_reach_loki(s3: S3Double, monkeypatch: pytest.MonkeyPatch) -> None:
    s3.objects[f"{BUCKET}/{KEY}"] = gzipped(iter(LINES))
    with LokiReceiver(
        username="user", password="pass", tenant_id="team-a", clock=lambda: 1_748_859_000_000_000_000
    ) as loki:
        for name, value in {
            "WRITE_ADDRESS": loki.push_url,
            "USERNAME": "user",
            "PASSWORD": "pass",
            "TENANT_ID": "team-a",
            "BATCH_SIZE": "10000",
            "EXTRA_LABELS": "env,prod",
        }.items():
            monkeypatch.setenv(name, value)
        handler(event(record()), Context())
        assert loki.streams() == [{**LABELS, "__extra_env": "prod"}]
        assert [entry.line for entry in loki.entries()] == LINES
        assert len(loki.requests) >= sum(len(line) for line in LINES) / 10_000


def test_an_empty_object_is_delivered_without_a_push(s3: S3Double, loki: LokiReceiver) -> None:
    for content in (b"", gzip.compress(b""), b"\n\r\n"):
        s3.objects[f"{BUCKET}/{KEY}"] = content
        assert handler(event(record()), Context())["delivered"] == 1
    assert loki.requests == []


def test_a_line_without_a_time_gets_that_of_the_object(
    s3: S3Double, loki: LokiReceiver, capsys: pytest.CaptureFixture[str]
) -> None:
    s3.objects[f"{BUCKET}/{KEY}"] = b"no time here\n\nhttp 2025-06-02T10:04:00Z x \xff\0\n"
    handler(event(record()), Context())
    assert [(entry.timestamp, entry.line) for entry in loki.entries()] == [
        (1_748_858_640_000_000_000, "http 2025-06-02T10:04:00Z x \N{REPLACEMENT CHARACTER}\0"),
        (LAST_MODIFIED_NS, "no time here"),
    ]
    (line,) = logged(capsys)
    assert (line["lines_read"], line["lines_sent"], line["lines_empty"], line["lines_without_timestamp"]) == (
        3,
        2,
        1,
        1,
    )


def test_test_objects_and_foreign_keys_are_skipped_without_being_read(
    s3: S3Double, loki: LokiReceiver, capsys: pytest.CaptureFixture[str]
) -> None:
    keys = ["AWSLogs/222222222222/ELBAccessLogTestFile", "notes/readme.txt"]
    assert handler(event(*map(record, keys)), Context()) == {
        "delivered": 0,
        "skipped": 2,
        "lines_sent": 0,
    }
    assert [(line["key"], line["outcome"], line["reason"], line["level"]) for line in logged(capsys)] == [
        (keys[0], "skipped", "test_object", "INFO"),
        (keys[1], "skipped", "foreign_key", "INFO"),
    ]
    assert s3.reads == []
    assert loki.requests == []


def test_a_log_of_an_unknown_layout_is_skipped_with_a_warning(
    s3: S3Double, loki: LokiReceiver, capsys: pytest.CaptureFixture[str]
) -> None:
    key = KEY.replace("222222222222_elastic", "trace_log_222222222222_elastic")
    assert handler(event(record(key)), Context()) == {"delivered": 0, "skipped": 1, "lines_sent": 0}
    (line,) = logged(capsys)
    assert (line["key"], line["outcome"], line["reason"], line["level"]) == (
        key,
        "skipped",
        "unknown_layout",
        "WARNING",
    )
    assert "its lines are missing in Loki: update the function, or report the layout" in line["message"]
    assert s3.reads == []
    assert loki.requests == []


def test_the_test_event_is_ignored(loki: LokiReceiver) -> None:
    assert handler({"Service": "Amazon S3", "Event": "s3:TestEvent"}, Context())["delivered"] == 0
    assert loki.requests == []


def test_another_event_is_refused() -> None:
    with pytest.raises(EventError, match="not an S3 event"):
        handler({"awslogs": {"data": "x"}}, Context())


def test_a_failure_does_not_cost_the_other_objects(
    s3: S3Double, loki: LokiReceiver, capsys: pytest.CaptureFixture[str]
) -> None:
    gone = LoadBalancer(name="gone").key(END)
    denied = LoadBalancer(name="denied").key(END)
    s3.objects[f"{BUCKET}/{KEY}"] = gzipped(iter(LINES))
    s3.refusals[f"{BUCKET}/{denied}"] = "AccessDenied"
    foreign = {"eventSource": "aws:sqs", "body": "x"}
    with pytest.raises(DeliveryError) as failed:
        handler(event(record(gone), foreign, record(denied), record()), Context())
    message = str(failed.value)
    assert message.startswith("3 of 4 objects were not delivered completely. ")
    assert f"s3://{BUCKET}/{gone}: The object is gone (NoSuchKey)" in message
    assert f"s3://{BUCKET}/{denied}: S3 refused to give the object: AccessDenied" in message
    assert "from 'aws:sqs'" in message
    assert [entry.line for entry in loki.entries()] == LINES
    assert [line["outcome"] for line in logged(capsys)] == ["failed", "failed", "failed", "delivered"]


@pytest.mark.parametrize("cut", [1, 9, 30, 5_000, -9, -1])
def test_a_cut_off_object_fails_after_its_readable_lines(s3: S3Double, loki: LokiReceiver, cut: int) -> None:
    s3.objects[f"{BUCKET}/{KEY}"] = gzipped(iter(LINES))[:cut]
    with pytest.raises(DeliveryError, match=f"s3://{BUCKET}/{KEY}: The gzip data ends too early"):
        handler(event(record()), Context())
    arrived = [entry.line for entry in loki.entries()]
    assert arrived == LINES[: len(arrived)]


def test_a_dropped_connection_fails(s3: S3Double) -> None:
    s3.objects[f"{BUCKET}/{KEY}"] = gzipped(iter(LINES))
    s3.cut_after[f"{BUCKET}/{KEY}"] = 2_000
    with pytest.raises(DeliveryError, match="could not be read to its end"):
        handler(event(record()), Context())


def test_what_loki_refuses_fails_with_its_reason(s3: S3Double, capsys: pytest.CaptureFixture[str]) -> None:
    s3.objects[f"{BUCKET}/{KEY}"] = b"http 2020-06-02T10:04:00Z long ago, s3cr3t\n"
    with pytest.raises(DeliveryError, match=r"Loki refused a push with 400: .*too old"):
        handler(event(record()), Context())
    out = capsys.readouterr().out
    assert json.loads(out)["level"] == "ERROR"
    assert "s3cr3t" not in out


def test_one_refused_line_does_not_cost_the_lines_after_it(
    s3: S3Double, loki: LokiReceiver, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BATCH_SIZE", "20000")
    old = "https 2025-05-20T10:04:00.000000Z app/shop-2/f1e2d3c4b5a69788 too old for Loki"
    s3.objects[f"{BUCKET}/{KEY}"] = gzipped(iter([*LINES[:150], old, *LINES[150:]]))
    with pytest.raises(DeliveryError) as failed:
        handler(event(record()), Context())
    assert [entry.line for entry in loki.entries()] == LINES
    statuses = [request.status for request in loki.requests]
    assert statuses.count(400) == 1
    assert 0 < statuses.index(400) < len(statuses) - 1
    (line,) = logged(capsys)
    assert (line["outcome"], line["level"], line["lines_read"]) == ("failed", "ERROR", 301)
    assert line["lines_sent"] + line["lines_refused"] == 301
    assert 0 < line["lines_refused"] < 100
    assert line["pushes"] == len(statuses) - 1
    assert (
        f"s3://{BUCKET}/{KEY}: The object was read to its end, but Loki did not take all of it. "
        f"{line['lines_refused']} lines were in pushes that Loki refused, and may have taken in part; "
        f"{line['lines_sent']} lines were delivered. The first refusal: Loki refused a push with 400: "
    ) in str(failed.value)
    assert "timestamp too old" in line["first_refusal"]


@pytest.mark.parametrize("status", [400, 422])
def test_of_several_refusals_the_first_is_told_and_all_are_counted(
    s3: S3Double,
    loki: LokiReceiver,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    status: int,
) -> None:
    monkeypatch.setenv("BATCH_SIZE", "20000")
    s3.objects[f"{BUCKET}/{KEY}"] = gzipped(iter(LINES))
    loki.fail_next(status=status)
    loki.fail_next(status=422 if status == 400 else 400)
    with pytest.raises(
        DeliveryError, match=f"The first refusal: Loki refused a push with {status}: told to fail"
    ):
        handler(event(record()), Context())
    (line,) = logged(capsys)
    assert line["pushes"] == len(loki.requests) - 2
    assert [entry.line for entry in loki.entries()] == LINES[line["lines_refused"] :]
    assert line["lines_sent"] == len(loki.entries())


@pytest.mark.parametrize("status", [401, 403, 404, 413])
def test_a_refusal_of_the_way_of_sending_ends_the_object_at_once(
    s3: S3Double,
    loki: LokiReceiver,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    status: int,
) -> None:
    monkeypatch.setenv("BATCH_SIZE", "20000")
    s3.objects[f"{BUCKET}/{KEY}"] = gzipped(iter(LINES))
    loki.fail_next(status=400)
    loki.fail_next(status=status)
    with pytest.raises(
        DeliveryError,
        match=rf"Loki refused a push with {status}: .*The first refusal: .* with 400: told to fail",
    ):
        handler(event(record()), Context())
    assert [request.status for request in loki.requests] == [400, status]
    (line,) = logged(capsys)
    assert line["lines_sent"] == 0
    assert 0 < line["lines_refused"] < 100


def test_loki_comes_back(s3: S3Double, loki: LokiReceiver, capsys: pytest.CaptureFixture[str]) -> None:
    s3.objects[f"{BUCKET}/{KEY}"] = gzipped(iter(LINES))
    loki.fail_next(status=503)
    handler(event(record()), Context())
    assert [entry.line for entry in loki.entries()] == LINES
    (line,) = logged(capsys)
    assert line["requests"] == line["pushes"] + 1
    assert loki.requests[0].body == loki.requests[1].body


def test_the_same_event_again_sends_the_same_bytes(s3: S3Double, loki: LokiReceiver) -> None:
    s3.objects[f"{BUCKET}/{KEY}"] = gzipped(iter(LINES))
    handler(event(record()), Context())
    once = [request.body for request in loki.requests]
    handler(event(record()), Context())
    assert [request.body for request in loki.requests] == once * 2


def test_no_time_left(s3: S3Double) -> None:
    s3.objects[f"{BUCKET}/{KEY}"] = gzipped(iter(LINES))
    start = time.monotonic()
    with pytest.raises(DeliveryError, match="time is used up"):
        handler(event(record()), Context(milliseconds=900))
    assert s3.reads == []
    assert time.monotonic() - start < 5


def test_a_stalling_object_ends_with_an_error_before_the_invocation_does(
    s3: S3Double, loki: LokiReceiver, capsys: pytest.CaptureFixture[str]
) -> None:
    s3.objects[f"{BUCKET}/{KEY}"] = gzipped(iter(LINES))
    s3.stalls[f"{BUCKET}/{KEY}"] = (3_000, 5.0)
    end = time.monotonic() + 2.0

    class Running:
        def get_remaining_time_in_millis(self) -> int:
            return int((end - time.monotonic()) * 1_000)

    with pytest.raises(
        DeliveryError, match=f"s3://{BUCKET}/{KEY}: The object could not be read to its end: Read timeout"
    ):
        handler(event(record()), Running())
    assert time.monotonic() < end
    assert [line["outcome"] for line in logged(capsys)] == ["failed"]
    assert loki.requests == []


def test_reading_ends_when_the_time_is_used_up(s3: S3Double, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BATCH_SIZE", "6000000")
    s3.objects[f"{BUCKET}/{KEY}"] = "\n".join(LINES * 10).encode()
    asked: list[None] = []

    class OneSecondAChunk:
        def get_remaining_time_in_millis(self) -> int:
            asked.append(None)
            return 5_000 - 1_000 * len(asked)

    with pytest.raises(DeliveryError, match="time is used up before everything was delivered"):
        handler(event(record()), OneSecondAChunk())
    # Before the object, and before each of three chunks; more would follow.
    assert len(asked) == 4
    assert len(s3.objects[f"{BUCKET}/{KEY}"]) > 4 * 65_536


def test_the_s3_client_gives_up_well_within_the_default_timeout(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[S3Client] = []
    build = function.build_pipeline

    def watched(config: Config, s3: S3Client) -> Pipeline:
        made.append(s3)
        return build(config, s3)

    monkeypatch.setattr(function, "build_pipeline", watched)
    handler({"Event": "s3:TestEvent"}, Context())
    config: Any = made[0].meta.config
    assert (config.connect_timeout, config.read_timeout) == (5, 10)
    assert (config.retries["mode"], config.retries["total_max_attempts"]) == ("standard", 2)
    assert (config.connect_timeout + config.read_timeout) * config.retries["total_max_attempts"] <= 60 / 2


@pytest.mark.parametrize("region", ["us-east-1", "eu-west-1"])
def test_s3_is_asked_by_the_regional_name_that_an_interface_endpoint_has(
    monkeypatch: pytest.MonkeyPatch, region: str
) -> None:
    monkeypatch.delenv("AWS_ENDPOINT_URL_S3")
    monkeypatch.setenv("AWS_REGION", region)
    monkeypatch.setenv("AWS_DEFAULT_REGION", region)
    asked: list[str] = []

    def note(request: AWSRequest, **_more: Any) -> None:
        asked.append(str(request.url))
        raise EndpointConnectionError(endpoint_url=str(request.url))  # There is no need to go there.

    build = function.build_pipeline

    def watched(config: Config, s3: S3Client) -> Pipeline:
        s3.meta.events.register("before-sign.s3.GetObject", note)
        return build(config, s3)

    monkeypatch.setattr(function, "build_pipeline", watched)
    with pytest.raises(DeliveryError):
        handler(event(record()), Context())
    assert {urlsplit(url).hostname for url in asked} == {f"{BUCKET}.s3.{region}.amazonaws.com"}


def test_a_wrong_setting_fails_each_invocation_until_it_is_mended(
    s3: S3Double, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BATCH_SIZE", "many")
    for _ in range(2):
        with pytest.raises(ConfigurationError, match="BATCH_SIZE is 'many'"):
            handler(event(record()), Context())
    monkeypatch.setenv("BATCH_SIZE", "1000")
    s3.objects[f"{BUCKET}/{KEY}"] = gzipped(iter(LINES))
    assert handler(event(record()), Context())["delivered"] == 1


def test_the_parts_are_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    build = Mock(wraps=function.build_pipeline)
    monkeypatch.setattr(function, "build_pipeline", build)
    for _ in range(3):
        handler({"Event": "s3:TestEvent"}, Context())
    assert build.call_count == 1


def test_a_fault_of_ours_does_not_cost_the_other_objects(
    s3: S3Double,
    s3_client: S3Client,
    loki: LokiReceiver,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    s3.objects |= {f"{BUCKET}/{KEY}": gzipped(iter(LINES)), f"{BUCKET}/{OTHER_KEY}": gzipped(iter(LINES))}
    get = s3_client.get_object

    def faulty(**arguments: Any) -> Any:
        if arguments["Key"] == KEY:
            raise ZeroDivisionError("a fault")
        return get(**arguments)

    monkeypatch.setattr(s3_client, "get_object", faulty)
    monkeypatch.setattr("boto3.client", lambda *_arguments, **_more: s3_client)
    with pytest.raises(DeliveryError, match=r"2 of 3 .*ZeroDivisionError"):
        handler(
            event(
                record(LoadBalancer(name="gone").key(END)), record(KEY), record(OTHER_KEY.replace(" ", "+"))
            ),
            Context(),
        )
    assert loki.streams() == [OTHER_LABELS]
    gone, faulty_one, delivered = logged(capsys)
    assert "ZeroDivisionError: a fault" in faulty_one["traceback"]
    assert "traceback" not in gone
    assert "traceback" not in delivered
