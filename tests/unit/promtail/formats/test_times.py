"""From a line to its time, with sample lines of the documentation of AWS."""

import json
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promtail.formats.cloudfront import CLOUDFRONT
from promtail.formats.cloudtrail import CLOUDTRAIL
from promtail.formats.format import NO_TIME, NOT_A_RECORD, Format
from promtail.formats.guardduty import GUARDDUTY
from promtail.formats.msk import MSK
from promtail.formats.s3_access import S3_ACCESS
from promtail.formats.vpc_flow import VPC_FLOW
from promtail.formats.waf import WAF

FORMATS: list[Format] = [VPC_FLOW, CLOUDTRAIL, CLOUDFRONT, WAF, GUARDDUTY, MSK, S3_ACCESS]
SECOND = 1_000_000_000


def times(log_format: Format, *lines: bytes) -> list[int]:
    """The times of lines, which are the same whether they come together or one by one."""
    together = log_format.timer().times(list(lines))
    timer = log_format.timer()
    assert together == [time for line in lines for time in timer.times([line])]
    return together


FLOW_HEADER = (
    b"version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action "
    b"log-status"
)
FLOW_ACCEPT = (
    b"2 123456789010 eni-1235b8ca123456789 172.31.16.139 172.31.16.21 20641 22 6 20 4249 1418530010 1418530070 "
    b"ACCEPT OK"
)
FLOW_NODATA = b"2 123456789010 eni-1235b8ca123456789 - - - - - - - 1431280876 1431280934 - NODATA"
FLOW_SKIPDATA = b"2 123456789010 eni-11111111aaaaaaaaa - - - - - - - 1431280876 1431280934 - SKIPDATA"
TRANSIT_HEADER = (
    b"version resource-type account-id tgw-id tgw-attachment-id srcaddr packets start end log-status"
)
TRANSIT_RECORD = b"6 TransitGateway 123456789012 tgw-0b tgw-attach-0c 10.0.0.1 5 1650000001 1650000060 OK"


def test_a_flow_record_has_the_time_of_its_start() -> None:
    assert times(VPC_FLOW, FLOW_HEADER, FLOW_ACCEPT, FLOW_NODATA, FLOW_SKIPDATA) == [
        NOT_A_RECORD,
        1418530010 * SECOND,
        1431280876 * SECOND,
        1431280876 * SECOND,
    ]


@pytest.mark.parametrize(
    ("header", "record", "time"),
    [
        (TRANSIT_HEADER, TRANSIT_RECORD, 1650000001 * SECOND),
        (b"vpc-id start srcaddr end", b"vpc-1 1418530010 10.0.0.1 1418530070", 1418530010 * SECOND),
        (b"end start", b"1418530070 1418530010", 1418530010 * SECOND),
        (b"end start", b"1418530070 -", 1418530070 * SECOND),
        (b"srcaddr end", b"10.0.0.1 1418530070", 1418530070 * SECOND),
        (b"start", b"1418530010", 1418530010 * SECOND),
        (b"account_id start", b"1 1418530010", 1418530010 * SECOND),
        (b"srcaddr dstaddr", b"10.0.0.1 10.0.0.2", NO_TIME),
        (b"start end", b"- -", NO_TIME),
        (b"version start", b"2", NO_TIME),
        (b"version start", b"2 99999999999", NO_TIME),
    ],
)
def test_the_first_line_names_the_fields_of_a_flow_log(header: bytes, record: bytes, time: int) -> None:
    assert times(VPC_FLOW, header, record, record) == [NOT_A_RECORD, time, time]


def test_a_flow_log_without_a_header_has_the_default_fields_and_loses_no_line() -> None:
    assert times(VPC_FLOW, FLOW_ACCEPT, FLOW_NODATA) == [1418530010 * SECOND, 1431280876 * SECOND]


def test_a_header_that_comes_again_is_no_record() -> None:
    assert times(VPC_FLOW, FLOW_HEADER, FLOW_ACCEPT, FLOW_HEADER, FLOW_ACCEPT)[2] == NOT_A_RECORD


