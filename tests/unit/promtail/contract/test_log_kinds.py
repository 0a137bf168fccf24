"""The label table of lambda-promtail's contract: a row for each kind of log and layout of its keys.

Sample lines are after those of AWS's documentation, which the modules of `promtail.formats` name.
"""

import gzip
import json
from dataclasses import dataclass
from urllib.parse import quote_plus

import pytest

from promtail.handler import handler
from tests.harness.loki.receiver import LokiReceiver
from tests.unit.promtail.contract.events import (
    CLOUDWATCH_LABELS,
    KINESIS_LABELS,
    LOG_STREAM,
    TEN_OCLOCK,
    cloudwatch,
    kinesis,
    subscription,
)
from tests.unit.promtail.s3_double import S3Double
from tests.unit.promtail.scenario import BUCKET, Context, event, record

ACCOUNT = "222222222222"
LOGS = f"AWSLogs/{ACCOUNT}"
ELB = f"{LOGS}/elasticloadbalancing/eu-west-1/2025/06/02"
OWNED = f"{ACCOUNT}_elasticloadbalancing_eu-west-1"
SECOND = 1_000_000_000
BASE = TEN_OCLOCK * SECOND


def labels(log_type: str, source: str | None, owner: str | None = ACCOUNT) -> dict[str, str]:
    found = {"__aws_log_type": log_type}
    if source:
        found[f"__aws_{log_type}"] = source
    if owner:
        found[f"__aws_{log_type}_owner"] = owner
    return found


@dataclass(frozen=True)
class Row:
    """An object, and what Loki gets of it: every line with its time in nanoseconds after ten o'clock."""

    name: str
    key: str
    content: str
    labels: dict[str, str]
    entries: list[tuple[int, str]]


def row(
    name: str, key: str, stream: dict[str, str], *entries: tuple[int, str], header: tuple[str, ...] = ()
) -> Row:
    content = "".join(f"{line}\n" for line in (*header, *(line for _, line in entries)))
    return Row(name, key, content, stream, list(entries))


FLOW_HEADER = (
    "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action "
    "log-status"
)
FLOW = (
    f"2 {ACCOUNT} eni-1235b8ca 172.31.16.139 172.31.16.21 20641 22 6 20 4249 "
    f"{TEN_OCLOCK + 7} {TEN_OCLOCK + 67} ACCEPT OK"
)
FLOW_LABELS = labels("s3_vpc_flow", "fl-0123abcd")
TRAIL = [
    json.dumps({"eventVersion": "1.08", "eventTime": f"2025-06-02T10:00:0{n}Z"}, separators=(",", ":"))
    for n in (1, 2)
]
TRAIL_FILE = f"CloudTrail/eu-west-1/2025/06/02/{ACCOUNT}_CloudTrail_eu-west-1_20250602T1005Z_Ab12Cd34.json.gz"
TRAIL_ENTRIES = [(1 * SECOND, TRAIL[0]), (2 * SECOND, TRAIL[1])]
DOCUMENT = '{"Records":[' + ",".join(TRAIL) + "]}"

