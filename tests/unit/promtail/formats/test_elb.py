"""Keys and lines of Elastic Load Balancing."""

from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from promtail.formats.elb import (
    ALB_ACCESS,
    ALB_CONNECTION,
    ALB_HEALTH_CHECK,
    CLB,
    NLB,
    ElbFormat,
    ElbTimer,
    classify,
)
from promtail.formats.format import NO_TIME, LogFile, SkipReason
from promtail.timestamp import parse_timestamp
from tests.samples.alb_access import LoadBalancer, lines
from tests.unit.promtail.scenario import END, LABELS

FOLDER = "AWSLogs/222222222222/elasticloadbalancing/eu-west-1/2025/06/02/"
OWNER = "222222222222_elasticloadbalancing_eu-west-1_"
END_IP_RAND = "_20250602T1005Z_203.0.113.9_4k9x2m1q"
KINDS = (ALB_ACCESS, ALB_CONNECTION, ALB_HEALTH_CHECK, NLB, CLB)


def log_file(kind: ElbFormat, name: str) -> LogFile:
    labels = {"__aws_log_type": "s3_lb", "__aws_s3_lb": name, "__aws_s3_lb_owner": "222222222222"}
    return LogFile(kind, labels, "222222222222", name)


# Keys


@pytest.mark.parametrize(
    ("file", "kind", "name"),
    [
        (f"{OWNER}app.shop.f1e2d3c4b5a69788{END_IP_RAND}.log.gz", ALB_ACCESS, "shop"),
        (f"{OWNER}app.shop-2-eu.f1e2d3c4b5a69788{END_IP_RAND}.log.gz", ALB_ACCESS, "shop-2-eu"),
        (f"{OWNER}app.2025.f1e2d3c4b5a69788{END_IP_RAND}.log.gz", ALB_ACCESS, "2025"),
        (f"{OWNER}app.app.f1e2d3c4b5a69788{END_IP_RAND}.log.gz", ALB_ACCESS, "app"),
        (f"{OWNER}app.shop.f1e2d3c4b5a69788{END_IP_RAND}.log", ALB_ACCESS, "shop"),
        (f"{OWNER}app.v6.f1e2d3c4b5a69788_20250602T1005Z_2001:db8::1_x.log.gz", ALB_ACCESS, "v6"),
        (f"conn_log_{OWNER}app.shop.f1e2d3c4b5a69788{END_IP_RAND}.log.gz", ALB_CONNECTION, "shop"),
        (f"conn_log.{OWNER}app.shop.f1e2d3c4b5a69788{END_IP_RAND}.log.gz", ALB_CONNECTION, "shop"),
        (
            f"health_check_log_{OWNER}app.shop.f1e2d3c4b5a69788{END_IP_RAND}.log.gz",
            ALB_HEALTH_CHECK,
            "shop",
        ),
        (
            f"health_check_log.{OWNER}app.shop.f1e2d3c4b5a69788{END_IP_RAND}.log.gz",
            ALB_HEALTH_CHECK,
            "shop",
        ),
        (f"{OWNER}net.shop-tls.f1e2d3c4b5a69788_20250602T1005Z_a1b2c3d4.log.gz", NLB, "shop-tls"),
        (f"{OWNER}classic-1{END_IP_RAND}.log", CLB, "classic-1"),
        (f"{OWNER}apple-lb{END_IP_RAND}.log", CLB, "apple-lb"),
        (f"{OWNER}app{END_IP_RAND}.log", CLB, "app"),
        (f"{OWNER}network{END_IP_RAND}.log", CLB, "network"),
    ],
)
@pytest.mark.parametrize("prefix", ["", "prod/", "team a/eu-1/", "AWSLogs-archive/", "2025/06/02/", "a\nb/"])
def test_layouts_of_keys(prefix: str, file: str, kind: ElbFormat, name: str) -> None:
    assert classify(prefix + FOLDER + file) == log_file(kind, name)


def test_an_organization_may_stand_before_the_account() -> None:
    key = "prod/AWSLogs/o-a1b2c3d4e5/" + FOLDER.removeprefix("AWSLogs/")
    assert classify(f"{key}{OWNER}app.shop.f1e2d3c4b5a69788{END_IP_RAND}.log.gz") == log_file(
        ALB_ACCESS, "shop"
    )


@pytest.mark.parametrize("region", ["us-gov-west-1", "ap-southeast-2", "cn-northwest-1", "eusc-de-east-1"])
def test_all_shapes_of_regions(region: str) -> None:
    assert classify(LoadBalancer(region=region).key(END)) == log_file(ALB_ACCESS, "shop-2")