@pytest.mark.parametrize(
    ("record", "time"),
    [
        (b'{"eventVersion":"1.08","eventTime":"2023-07-19T21:17:28Z"}', 1689801448 * SECOND),
        # Another time stands before that of the event, and within one.
        (
            b'{"userIdentity":{"eventTime":"2020-01-01T00:00:00Z"},"eventTime":"2023-07-19T21:17:28Z"}',
            1689801448 * SECOND,
        ),
        (b'{"requestParameters":{"eventTime":"2023-07-19T21:17:28Z"}}', NO_TIME),
        (b'{"eventTime":1689801448}', NO_TIME),
        (b'{"eventTime":"\\ud800"}', NO_TIME),
        (b'{"eventTime":"1969-12-31T23:59:59.999999998Z"}', NO_TIME),
        (b'{"eventTime":"2500-01-01T00:00:00Z"}', NO_TIME),
        (b'["eventTime"]', NO_TIME),
        (b'{"eventTime":"2023-07-19T21:17:28Z"', NO_TIME),
    ],
)
def test_a_cloudtrail_record_has_the_time_of_its_event(record: bytes, time: int) -> None:
    assert times(CLOUDTRAIL, record) == [time]


CLOUDFRONT_VERSION = b"#Version: 1.0"
CLOUDFRONT_FIELDS = b"#Fields: date time x-edge-location sc-bytes c-ip cs-method"
CLOUDFRONT_LINE = (
    b"2019-12-04\t21:02:31\tLAX1\t392\t192.0.2.100\tGET\td111111abcdef8.cloudfront.net\t/index.html\t200"
)


def test_a_cloudfront_line_has_its_date_and_time() -> None:
    assert times(CLOUDFRONT, CLOUDFRONT_VERSION, CLOUDFRONT_FIELDS, CLOUDFRONT_LINE, CLOUDFRONT_LINE) == [
        NOT_A_RECORD,
        NOT_A_RECORD,
        1575493351 * SECOND,
        1575493351 * SECOND,
    ]


@pytest.mark.parametrize(
    ("fields", "line", "time"),
    [
        (b"#Fields: c-ip time sc-status date", b"192.0.2.1\t21:02:31\t200\t2019-12-04", 1575493351 * SECOND),
        (b"#Fields: date time c-ip", b"2019-12-04 21:02:31 192.0.2.1", 1575493351 * SECOND),
        (b"#Fields: date time c-ip", b"2019-12-04,21:02:31,192.0.2.1", 1575493351 * SECOND),
        (b"#Fields: c-ip sc-status", b"2019-12-04\t21:02:31", NO_TIME),
        (b"#Fields: c-ip date time", b"192.0.2.1\t2019-12-04", NO_TIME),
        (b"#Fields: c-ip date time", b"192.0.2.1\t-\t-", NO_TIME),
        (b"#Fields: date time", b"2019-02-30\t21:02:31", NO_TIME),
    ],
)
def test_the_fields_line_names_the_columns_of_a_cloudfront_log(fields: bytes, line: bytes, time: int) -> None:
    assert times(CLOUDFRONT, fields, line) == [NOT_A_RECORD, time]