ROWS = [
    row(
        "ALB access",
        f"{ELB}/{OWNED}_app.shop-2.f1e2d3c4_20250602T1005Z_203.0.113.9_4k9x2m1q.log.gz",
        labels("s3_lb", "shop-2"),
        (
            1_000_001_000,
            "https 2025-06-02T10:00:01.000001Z app/shop-2/f1e2d3c4 198.51.100.1:4000 - -1 -1 -1 502 -",
        ),
    ),
    row(
        "ALB connection",
        f"{ELB}/conn_log_{OWNED}_app.shop-2.f1e2d3c4_20250602T1005Z_203.0.113.9_4k9x2m1q.log.gz",
        labels("s3_lb", "shop-2"),
        (
            2_514_108_000,
            '2025-06-02T10:00:02.514108Z 203.0.113.1 36280 443 TLSv1.2 ECDHE 4.036 "CN=a b" - - Success',
        ),
    ),
    row(
        "ALB health check",
        f"{ELB}/health_check_log_{OWNED}_app.shop-2.f1e2d3c4_20250602T1005Z_203.0.113.9_4k9x2m1q.log.gz",
        labels("s3_lb", "shop-2"),
        (
            3_000_000_000,
            "http 2025-06-02T10:00:03.000000Z 0.003 10.0.0.1:80 shop PASS 200 - app/shop-2/f1e2d3c4",
        ),
    ),
    row(
        "NLB, whose times have no Z",
        f"{ELB}/{OWNED}_net.edge-1.c6e77e28_20250602T1005Z_4k9x2m1q.log.gz",
        labels("s3_lb", "edge-1"),
        (
            4_000_000_000,
            "tls 2.0 2025-06-02T10:00:04 net/edge-1/c6e77e28 g3d4b5e8 72.21.218.154:51341 10.0.0.1:443 5",
        ),
    ),
    row(
        "CLB, named like an ALB",
        f"{ELB}/{OWNED}_apple-lb_20250602T1005Z_203.0.113.9_4k9x2m1q.log",
        labels("s3_lb", "apple-lb"),
        (
            5_945_958_000,
            "2025-06-02T10:00:05.945958Z apple-lb 192.0.2.1:2817 10.0.0.1:80 0.0 0.0 0.0 200 200 0 29",
        ),
    ),
    row(
        "load balancer behind a prefix with a space, in an organization",
        f"team a/AWSLogs/o-abc123/{ELB.removeprefix('AWSLogs/')}/{OWNED}_app.shop-2.f1e2d3c4_20250602T1005Z_203.0.113.9"
        "_4k9x2m1q.log.gz",
        labels("s3_lb", "shop-2"),
        (1_000_000_000, "https 2025-06-02T10:00:01.000000Z app/shop-2/f1e2d3c4 -"),
    ),
    row(
        "VPC flow log",
        f"{LOGS}/vpcflowlogs/eu-west-1/2025/06/02/{ACCOUNT}_vpcflowlogs_eu-west-1_fl-0123abcd_20250602T1005Z_1a2b.log.gz",
        FLOW_LABELS,
        (7 * SECOND, FLOW),
        header=(FLOW_HEADER,),
    ),
    row(
        "hourly VPC flow log",
        f"{LOGS}/vpcflowlogs/eu-west-1/2025/06/02/10/{ACCOUNT}_vpcflowlogs_eu-west-1_fl-0123abcd_20250602T1005Z_1a2b.log.gz",
        FLOW_LABELS,
        (7 * SECOND, FLOW),
        header=(FLOW_HEADER,),
    ),
    row(
        "VPC flow log in Hive's layout, with columns of one's choice",
        f"AWSLogs/aws-account-id={ACCOUNT}/aws-service=vpcflowlogs/aws-region=eu-west-1/year=2025/month=06/day=02/hour=10/"
        f"{ACCOUNT}_vpcflowlogs_eu-west-1_fl-0123abcd_20250602T1005Z_1a2b.log.gz",
        FLOW_LABELS,
        (8 * SECOND, f"{TEN_OCLOCK + 99} 10.0.0.1 {TEN_OCLOCK + 8}"),
        header=("end srcaddr start",),
    ),
    # lambda-promtail's label is random for each file; the region stands here instead.
    Row("CloudTrail", f"{LOGS}/{TRAIL_FILE}", DOCUMENT, labels("s3_cloudtrail", "eu-west-1"), TRAIL_ENTRIES),
    Row(
        "CloudTrail of an organization",
        f"AWSLogs/o-abc123/{ACCOUNT}/{TRAIL_FILE}",
        DOCUMENT,
        labels("s3_cloudtrail", "eu-west-1"),
        TRAIL_ENTRIES,
    ),
    row(
        "CloudFront",
        "team-cdn/E2K2LNL5N3WR51.2025-06-02-10.b54b57a6.gz",
        labels("s3_cloudfront", "E2K2LNL5N3WR51", "team-cdn"),
        (9 * SECOND, "2025-06-02\t10:00:09\tLAX1\t392\t192.0.2.100\tGET"),
        header=("#Version: 1.0", "#Fields: date time x-edge-location sc-bytes c-ip cs-method"),
    ),
    row(
        "WAF",
        f"{LOGS}/WAFLogs/eu-west-1/shop-acl/2025/06/02/10/00/{ACCOUNT}_waflogs_eu-west-1_shop-acl_20250602T1000Z_1a2b.log.gz",
        labels("s3_waf", "shop-acl"),
        (123_000_000, f'{{"timestamp":{TEN_OCLOCK}123,"formatVersion":1,"action":"BLOCK"}}'),
    ),
    row(
        "GuardDuty",
        f"{LOGS}/GuardDuty/eu-west-1/2025/06/02/5c6d7e8f.jsonl.gz",
        labels("s3_guardduty", None),
        (
            1_500_000_000,
            '{"id":"a","createdAt":"2025-06-02T09:00:00.000Z","updatedAt":"2025-06-02T10:00:01.500Z"}',
        ),
    ),
    row(
        "MSK, with a stack trace",
        f"{LOGS}/KafkaBrokerLogs/eu-west-1/shop-01234567-89ab-cdef-0123-456789abcdef-3/2025-06-02-10/"
        "Broker-1_10-00_1a2b.log.gz",
        labels("s3_msk", None),
        (250_000_000, "[2025-06-02 10:00:00,250] ERROR failed (kafka.server.X)"),
        (250_000_001, "    at kafka.server.X.run(X.scala:1)"),
    ),
    row(
        "S3 server access log",
        "access/2025-06-02-10-05-00-0123456789ABCDEF",
        labels("s3_access", BUCKET, None),
        (6 * SECOND, f"79a59df9 {BUCKET} [02/Jun/2025:12:00:06 +0200] 192.0.2.3 - 3E57 REST.GET.OBJECT a -"),
    ),
    row(
        "S3 server access log, partitioned by date",
        f"access/{ACCOUNT}/eu-west-1/shop-assets/2025/06/02/2025-06-02-10-05-00-0123456789ABCDEF",
        labels("s3_access", "shop-assets"),
        (
            6 * SECOND,
            "79a59df9 shop-assets [02/Jun/2025:10:00:06 +0000] 192.0.2.3 - 3E57 REST.GET.OBJECT a -",
        ),
    ),
]