@pytest.mark.parametrize(
    "name", ["ELBAccessLogTestFile", "ELBConnectionLogTestFile", "ELBHealthCheckLogTestFile"]
)
@pytest.mark.parametrize("prefix", ["", "prod/", "team a/"])
def test_test_objects_are_skipped(prefix: str, name: str) -> None:
    assert classify(f"{prefix}AWSLogs/222222222222/{name}") is SkipReason.TEST_OBJECT


@pytest.mark.parametrize(
    "key",
    [
        "",
        "report.csv",
        FOLDER,
        "AWSLogs/222222222222/elasticloadbalancing/",
        "AWSLogs/222222222222/ELBAccessLogTestFile.txt",
        "AWSLogs/222222222222/vpcflowlogs/eu-west-1/2025/06/02/222222222222_vpcflowlogs_x.log.gz",
        f"xAWSLogs{FOLDER.removeprefix('AWSLogs')}{OWNER}app.shop.f1e2d3c4b5a69788{END_IP_RAND}.log.gz",
        FOLDER.replace("222222222222", "22222") + f"{OWNER}app.shop.f1e2d3c4b5a69788{END_IP_RAND}.log.gz",
    ],
)
def test_foreign_keys_are_skipped(key: str) -> None:
    assert classify(key) is SkipReason.FOREIGN_KEY


@pytest.mark.parametrize(
    "key",
    [
        f"{FOLDER}readme.txt",
        f"prod/{FOLDER}readme.txt",
        f"{FOLDER}trace_log_{OWNER}app.shop.f1e2d3c4b5a69788{END_IP_RAND}.log.gz",
        f"AWSLogs/222222222222/elasticloadbalancing/{OWNER}app.shop.f1e2d3c4b5a69788{END_IP_RAND}.log.gz",
        f"AWSLogs/o-a1b2c3d4e5/222222222222/elasticloadbalancing/eu-west-1/2025/new_{OWNER}x.parquet",
        f"{FOLDER}{OWNER}gwy.shop.f1e2d3c4b5a69788_20250602T1005Z_x.log.gz",
        f"{FOLDER}{OWNER}app.shop{END_IP_RAND}.log.gz",
        f"{FOLDER}{OWNER}app.shop.f1e2d3c4b5a69788{END_IP_RAND}.log.gz.tmp",
        f"{FOLDER}{OWNER}app.shop.f1e2d3c4b5a69788{END_IP_RAND}.log.gz\n",
        f"{FOLDER}sub/{OWNER}app.shop.f1e2d3c4b5a69788{END_IP_RAND}.log.gz",
        f"{FOLDER}333333333333_elasticloadbalancing_eu-west-1_app.shop.f1e2d3c4b5a69788{END_IP_RAND}.log.gz",
        f"{FOLDER}222222222222_elasticloadbalancing_eu-west-2_app.shop.f1e2d3c4b5a69788{END_IP_RAND}.log.gz",
    ],
)
def test_what_lies_among_the_logs_under_an_unknown_name_is_told_apart(key: str) -> None:
    assert classify(key) is SkipReason.UNKNOWN_LAYOUT


@given(st.text(alphabet="AWSLogs/0123456789_-.elasticodbngzTappnet o", max_size=120))
def test_any_key_is_answered(key: str) -> None:
    assert isinstance(classify(key), SkipReason | LogFile)


def test_labels_are_those_of_the_contract() -> None:
    found = classify(LoadBalancer().key(END))
    assert isinstance(found, LogFile)
    assert found.labels == LABELS
    assert found.format.name == "alb_access"


def test_the_names_of_the_kinds() -> None:
    assert [kind.name for kind in KINDS] == ["alb_access", "alb_connection", "alb_health_check", "nlb", "clb"]


def test_records_are_lines() -> None:
    assert list(ALB_ACCESS.records(iter([b"a\nb\r\nc", b"d"]))) == [[b"a", b"b"], [b"cd"]]


# Times

TIME_NS = 1_748_858_640_123_456_000  # 2025-06-02T10:04:00.123456Z


def one(kind: ElbFormat, line: bytes) -> int:
    (time,) = kind.timer().times([line])
    return time


