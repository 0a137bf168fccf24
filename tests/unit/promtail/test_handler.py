"""The whole function: an event in, S3 and Loki over HTTP, lines out, one log line an object."""

import gzip
import json
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest

from promtail import handler as function
from promtail.aws import READ_TIMEOUT_SECONDS
from promtail.errors import ConfigurationError, DeliveryError, EventError
from promtail.formats import classify
from promtail.handler import handler
from promtail.settings.variables import VARIABLES
from tests.harness.loki.receiver import LokiReceiver
from tests.samples.alb_access import LoadBalancer, gzipped, lines
from tests.unit.promtail.s3_double import LAST_MODIFIED_NS, S3Double
from tests.unit.promtail.scenario import BUCKET, END, KEY, LABELS, Context, event, record

LINES = list(lines(300, END))


class RunningContext(Context):
    """A context whose time passes: so many seconds from now on."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self._end = time.monotonic() + seconds

    def get_remaining_time_in_millis(self) -> int:
        return int((self._end - time.monotonic()) * 1_000)


class WatchedContext(Context):
    """A context whose time is used up when it was looked at so often."""

    def __init__(self, looks: int) -> None:
        super().__init__()
        self._looks = looks

    def get_remaining_time_in_millis(self) -> int:
        self._looks -= 1
        return 60_000 if self._looks >= 0 else 0


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
    for variable in VARIABLES:
        if variable.name != "WRITE_ADDRESS":
            monkeypatch.delenv(variable.name, raising=False)


def logged(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_an_object_is_delivered(s3: S3Double, loki: LokiReceiver, capsys: pytest.CaptureFixture[str]) -> None:
    s3.objects[f"{BUCKET}/{KEY}"] = gzipped(iter(LINES))
    assert handler(event(record()), Context()) == {"delivered": 1, "lines_sent": 300}
    assert [entry.line for entry in loki.entries()] == LINES
    assert loki.streams() == [LABELS]
    (line,) = logged(capsys)
    metrics = {metric["Name"] for metric in line["_aws"]["CloudWatchMetrics"][0]["Metrics"]}
    others = metrics | {"_aws", "FunctionName", "timestamp", "duration_ms", "bytes_sent", "delay_seconds"}
    assert {name: line[name] for name in line if name not in others} == {
        "level": "INFO",
        "message": "Object delivered.",
        "bucket": BUCKET,
        "key": KEY,
        "kind": "alb_access",
        "outcome": "delivered",
        "reason": None,
        "lines_read": 300,
        "lines_sent": 300,
        "lines_dropped": {},
        "lines_refused": {},
        "lines_cut": 0,
        "lines_without_timestamp": 0,
        "parked_pushes": 0,
        "parked": [],
        "bytes_read": sum(len(line) + 1 for line in LINES),
        "pushes": len(loki.requests),
        "requests": len(loki.requests),
        "retries": 0,
        "resumed_at": 0,
    }
    assert (line["ObjectsDelivered"], line["LinesSent"]) == (1, 300)
    assert line["delay_seconds"] > 0
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
    for content in (b"", gzip.compress(b""), b"\n\r\n", gzip.compress(b"\n\n")):
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
    assert (line["lines_read"], line["lines_sent"], line["lines_without_timestamp"]) == (3, 2, 1)
    assert line["lines_dropped"] == {"empty": 1}


def test_test_objects_and_foreign_keys_are_skipped_without_being_read(
    s3: S3Double, loki: LokiReceiver, capsys: pytest.CaptureFixture[str]
) -> None:
    keys = ["AWSLogs/222222222222/ELBAccessLogTestFile", "notes/readme.txt"]
    assert handler(event(*map(record, keys)), Context()) == {"skipped": 2, "lines_sent": 0}
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
    assert handler(event(record(key)), Context()) == {"skipped": 1, "lines_sent": 0}
    (line,) = logged(capsys)
    assert (line["key"], line["outcome"], line["reason"], line["level"]) == (
        key,
        "skipped",
        "unknown_layout",
        "WARN",
    )
    assert "its lines are missing in Loki: update the function, or report the layout" in line["message"]
    assert s3.reads == []
    assert loki.requests == []


def test_the_test_event_is_ignored(loki: LokiReceiver) -> None:
    assert handler({"Service": "Amazon S3", "Event": "s3:TestEvent"}, Context()) == {"lines_sent": 0}
    assert loki.requests == []


def test_another_event_is_refused() -> None:
    with pytest.raises(EventError, match="The event is of no known kind"):
        handler({"detail": {"secret": 1}}, Context())


def test_a_failure_does_not_cost_the_other_objects(
    s3: S3Double, loki: LokiReceiver, capsys: pytest.CaptureFixture[str]
) -> None:
    gone = LoadBalancer(name="gone").key(END)
    denied = LoadBalancer(name="denied").key(END)
    s3.objects[f"{BUCKET}/{KEY}"] = gzipped(iter(LINES))
    s3.refusals[f"{BUCKET}/{denied}"] = "AccessDenied"
    foreign = {"eventSource": "aws:ses", "body": "x"}
    with pytest.raises(DeliveryError) as failed:
        handler(event(record(gone), foreign, record(denied), record()), Context())
    message = str(failed.value)
    assert message.startswith("3 of 4 sources were not delivered completely. ")
    assert f"s3://{BUCKET}/{gone}: The object is gone (NoSuchKey)" in message
    assert f"s3://{BUCKET}/{denied}: S3 refused to give the object: AccessDenied" in message
    assert "aws:ses" in message
    assert [entry.line for entry in loki.entries()] == LINES
    assert [line["outcome"] for line in logged(capsys)] == ["failed", "failed", "failed", "delivered"]


@pytest.mark.parametrize("cut", [1, 9, 30, 5_000, -9, -1])
def test_a_cut_off_object_fails_after_its_readable_lines(s3: S3Double, loki: LokiReceiver, cut: int) -> None:
    s3.objects[f"{BUCKET}/{KEY}"] = gzipped(iter(LINES))[:cut]
    with pytest.raises(DeliveryError, match=f"s3://{BUCKET}/{KEY}: The gzip data ends too early"):
        handler(event(record()), Context())
    arrived = [entry.line for entry in loki.entries()]
    assert arrived == LINES[: len(arrived)]


def test_a_connection_that_breaks_again_and_again_fails(s3: S3Double) -> None:
    s3.objects[f"{BUCKET}/{KEY}"] = gzipped(iter(LINES))
    s3.cut_after[f"{BUCKET}/{KEY}"] = 0
    with pytest.raises(DeliveryError, match="could not be read to its end"):
        handler(event(record()), Context())


def test_a_dropped_connection_costs_nothing(s3: S3Double, loki: LokiReceiver) -> None:
    s3.objects[f"{BUCKET}/{KEY}"] = gzipped(iter(LINES))
    s3.cuts[f"{BUCKET}/{KEY}"] = [2_000, 5_000]
    assert handler(event(record()), Context())["delivered"] == 1
    assert [entry.line for entry in loki.entries()] == LINES


def test_what_loki_refuses_is_an_error_of_the_log_and_not_of_the_invocation(
    s3: S3Double, capsys: pytest.CaptureFixture[str]
) -> None:
    # Sent again, Loki would refuse it again.
    s3.objects[f"{BUCKET}/{KEY}"] = b"http 2020-06-02T10:04:00Z long ago, s3cr3t\n"
    assert handler(event(record()), Context()) == {"refused": 1, "lines_sent": 0}
    out = capsys.readouterr().out
    line = json.loads(out)
    assert (line["level"], line["outcome"]) == ("ERROR", "refused")
    assert line["lines_refused"] == {"greater_than_max_sample_age": 1}
    assert "Loki refused a push with 400: " in line["first_refusal"]
    assert "too old" in line["first_refusal"]
    assert "not parked: set REFUSED_DESTINATION" in line["message"]
    assert "s3cr3t" not in out


def test_one_refused_line_does_not_cost_the_other_lines(
    s3: S3Double, loki: LokiReceiver, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BATCH_SIZE", "20000")
    old = "https 2025-05-20T10:04:00.000000Z app/shop-2/f1e2d3c4b5a69788 too old for Loki"
    s3.objects[f"{BUCKET}/{KEY}"] = gzipped(iter([*LINES[:150], old, *LINES[150:]]))
    assert handler(event(record()), Context())["refused"] == 1
    assert [entry.line for entry in loki.entries()] == LINES
    statuses = [request.status for request in loki.requests]
    assert statuses.count(400) == 1
    assert len(statuses) > 5
    (line,) = logged(capsys)
    assert line["lines_read"] == 301
    # Loki does not say of a single line whether others of its push were refused as well: all of them count.
    assert line["lines_sent"] + sum(line["lines_refused"].values()) == 301
    assert 0 < line["lines_refused"]["greater_than_max_sample_age"] < 100
    assert line["pushes"] == len(statuses) - 1


@pytest.mark.parametrize("status", [400, 422])
def test_of_several_refusals_the_first_is_told_and_all_are_counted(
    s3: S3Double,
    loki: LokiReceiver,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    status: int,
) -> None:
    monkeypatch.setenv("BATCH_SIZE", "20000")
    monkeypatch.setenv("PUSH_CONCURRENCY", "1")
    s3.objects[f"{BUCKET}/{KEY}"] = gzipped(iter(LINES))
    loki.fail_next(status=status, text="told to fail: timestamp too old")
    loki.fail_next(status=422 if status == 400 else 400, text="told to fail: timestamp too old")
    handler(event(record()), Context())
    (line,) = logged(capsys)
    assert line["first_refusal"].startswith(f"Loki refused a push with {status}: told to fail")
    assert line["pushes"] == len(loki.requests) - 2
    assert [entry.line for entry in loki.entries()] == LINES[
        line["lines_refused"]["greater_than_max_sample_age"] :
    ]
    assert line["lines_sent"] == len(loki.entries())


@pytest.mark.parametrize("status", [401, 403, 404, 413])
def test_a_refusal_of_the_way_of_sending_ends_the_object_at_once(
    s3: S3Double,
    loki: LokiReceiver,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    status: int,
) -> None:
    monkeypatch.setenv("BATCH_SIZE", "10000")
    monkeypatch.setenv("PUSH_CONCURRENCY", "1")
    s3.objects[f"{BUCKET}/{KEY}"] = gzipped(iter(LINES))
    loki.fail_next(status=400, text="timestamp too old")
    loki.fail_next(status=status)
    with pytest.raises(DeliveryError, match=rf"Loki refused a push with {status}: told to fail"):
        handler(event(record()), Context())
    assert [request.status for request in loki.requests[:2]] == [400, status]
    assert len(loki.requests) <= 3  # What was in flight is not called back.
    (line,) = logged(capsys)
    assert line["outcome"] == "failed"
    assert 0 < line["lines_refused"]["greater_than_max_sample_age"] < 100


def test_loki_comes_back(s3: S3Double, loki: LokiReceiver, capsys: pytest.CaptureFixture[str]) -> None:
    s3.objects[f"{BUCKET}/{KEY}"] = gzipped(iter(LINES))
    loki.fail_next(status=503)
    handler(event(record()), Context())
    assert [entry.line for entry in loki.entries()] == LINES
    (line,) = logged(capsys)
    assert (line["requests"], line["retries"]) == (line["pushes"] + 1, 1)
    assert loki.requests[0].body == loki.requests[1].body


def test_the_same_event_again_sends_the_same_bytes(s3: S3Double, loki: LokiReceiver) -> None:
    s3.objects[f"{BUCKET}/{KEY}"] = gzipped(iter(LINES))
    handler(event(record()), Context())
    once = [request.body for request in loki.requests]
    handler(event(record()), Context())
    assert sorted(request.body for request in loki.requests) == sorted(once * 2)
    assert len(loki.entries()) == len(LINES)


def test_no_time_left(s3: S3Double) -> None:
    s3.objects[f"{BUCKET}/{KEY}"] = gzipped(iter(LINES))
    with pytest.raises(DeliveryError, match="time is used up"):
        handler(event(record()), Context(milliseconds=900))
    assert s3.reads == []


def test_a_stalling_object_ends_with_an_error_before_the_invocation_does(
    s3: S3Double, capsys: pytest.CaptureFixture[str]
) -> None:
    s3.objects[f"{BUCKET}/{KEY}"] = gzipped(iter(LINES))
    s3.stalls[f"{BUCKET}/{KEY}"] = 3_000
    begun = time.monotonic()
    with pytest.raises(DeliveryError, match=f"s3://{BUCKET}/{KEY}: The "):
        handler(event(record()), RunningContext(2.0))
    assert time.monotonic() - begun < READ_TIMEOUT_SECONDS
    assert [line["outcome"] for line in logged(capsys)] == ["failed"]


def test_lines_that_were_read_in_time_are_sent_before_the_time_is_used_up(
    s3: S3Double, loki: LokiReceiver, capsys: pytest.CaptureFixture[str]
) -> None:
    s3.objects[f"{BUCKET}/{KEY}"] = "".join(f"{line}\n" for line in LINES).encode() * 3
    s3.stalls[f"{BUCKET}/{KEY}"] = 150_000
    begun = time.monotonic()
    with pytest.raises(DeliveryError):
        handler(event(record()), RunningContext(5.0))
    assert time.monotonic() - begun < READ_TIMEOUT_SECONDS
    (line,) = logged(capsys)
    assert 0 < line["lines_sent"] < 900
    assert len(loki.entries()) == line["lines_sent"] == line["lines_read"]


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
    build = Mock(wraps=function.build_invocation)
    monkeypatch.setattr(function, "build_invocation", build)
    for _ in range(3):
        handler({"Event": "s3:TestEvent"}, Context())
    assert build.call_count == 1


def test_a_fault_of_ours_does_not_cost_the_other_objects(
    s3: S3Double, loki: LokiReceiver, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    s3.objects |= {f"{BUCKET}/{KEY}": gzipped(iter(LINES)), f"{BUCKET}/{OTHER_KEY}": gzipped(iter(LINES))}

    def faulty(key: str, bucket: str) -> Any:
        if key == KEY:
            raise ZeroDivisionError("a fault")
        return classify(key, bucket)

    monkeypatch.setattr("promtail.objects.classify", faulty)
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
    assert "by a fault of this function" in faulty_one["message"]
    assert "traceback" not in gone
    assert "traceback" not in delivered


def test_equal_lines_all_arrive(s3: S3Double, loki: LokiReceiver) -> None:
    s3.objects[f"{BUCKET}/{KEY}"] = gzipped(iter([LINES[0]] * 2_000))
    for _ in range(2):
        assert handler(event(record()), Context())["lines_sent"] == 2_000
    assert [entry.line for entry in loki.entries()] == [LINES[0]] * 2_000


def test_several_batches_are_in_flight_at_once(
    s3: S3Double, loki: LokiReceiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BATCH_SIZE", "10000")
    s3.objects[f"{BUCKET}/{KEY}"] = gzipped(iter(LINES))
    together = threading.Barrier(4, timeout=60)
    loki.fail_next(4, status=204, hold=together.wait)  # None is answered before all four have come.
    handler(event(record()), Context())
    assert loki.requests[0].status == 204
    assert [entry.line for entry in loki.entries()] == LINES


def test_metrics_may_be_turned_off(
    s3: S3Double, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("METRICS_NAMESPACE", "none")
    s3.objects[f"{BUCKET}/{KEY}"] = gzipped(iter(LINES))
    handler(event(record()), Context())
    (line,) = logged(capsys)
    assert "_aws" not in line


def test_a_source_that_a_rule_drops_is_skipped_without_being_read(
    s3: S3Double, loki: LokiReceiver, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(
        "RELABEL_CONFIGS", '[{"action": "drop", "source_labels": ["__aws_s3_lb"], "regex": "shop-.*"}]'
    )
    assert handler(event(record()), Context()) == {"skipped": 1, "lines_sent": 0}
    (line,) = logged(capsys)
    assert line["reason"] == "dropped_by_relabel_configs"
    assert (s3.reads, loki.requests) == ([], [])


def test_a_rest_of_an_object_is_delivered_by_what_its_event_says(
    s3: S3Double, loki: LokiReceiver, capsys: pytest.CaptureFixture[str]
) -> None:
    s3.objects[f"{BUCKET}/{KEY}"] = gzipped(iter(LINES))
    rest = {**record(), "albLoki": {"delivered": [[0, 100], [150, 200]], "only": [51, 250]}}
    assert handler(event(rest), Context()) == {"delivered": 1, "lines_sent": 100}
    assert [entry.line for entry in loki.entries()] == LINES[100:150] + LINES[200:250]
    (line,) = logged(capsys)
    assert (line["lines_read"], line["resumed_at"]) == (100, 150)


def test_parts_that_are_delivered_one_by_one_are_as_the_whole(s3: S3Double, loki: LokiReceiver) -> None:
    texts = [
        *LINES[:100],
        *LINES[:100],
        *LINES[50:],
    ]  # With equal lines, which are told apart by their times.
    s3.objects[f"{BUCKET}/{KEY}"] = gzipped(iter(texts))
    handler(event(record()), Context())
    whole = [(entry.timestamp, entry.line) for entry in loki.entries()]
    assert len(whole) == len(texts)
    for begin in range(0, len(texts), 90):
        rest = {**record(), "albLoki": {"only": [begin + 1, begin + 90]}}
        handler(event(rest), Context())
    # Loki keeps once what comes twice, with the same time.
    assert [(entry.timestamp, entry.line) for entry in loki.entries()] == whole


DAY_AS_TIME = json.dumps(
    [
        {"regex": {"expression": r"^\S+ (?P<day>\d{4}-\d{2}-\d{2})"}},
        {"limit": {"rate": 1, "burst": 100_000, "drop": False}},
        {"timestamp": {"source": "day", "format": "2006-01-02"}},
    ]
)
DAY_NS = 1_748_822_400 * 1_000_000_000  # 2025-06-02


@pytest.mark.parametrize("delivered", [3, 2_500])
def test_a_stage_that_sets_times_sees_lines_that_were_delivered_before(
    s3: S3Double, loki: LokiReceiver, monkeypatch: pytest.MonkeyPatch, delivered: int
) -> None:
    """Else later lines would get the times that Loki has of them already."""
    monkeypatch.setenv("LOKI_STAGE_CONFIGS", DAY_AS_TIME)
    s3.objects[f"{BUCKET}/{KEY}"] = "".join(f"{line}\n" for line in LINES * 10).encode()
    rest = {**record(), "albLoki": {"delivered": [[0, delivered]]}}
    assert handler(event(rest), Context())["lines_sent"] == 3_000 - delivered
    assert [entry.timestamp for entry in loki.entries()] == [
        DAY_NS + number for number in range(delivered, 3_000)
    ]


def test_other_stages_do_not_see_lines_that_were_delivered_before(
    s3: S3Double, loki: LokiReceiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A long object would come to its end ever more slowly else, or never."""
    monkeypatch.setenv("LOKI_STAGE_CONFIGS", '[{"limit": {"rate": 0.001, "burst": 5, "drop": true}}]')
    s3.objects[f"{BUCKET}/{KEY}"] = gzipped(iter(LINES))
    rest = {**record(), "albLoki": {"delivered": [[0, 3]]}}
    assert handler(event(rest), Context())["lines_sent"] == 5
    assert [entry.line for entry in loki.entries()] == LINES[3:8]