@pytest.mark.parametrize("case", ROWS, ids=lambda case: case.name)
def test_every_kind_of_object_has_the_labels_and_times_of_the_contract(
    s3: S3Double, loki: LokiReceiver, case: Row
) -> None:
    content = case.content.encode()
    s3.objects[f"{BUCKET}/{case.key}"] = gzip.compress(content) if case.key.endswith(".gz") else content
    encoded = quote_plus(case.key, safe="/")
    assert handler(event(record(encoded)), Context()) == {"delivered": 1, "lines_sent": len(case.entries)}
    assert loki.streams() == [case.labels]
    received = [(entry.timestamp - BASE, entry.line) for entry in loki.entries()]
    assert received == case.entries


@pytest.mark.parametrize("keep_stream", [False, True])
def test_cloudwatch_logs_have_the_labels_and_times_of_the_contract(
    loki: LokiReceiver, monkeypatch: pytest.MonkeyPatch, keep_stream: bool
) -> None:
    monkeypatch.setenv("KEEP_STREAM", str(keep_stream).lower())
    assert handler(cloudwatch("one", "two"), Context()) == {"delivered": 1, "lines_sent": 2}
    kept = {"__aws_cloudwatch_log_stream": LOG_STREAM} if keep_stream else {}
    assert loki.streams() == [{"__aws_log_type": "cloudwatch", **CLOUDWATCH_LABELS, **kept}]
    received = [(entry.timestamp - BASE, entry.line) for entry in loki.entries()]
    assert received == [(0, "one"), (1_000_000, "two")]


@pytest.mark.parametrize("keep_stream", [False, True])
def test_kinesis_has_the_labels_and_times_of_the_contract(
    loki: LokiReceiver, monkeypatch: pytest.MonkeyPatch, keep_stream: bool
) -> None:
    monkeypatch.setenv("KEEP_STREAM", str(keep_stream).lower())
    answer = handler(kinesis(subscription("one", "two"), b"by itself"), Context())
    assert answer == {"delivered": 1, "lines_sent": 3, "batchItemFailures": []}
    kept = {"__aws_cloudwatch_log_stream": LOG_STREAM} if keep_stream else {}
    subscribed = {**KINESIS_LABELS, **CLOUDWATCH_LABELS, **kept}
    received = [(dict(entry.labels), entry.timestamp - BASE, entry.line) for entry in loki.entries()]
    assert sorted(received, key=str) == sorted(
        [
            (subscribed, 0, "one"),
            (subscribed, 1_000_000, "two"),
            (KINESIS_LABELS, 2_000_000, "by itself"),
        ],
        key=str,
    )