def with_time(field: int, text: bytes, rest: bytes = b" rest of it") -> bytes:
    return b"".join(b"x%d " % number for number in range(field)) + text + rest


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        (ALB_ACCESS, b"h2 2025-06-02T10:04:00.123456Z app/shop/f1e2 198.51.100.7:2817 - -1 -1 -1 460 -"),
        (ALB_CONNECTION, b'2025-06-02T10:04:00.123456Z 198.51.100.7 36280 443 TLSv1.2 "CN=a b" Success'),
        (ALB_HEALTH_CHECK, b"https 2025-06-02T10:04:00.123456Z 0.0123 10.0.1.7:8080 tg PASS 200 - e"),
        (NLB, b"tls 2.0 2025-06-02T10:04:00.123456 net/shop/c6e7 g1p2 198.51.100.7:51341 10.0.1.7:443 5"),
        (NLB, b"tls 2.0 2025-06-02T10:04:00.123456Z net/shop/c6e7 g1p2 198.51.100.7:51341 10.0.1.7:443 5"),
        (CLB, b'2025-06-02T10:04:00.123456Z my-lb 198.51.100.7:2817 10.0.0.1:80 0.1 0.1 0.1 200 "GET /"'),
    ],
)
@pytest.mark.parametrize("count", [1, 2, 300])
def test_each_kind_has_its_time_at_its_place(kind: ElbFormat, line: bytes, count: int) -> None:
    assert kind.timer().times([line] * count) == [TIME_NS] * count


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
@pytest.mark.parametrize(
    "line",
    [
        b"",
        b" ",
        b"\0\0",
        b"http",
        b"not a log line at all",
        b"http 2025-13-02T10:04:00Z x",
        b"\xff\xfe \xff",
        b"2025-06-02 10:04:00.123456Z x y z",
    ],
)
def test_a_line_without_a_time_has_none(kind: ElbFormat, line: bytes) -> None:
    assert one(kind, line) == NO_TIME


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
@pytest.mark.parametrize(
    ("fraction", "nanoseconds"),
    [
        (b"", 0),
        (b".1", 100_000_000),
        (b".12", 120_000_000),
        (b".123", 123_000_000),
        (b".12345", 123_450_000),
        (b".123456", 123_456_000),
        (b".1234567", 123_456_700),
        (b".123456789", 123_456_789),
        (b".1234567891", 123_456_789),
        (b".000001", 1_000),
        (b".999999", 999_999_000),
        (b".000000", 0),
    ],
)
def test_fractions_of_any_length(kind: ElbFormat, fraction: bytes, nanoseconds: int) -> None:
    for zone in (b"Z", b"", b"+00:00"):
        line = with_time(kind.time_field, b"2025-06-02T10:04:00" + fraction + zone)
        assert one(kind, line) == 1_748_858_640_000_000_000 + nanoseconds


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
@pytest.mark.parametrize(
    "text",
    [
        b"2025-06-02T10:04:00.+12345Z",
        b"2025-06-02T10:04:00.-12345Z",
        b"2025-06-02T10:04:00.12_345Z",
        b"2025-06-02T10:04:00.12345\tZ",
        b"2025-06-02T10:04:00.\xc2\xb21234Z",
        b"2025-06-02T10:04:00.Z",
        b"+025-06-02T10:04:00.123456Z",
        b"2025-06-02t10:04:00.123456z",
        b"2025-00-02T10:04:00.123456Z",
        b"2025-13-02T10:04:00.123456Z",
        b"2025-02-29T10:04:00.123456Z",
        b"2025-06-31T10:04:00.123456Z",
        b"2025-06-00T10:04:00.123456Z",
        b"2025-06-02T25:04:00.123456Z",
        b"2025-06-02T10:60:00.123456Z",
        b"2025-06-02T10:04:60.123456Z",
        b"0000-06-02T10:04:00.123456Z",
        b"1969-12-31T23:59:59.999999Z",
        b"0001-01-01T00:00:00.000000Z",
        b"2262-04-11T23:47:16.854776Z",
        b"9999-12-31T23:59:59.999999Z",
    ],
)
def test_what_is_no_time_that_64_bits_hold_is_none_and_costs_no_other_line_its_time(
    kind: ElbFormat, text: bytes
) -> None:
    good = with_time(kind.time_field, b"2025-06-02T10:04:00.123456Z")
    bad = with_time(kind.time_field, text)
    assert kind.timer().times([good, bad, good]) == [TIME_NS, NO_TIME, TIME_NS]
    assert one(kind, bad) == NO_TIME


@pytest.mark.parametrize(
    ("text", "nanoseconds"),
    [
        (b"1970-01-01T00:00:00.000000Z", 0),
        (b"1970-01-01T00:00:00.000001Z", 1_000),
        (b"2024-02-29T00:00:00.000000Z", 1_709_164_800_000_000_000),
        (b"2262-04-11T23:47:16.854775Z", 9_223_372_036_854_775_000),
    ],
)
def test_the_first_and_the_last_times(text: bytes, nanoseconds: int) -> None:
    for kind in KINDS:
        line = with_time(kind.time_field, text)
        assert kind.timer().times([line, line]) == [nanoseconds] * 2