def test_little_that_becomes_much_does_not_outlive_the_invocation(s3: S3Double, loki: LokiReceiver) -> None:
    s3.objects[f"{BUCKET}/{KEY}"] = gzip.compress(b"\n" * 1_000_000)
    with pytest.raises(DeliveryError, match="time is used up"):
        handler(event(record()), WatchedContext(6))
    assert loki.requests == []


def test_a_plain_event_of_a_load_balancer_imports_nothing_that_it_does_not_need(loki: LokiReceiver) -> None:
    script = (
        "import json, os, sys\n"
        "from promtail.handler import handler\n"
        "class Context:\n"
        "    def get_remaining_time_in_millis(self): return 60000\n"
        "handler({'Event': 's3:TestEvent', 'Service': 'Amazon S3'}, Context())\n"
        "heavy = ('re2', 'jmespath', 'boto3', 'botocore', 'promtail.parking', 'promtail.formats.kinds',\n"
        "         'promtail.content.stages', 'promtail.content.relabel', 'promtail.content.load_balancer')\n"
        "print(json.dumps([name for name in heavy if name in sys.modules]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={
            "PYTHONPATH": str(Path(function.__file__).parents[1]),
            "WRITE_ADDRESS": loki.push_url,
        },
        capture_output=True,
        check=True,
        text=True,
    )
    assert json.loads(done.stdout) == []
