"""What is fuzzed: each target reads bytes, and raises when something is wrong that no documented error names."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator

import atheris

with atheris.instrument_imports(include=["promtail"]):
    from promtail.content.load_balancer import ContentOptions, content_for
    from promtail.errors import CorruptObjectError, EventError
    from promtail.formats import classify
    from promtail.formats.cloudfront import CLOUDFRONT
    from promtail.formats.cloudtrail import CLOUDTRAIL
    from promtail.formats.elb import ALB_ACCESS, CLB, NLB
    from promtail.formats.format import NOT_A_RECORD, LogFile, SkipReason
    from promtail.formats.guardduty import GUARDDUTY
    from promtail.formats.msk import MSK
    from promtail.formats.s3_access import S3_ACCESS
    from promtail.formats.vpc_flow import VPC_FLOW
    from promtail.formats.waf import WAF
    from promtail.push.distinct import DistinctTimes
    from promtail.reading.decode import BLOCK_BYTES, decode
    from promtail.reading.lines import split_lines
    from promtail.triggers import read_event

_LINE_FORMATS = (ALB_ACCESS, NLB, CLB, VPC_FLOW, CLOUDFRONT, WAF, GUARDDUTY, MSK, S3_ACCESS)
_CONTENTS = [
    content
    for kind in ("alb_access", "alb_connection", "alb_health_check", "nlb", "clb")
    if (
        content := content_for(
            ContentOptions(
                structured_metadata=("client_ip", "method", "path"),
                labels=("log_kind", "status_class"),
                output_format="json",
                redact=("client_ip", "query_string"),
            ),
            kind,
        )
    )
]


def keys(data: bytes) -> None:
    """Any key is a log or skipped; whatever its labels are, they are text."""
    found = classify(data.decode("utf-8", "replace"), "bucket")
    assert isinstance(found, LogFile | SkipReason)
    if isinstance(found, LogFile):
        assert all(isinstance(value, str) for value in found.labels.values())


def lines(data: bytes) -> None:
    """Any bytes are lines of valid UTF-8, each with a time or none, and nothing is lost but line ends."""
    step = data[0] + 1 if data else 1
    blocks = [data[start : start + step] for start in range(1, len(data), step)]
    expected = data[1:].split(b"\n")
    if not expected[-1]:
        expected.pop()
    for log_format in _LINE_FORMATS:
        timer, distinct = log_format.timer(), DistinctTimes()
        found: list[bytes] = []
        adjusted: list[int] = []
        for group in split_lines(iter(blocks)):
            times = timer.times(group)
            assert len(times) == len(group)
            assert all(time >= NOT_A_RECORD for time in times)
            adjusted += distinct.adjust([max(time, 0) for time in times])
            found += group
        assert len(set(adjusted)) == len(adjusted)
        assert [line.removesuffix(b"\r").decode("utf-8", "replace").encode() for line in expected] == found


def contents(data: bytes) -> None:
    """Typed content takes any line, and gives valid columns."""
    texts = [line for line in data.decode("utf-8", "replace").encode().split(b"\n") if line]
    for content in _CONTENTS:
        groups, dropped = content.apply(list(texts), list(range(len(texts))))
        assert sum(len(group.texts) for group in groups) + dropped.total() == len(texts)
        for group in groups:
            assert len(group.texts) == len(group.times)
            assert group.rows is None or all(len(row) == len(content.names) for row in group.rows)
            for text in group.texts:
                text.decode()


def objects(data: bytes) -> None:
    """Any object is unpacked in bounded blocks, or found to be corrupt; the same for CloudTrail's JSON."""

    def chunks() -> Iterator[bytes]:
        for start in range(0, len(data), 7):
            yield data[start : start + 7]

    try:
        for block in decode(chunks()):
            assert 0 < len(block) <= BLOCK_BYTES
    except CorruptObjectError:
        pass
    try:
        for group in CLOUDTRAIL.records(chunks()):
            for record in group:
                record.decode()
            CLOUDTRAIL.timer().times(group)
    except CorruptObjectError:
        pass


def events(data: bytes) -> None:
    """Any JSON is an event, or refused as one."""
    try:
        event = json.loads(data)
    except (ValueError, RecursionError):
        return
    with contextlib.suppress(EventError):
        read_event(event)


TARGETS: dict[str, tuple[Callable[[bytes], None], tuple[bytes, ...]]] = {
    "keys": (
        keys,
        (
            b"AWSLogs/222222222222/elasticloadbalancing/eu-west-1/2025/06/02/222222222222_elasticloadbalancing_"
            b"eu-west-1_app.shop.f1e2_20250602T1005Z_203.0.113.9_4k9x.log.gz",
            b"AWSLogs/o-abc/222222222222/CloudTrail/eu-west-1/2025/06/02/222222222222_CloudTrail_eu-west-1_"
            b"20250602T1005Z_4k9x.json.gz",
            b"AWSLogs/aws-account-id=222222222222/aws-service=vpcflowlogs/aws-region=eu-west-1/year=2025/month=06/day=02/x",
        ),
    ),
    "lines": (
        lines,
        (
            b"\x10https 2025-06-02T10:04:59.999999Z app/a/b\r\nx\n",
            b"\x03tls 2.0 2025-06-02T10:04:59 n\n",
            b"\x40version account-id start end\n2 222222222222 1748858699 1748858700\n",
            b"\x40#Version: 1.0\n#Fields: date time x\n2025-06-02\t10:04:59\tx\n",
            b'\x40{"timestamp":1748858699123,"updatedAt":"2025-06-02T10:04:59.1Z"}\n',
            b"\x40[2025-06-02 10:04:59,123] INFO x\n\tat y\nowner bucket [02/Jun/2025:10:04:59 +0000] -\n",
        ),
    ),
    "contents": (
        contents,
        (
            b"https 2025-06-02T10:04:59.999999Z app/a/b 192.0.2.1:5 10.0.0.1:80 0.1 0.2 0.3 200 200 1 2 "
            b'"GET https://a:443/b?c=d HTTP/2.0" "agent \\" x" - - arn "Root=1" "a" "-" 1 2025-06-02T10:04:59.9Z '
            b'"forward" "-" "-" "10.0.0.1:80" "200" "-" "-" TID_1',
        ),
    ),
    "objects": (objects, (b"\x1f\x8b\x08\x00", b'{"Records": [{"eventTime": "2025-06-02T10:04:59Z"}, {}]}')),
    "events": (
        events,
        (
            b'{"Records": [{"eventSource": "aws:s3", "s3": {"bucket": {"name": "b"}, "object": {"key": "k"}}}]}',
            b'{"Records": [{"eventSource": "aws:sqs", "messageId": "1", "body": "{}"}]}',
            b'{"source": "aws.s3", "detail-type": "Object Created", "detail": {"bucket": {"name": "b"}}}',
            b'{"awslogs": {"data": "H4sIAAAAAAAAAwMAAAAAAAAAAAA="}}',
        ),
    ),
}
