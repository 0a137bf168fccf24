"""Keys and lines of Elastic Load Balancing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promtail.elb import Kind, LogFile, SkipReason, classify
from tests.samples.alb_access import LoadBalancer, lines
from tests.unit.promtail.scenario import END, LABELS

FOLDER = "AWSLogs/222222222222/elasticloadbalancing/eu-west-1/2025/06/02/"
OWNER = "222222222222_elasticloadbalancing_eu-west-1_"
END_IP_RAND = "_20250602T1005Z_203.0.113.9_4k9x2m1q"


@pytest.mark.parametrize(
    ("file", "kind", "name"),
    [
        (f"{OWNER}app.shop.f1e2d3c4b5a69788{END_IP_RAND}.log.gz", Kind.ALB_ACCESS, "shop"),
        (f"{OWNER}app.shop-2-eu.f1e2d3c4b5a69788{END_IP_RAND}.log.gz", Kind.ALB_ACCESS, "shop-2-eu"),
        (f"{OWNER}app.2025.f1e2d3c4b5a69788{END_IP_RAND}.log.gz", Kind.ALB_ACCESS, "2025"),
        (f"{OWNER}app.app.f1e2d3c4b5a69788{END_IP_RAND}.log.gz", Kind.ALB_ACCESS, "app"),
        (f"{OWNER}app.shop.f1e2d3c4b5a69788{END_IP_RAND}.log", Kind.ALB_ACCESS, "shop"),
        (f"{OWNER}app.v6.f1e2d3c4b5a69788_20250602T1005Z_2001:db8::1_x.log.gz", Kind.ALB_ACCESS, "v6"),
        (f"conn_log_{OWNER}app.shop.f1e2d3c4b5a69788{END_IP_RAND}.log.gz", Kind.ALB_CONNECTION, "shop"),
        (f"conn_log.{OWNER}app.shop.f1e2d3c4b5a69788{END_IP_RAND}.log.gz", Kind.ALB_CONNECTION, "shop"),
        (
            f"health_check_log_{OWNER}app.shop.f1e2d3c4b5a69788{END_IP_RAND}.log.gz",
            Kind.ALB_HEALTH_CHECK,
            "shop",
        ),
        (f"{OWNER}net.shop-tls.f1e2d3c4b5a69788_20250602T1005Z_a1b2c3d4.log.gz", Kind.NLB, "shop-tls"),
        (f"{OWNER}classic-1{END_IP_RAND}.log", Kind.CLB, "classic-1"),
        (f"{OWNER}apple-lb{END_IP_RAND}.log", Kind.CLB, "apple-lb"),
        (f"{OWNER}app{END_IP_RAND}.log", Kind.CLB, "app"),
        (f"{OWNER}network{END_IP_RAND}.log", Kind.CLB, "network"),
    ],
)
@pytest.mark.parametrize("prefix", ["", "prod/", "team a/eu-1/", "AWSLogs-archive/", "2025/06/02/"])
def test_layouts_of_keys(prefix: str, file: str, kind: Kind, name: str) -> None:
    assert classify(prefix + FOLDER + file) == LogFile(kind, name, "222222222222")


def test_an_organization_may_stand_before_the_account() -> None:
    key = "prod/AWSLogs/o-a1b2c3d4e5/" + FOLDER.removeprefix("AWSLogs/")
    assert classify(f"{key}{OWNER}app.shop.f1e2d3c4b5a69788{END_IP_RAND}.log.gz") == LogFile(
        Kind.ALB_ACCESS, "shop", "222222222222"
    )


@pytest.mark.parametrize("region", ["us-gov-west-1", "ap-southeast-2", "cn-northwest-1", "eusc-de-east-1"])
def test_all_shapes_of_regions(region: str) -> None:
    assert classify(LoadBalancer(region=region).key(END)) == LogFile(
        Kind.ALB_ACCESS, "shop-2", "222222222222"
    )


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
    assert LogFile(Kind.ALB_ACCESS, "shop-2", "222222222222").labels() == LABELS


TIME_NS = 1_748_858_640_123_456_000  # 2025-06-02T10:04:00.123456Z


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        (Kind.ALB_ACCESS, b"h2 2025-06-02T10:04:00.123456Z app/shop/f1e2 198.51.100.7:2817 - -1 -1 -1 460 -"),
        (Kind.ALB_CONNECTION, b'2025-06-02T10:04:00.123456Z 198.51.100.7 36280 443 TLSv1.2 "CN=a b" Success'),
        (Kind.ALB_HEALTH_CHECK, b"https 2025-06-02T10:04:00.123456Z 0.0123 10.0.1.7:8080 tg PASS 200 - e"),
        (
            Kind.NLB,
            b"tls 2.0 2025-06-02T10:04:00.123456 net/shop/c6e7 g1p2 198.51.100.7:51341 10.0.1.7:443 5",
        ),
        (
            Kind.CLB,
            b'2025-06-02T10:04:00.123456Z my-lb 198.51.100.7:2817 10.0.0.1:80 0.1 0.1 0.1 200 "GET /"',
        ),
    ],
)
def test_each_kind_has_its_time_at_its_place(kind: Kind, line: bytes) -> None:
    assert kind.timestamp(line) == TIME_NS


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize(
    "line",
    [b" ", b"\0\0", b"http", b"not a log line at all", b"http 2025-13-02T10:04:00Z x", b"\xff\xfe \xff"],
)
def test_a_line_without_a_time_has_none(kind: Kind, line: bytes) -> None:
    assert kind.timestamp(line) is None


def test_every_sample_line_has_a_time() -> None:
    stamps = [Kind.ALB_ACCESS.timestamp(line.encode()) for line in lines(500, END)]
    assert None not in stamps
    assert stamps == sorted(stamps, key=lambda stamp: stamp or 0)