def test_a_line_that_ends_with_its_time() -> None:
    assert one(ALB_CONNECTION, b"2025-06-02T10:04:00.123456Z") == TIME_NS
    assert one(ALB_ACCESS, b"h2 2025-06-02T10:04:00.123456Z") == TIME_NS
    assert one(NLB, b"tls 2.0 2025-06-02T10:04:00.123456Z") == TIME_NS


def test_a_time_at_another_place_is_none() -> None:
    assert one(ALB_ACCESS, b"2025-06-02T10:04:00.123456Z rest") == NO_TIME
    assert one(NLB, b"2025-06-02T10:04:00.123456Z rest") == NO_TIME
    assert one(NLB, b"tls 2025-06-02T10:04:00.123456Z rest of it") == NO_TIME
    assert one(ALB_CONNECTION, b"h2 2025-06-02T10:04:00.123456Z rest of it") == NO_TIME


def test_no_lines_have_no_times() -> None:
    assert ALB_ACCESS.timer().times([]) == []


def slowly(kind: ElbFormat, line: bytes) -> int:
    """The meaning of a time, without any short way."""
    fields = line.split(b" ")
    time = parse_timestamp(fields[kind.time_field]) if len(fields) > kind.time_field else None
    return NO_TIME if time is None or not 0 <= time < 2**63 else time


_MOMENTS = st.datetimes(datetime(1969, 12, 1), datetime(9999, 12, 31)).map(
    lambda moment: moment.isoformat(timespec="microseconds").encode() + b"Z"
)
_NEAR = st.integers(0, 3_000_000).map(
    lambda step: (
        datetime.fromtimestamp(1_748_858_640, UTC).replace(tzinfo=None).isoformat().encode()[:-2]
        + b"%02d.%06dZ" % (step // 1_000_000, step % 1_000_000)
    )
)
_DIGITS = st.from_regex(rb"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z", fullmatch=True)
_ODD = st.from_regex(
    rb"[0-9+_ -]{4}-0[0-9]-[0-3][0-9]T1[0-9]:0[0-9]:0[0-9](\.[0-9_+ -]{0,9})?Z? ?", fullmatch=True
)
_WORDS = st.binary(max_size=8) | st.sampled_from([b"h2", b"tls", b"", b"2.0"])
_LINES = st.tuples(
    st.lists(_WORDS, max_size=3), _MOMENTS | _NEAR | _DIGITS | _ODD, st.lists(_WORDS, max_size=2)
).map(lambda parts: b" ".join([*parts[0], parts[1], *parts[2]]))
_REGULAR = st.lists(_NEAR | _MOMENTS | _DIGITS, min_size=1, max_size=40)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
@given(st.lists(_LINES | st.binary(max_size=60), max_size=12))
@example([b"2025-06-02T10:04:00.123456Z x"])
@example([b"x 2025-06-02T10:04:00.123456Z ", b"x 2025-06-02T10:04:00.12345Z y"])
def test_groups_of_any_lines_have_the_times_of_their_lines(kind: ElbFormat, group: list[bytes]) -> None:
    assert kind.timer().times(group) == [slowly(kind, line) for line in group]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
@given(st.lists(_REGULAR, max_size=3))
def test_groups_of_regular_lines_have_the_times_of_their_lines(
    kind: ElbFormat, groups: list[list[bytes]]
) -> None:
    timer = ElbTimer(kind.time_field)
    for times in groups:
        group = [with_time(kind.time_field, time) for time in times]
        assert timer.times(group) == [slowly(kind, line) for line in group]


def test_every_sample_line_has_its_time() -> None:
    group = [line.encode() for line in lines(5_000, END)]
    times = ALB_ACCESS.timer().times(group)
    assert times == [slowly(ALB_ACCESS, line) for line in group]
    assert min(times) >= 0
    assert times == sorted(times)


def test_what_a_timer_keeps_does_not_grow_for_ever() -> None:
    timer = ElbTimer(0)
    for hour in range(24):
        timer.times(
            [b"2025-06-02T%02d:%02d:%02d.5Z x" % (hour, n // 60, n % 60) for n in range(3_600)]
            + [b"2025-06-02T%02d:00:00.000000Z x" % hour]
        )
        timer.times([b"2025-06-02T%02d:%02d:%02d.500000Z x" % (hour, n // 60, n % 60) for n in range(3_600)])
    assert len(timer._seconds) <= 4_096 + 3_600