@pytest.mark.parametrize(
    ("line", "time"),
    [
        (CLOUDFRONT_LINE, 1575493351 * SECOND),
        (b'{"date":"2019-12-04","time":"21:02:31","c-ip":"192.0.2.1"}', 1575493351 * SECOND),
        (b'{"timestamp(ms)":"1575493351123"}', 1575493351123 * SECOND // 1000),
        (b'{"timestamp(ms)":1575493351123}', 1575493351123 * SECOND // 1000),
        (b'{"date":"2019-12-04"}', NO_TIME),
        (b'{"date":"\\ud800","time":"21:02:31"}', NO_TIME),
        (b"{", NO_TIME),
    ],
)
def test_cloudfront_lines_without_a_header_tell_their_time_too(line: bytes, time: int) -> None:
    assert times(CLOUDFRONT, line) == [time]


@pytest.mark.parametrize(
    ("line", "time"),
    [
        (b'{"timestamp":1576280412771,"formatVersion":1,"webaclId":"arn:aws:wafv2"}', 1576280412771),
        (b'{"formatVersion": 1, "timestamp": 1576280412771}', 1576280412771),
        (b'{"uri":"\\"timestamp\\":1","timestamp":1576280412771}', 1576280412771),
        (b'{"httpRequest":{"timestamp":1},"timestamp":1576280412771}', 1576280412771),
    ],
)
def test_a_waf_line_has_its_milliseconds(line: bytes, time: int) -> None:
    assert times(WAF, line) == [time * SECOND // 1000]


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"{}",
        b'{"timestamp":-1}',
        b'{"timestamp":true}',
        b'{"timestamp":1.5}',
        b'{"timestamp":"now"}',
        b'{"timestamp":99999999999999999999,"a":1}',
        b'{"timestamp":' + b"9" * 5000 + b"}",
        b'{"timestamp":1576280412771',
        b"[" * 100_000,
    ],
)
def test_a_waf_line_without_a_readable_time_has_none(line: bytes) -> None:
    assert times(WAF, line) == [NO_TIME]


def test_a_guardduty_finding_has_the_time_of_its_last_update() -> None:
    finding = {
        "schemaVersion": "2.0",
        "createdAt": "2024-05-29T00:00:00.000Z",
        "updatedAt": "2024-05-30T11:22:33.456Z",
        "service": {
            "eventFirstSeen": "2024-05-28T00:00:00.000Z",
            "eventLastSeen": "2024-05-30T11:00:00.000Z",
        },
    }
    assert times(GUARDDUTY, json.dumps(finding).encode()) == [1717068153_456_000_000]
    del finding["updatedAt"]
    assert times(GUARDDUTY, json.dumps(finding).encode()) == [1716940800 * SECOND]
    del finding["createdAt"]
    assert times(GUARDDUTY, json.dumps(finding).encode()) == [NO_TIME]


def test_a_line_of_a_stack_trace_has_the_time_of_the_line_before_it() -> None:
    assert times(
        MSK,
        b"\tat before.anything",
        b"[2025-07-04 11:57:55,836] INFO [Broker id=1] started (kafka.server.KafkaServer)",
        b"[2025-07-04 11:57:55,839] ERROR failed (kafka.server.KafkaServer)",
        b"java.io.IOException: [2020-01-01 00:00:00,000] closed",
        b"\tat kafka.Server.run(Server.java:1)",
        b"",
        b"[2025-13-04 11:57:55,839] no such month",
        b"[2025-07-04 11:57:56,000] INFO again",
    ) == [
        NO_TIME,
        1751630275_836_000_000,
        *[1751630275_839_000_000] * 5,
        1751630276 * SECOND,
    ]


S3_LINE = (
    b"79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be amzn-s3-demo-bucket1 "
    b'[06/Feb/2019:00:00:38 +0000] 192.0.2.3 - 3E57427F3EXAMPLE REST.GET.VERSIONING - "GET / HTTP/1.1" 200 - 113 - 7'
)


@pytest.mark.parametrize(
    ("line", "time"),
    [
        (S3_LINE, 1549411238 * SECOND),
        (S3_LINE.replace(b"+0000", b"+0100"), (1549411238 - 3600) * SECOND),
        (S3_LINE.replace(b"06/Feb", b"31/Feb"), NO_TIME),
        (b"- - - 192.0.2.3 [06/Feb/2019:00:00:38 +0000]", NO_TIME),
        (b"owner bucket [", NO_TIME),
        (b" " * 100_000, NO_TIME),
    ],
)
def test_an_s3_access_line_has_the_time_in_brackets(line: bytes, time: int) -> None:
    assert times(S3_ACCESS, line) == [time]


@pytest.mark.parametrize("log_format", FORMATS, ids=lambda each: each.name)
@given(lines=st.lists(st.binary(max_size=60)))
def test_no_bytes_raise(log_format: Format, lines: list[bytes]) -> None:
    found = times(log_format, *lines)
    assert len(found) == len(lines)
    assert all(time >= NOT_A_RECORD for time in found)


_PARTS = st.sampled_from(
    [
        b"#Fields:",
        b" ",
        b"\t",
        b"date",
        b"time",
        b"start",
        b"2019-12-04",
        b"21:02:31",
        b"{",
        b'"timestamp":',
        b"[",
        b"9",
    ]
)


@pytest.mark.parametrize("log_format", FORMATS, ids=lambda each: each.name)
@given(lines=st.lists(st.lists(_PARTS, max_size=8).map(b"".join), max_size=6))
def test_no_almost_right_lines_raise(log_format: Format, lines: list[bytes]) -> None:
    assert len(times(log_format, *lines)) == len(lines)


@pytest.mark.parametrize(
    "log_format", [each for each in FORMATS if each is not CLOUDTRAIL], ids=lambda each: each.name
)
def test_records_are_lines(log_format: Format) -> None:
    assert list(_records(log_format, b"a\nb", b"c\r\n\xff\n")) == [b"a", b"bc", b"\xef\xbf\xbd"]


def test_records_of_cloudtrail_are_those_of_its_document() -> None:
    assert list(_records(CLOUDTRAIL, b'{"Records":[{"a":', b' 1},{"b":2}]}')) == [b'{"a":1}', b'{"b":2}']


def _records(log_format: Format, *blocks: bytes) -> Iterator[bytes]:
    return (record for group in log_format.records(iter(blocks)) for record in group)
