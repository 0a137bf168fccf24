"""From an object's key to its kind and labels: every layout that AWS documents, and keys that look like one."""

import json
import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promtail.formats import classify
from promtail.formats.format import LogFile, SkipReason

BUCKET = "log-bucket"
ACCOUNT = "123456789012"
FLOW_FILE = "123456789012_vpcflowlogs_us-east-1_fl-1234abcd_20180620T1620Z_fe123456.log.gz"
HIVE = "AWSLogs/aws-account-id=123456789012/aws-service=vpcflowlogs/aws-region=us-east-1/year=2018/month=06/day=20/"
TRAIL = "CloudTrail/us-east-2/2015/08/01/123456789012_CloudTrail_us-east-2_20150801T0210Z_Mu0KsOhtH1ar15ZZ.json.gz"
INSIGHT = (
    "CloudTrail-Insight/us-east-2/2015/08/01/"
    "123456789012_CloudTrail-Insight_us-east-2_20150801T0210Z_Mu0KsOhtH1ar15ZZ.json.gz"
)
DIGEST = (
    "CloudTrail-Digest/us-east-2/2015/08/01/"
    "123456789012_CloudTrail-Digest_us-east-2_your-trail_us-east-2_20150801T021000Z.json.gz"
)
WAF = (
    "WAFLogs/us-east-1/TEST-WEBACL/2021/10/28/19/50/"
    "123456789012_waflogs_us-east-1_TEST-WEBACL_20211028T1950Z_e0ca43b5.log.gz"
)
FINDINGS = "GuardDuty/us-east-1/2024/05/30/07a3f2ce-1485-3031-b842-e1f324c4a48d.jsonl.gz"
BROKER = (
    "KafkaBrokerLogs/eu-south-2/msk-test-name-7f6b9b77-24f9-4921-87b6-d29a6401e292-3/2025-07-04-11/"
    "Broker-1_11-55_cab960bb.log.gz"
)
ACCESS_FILE = "2023-03-01-21-32-16-E568B2907131C0C0"
FIREHOSE = "aws-waf-logs-shop-1-2021-10-28-19-50-12-6f1ba0f5-0b7e-4d2f-9ad4-7a2a2b1d8f10"

LOAD_BALANCER_KEY = (
    f"AWSLogs/{ACCOUNT}/elasticloadbalancing/us-east-1/2022/01/24/{ACCOUNT}_elasticloadbalancing_us-east-1_"
    "app.my-loadbalancer.b13ea9d19f16d015_20220124T0000Z_0.0.0.0_2et2e1mx.log.gz"
)


def described(key: str) -> tuple[str, dict[str, str], str | None, str]:
    found = classify(key, BUCKET)
    assert isinstance(found, LogFile), found
    return found.format.name, found.labels, found.account_id, found.name


@pytest.mark.parametrize(
    "key",
    [
        f"AWSLogs/{ACCOUNT}/vpcflowlogs/us-east-1/2018/06/20/{FLOW_FILE}",
        f"AWSLogs/{ACCOUNT}/vpcflowlogs/us-east-1/2018/06/20/16/{FLOW_FILE}",
        HIVE + FLOW_FILE,
        HIVE + "hour=16/" + FLOW_FILE,
        f"some prefix/AWSLogs/{ACCOUNT}/vpcflowlogs/us-east-1/2018/06/20/{FLOW_FILE}",
        f"some/prefix/{HIVE}{FLOW_FILE}",
        f"AWSLogs/o-abc123def4/{ACCOUNT}/vpcflowlogs/us-east-1/2018/06/20/{FLOW_FILE}",
        f"AWSLogs/{ACCOUNT}/vpcflowlogs/us-east-1/2018/06/20/{FLOW_FILE.removesuffix('.gz')}",
    ],
)
def test_vpc_flow_logs(key: str) -> None:
    labels = {
        "__aws_log_type": "s3_vpc_flow",
        "__aws_s3_vpc_flow": "fl-1234abcd",
        "__aws_s3_vpc_flow_owner": ACCOUNT,
    }
    assert described(key) == ("vpc_flow", labels, ACCOUNT, "fl-1234abcd")


@pytest.mark.parametrize("region", ["us-gov-east-1", "cn-north-1", "ap-southeast-7"])
def test_vpc_flow_logs_of_every_partition(region: str) -> None:
    key = f"AWSLogs/{ACCOUNT}/vpcflowlogs/{region}/2018/06/20/{FLOW_FILE.replace('us-east-1', region)}"
    assert described(key)[3] == "fl-1234abcd"


@pytest.mark.parametrize("start", ["", "a/prefix/", "AWSLogs/"])
@pytest.mark.parametrize("organization", ["", "o-abc123def4/"])
@pytest.mark.parametrize("file", [TRAIL, INSIGHT, TRAIL.replace("CloudTrail", "CloudTrail-NetworkActivity")])
def test_cloudtrail_events_are_labelled_by_region(start: str, organization: str, file: str) -> None:
    labels = {
        "__aws_log_type": "s3_cloudtrail",
        "__aws_s3_cloudtrail": "us-east-2",
        "__aws_s3_cloudtrail_owner": ACCOUNT,
    }
    key = f"{start}AWSLogs/{organization}{ACCOUNT}/{file}"
    assert described(key) == ("cloudtrail", labels, ACCOUNT, "us-east-2")


@pytest.mark.parametrize("organization", ["", "o-abc123def4/"])
def test_cloudtrail_digests_are_passed_over_for_what_they_are(organization: str) -> None:
    key = f"prefix/AWSLogs/{organization}{ACCOUNT}/{DIGEST}"
    assert classify(key, BUCKET) is SkipReason.CLOUDTRAIL_DIGEST


@pytest.mark.parametrize(
    ("start", "owner"),
    [
        ("", None),
        ("example-prefix/", "example-prefix"),
        ("my/bucket/prefix/", "my/bucket/prefix"),
        # Partitions of standard logging v2.
        ("shop/2025/09/23/08/", "shop"),
        ("shop/2025/09/", "shop"),
        ("shop/year=2025/month=09/day=23/hour=08/", "shop"),
        ("2025/09/23/", None),
        ("shop-2025/", "shop-2025"),
    ],
)
def test_cloudfront_logs_are_owned_by_the_prefix_without_dates(start: str, owner: str | None) -> None:
    labels = {"__aws_log_type": "s3_cloudfront", "__aws_s3_cloudfront": "EMLARXS9EXAMPLE"}
    if owner:
        labels["__aws_s3_cloudfront_owner"] = owner
    key = f"{start}EMLARXS9EXAMPLE.2019-11-14-20.RT4KCN4SGK9.gz"
    assert described(key) == ("cloudfront", labels, None, "EMLARXS9EXAMPLE")


def test_cloudfront_logs_below_awslogs_tell_the_account() -> None:
    found = described(f"AWSLogs/{ACCOUNT}/CloudFront/EMLARXS9EXAMPLE.2024-11-14-20.a10a8496.gz")
    assert found[1]["__aws_s3_cloudfront_owner"] == f"AWSLogs/{ACCOUNT}/CloudFront"
    assert found[2] == ACCOUNT


@pytest.mark.parametrize("start", ["", "my prefix/"])
def test_waf_logs(start: str) -> None:
    labels = {"__aws_log_type": "s3_waf", "__aws_s3_waf": "TEST-WEBACL", "__aws_s3_waf_owner": ACCOUNT}
    assert described(f"{start}AWSLogs/{ACCOUNT}/{WAF}") == ("waf", labels, ACCOUNT, "TEST-WEBACL")


def test_waf_logs_of_cloudfront_have_no_region() -> None:
    assert described(f"AWSLogs/{ACCOUNT}/{WAF.replace('us-east-1', 'cloudfront')}")[3] == "TEST-WEBACL"


@pytest.mark.parametrize("start", ["", "2021/10/28/19/", "waf/2021/10/28/19/"])
@pytest.mark.parametrize("end", ["", ".gz"])
def test_waf_logs_through_firehose_are_labelled_by_the_stream(start: str, end: str) -> None:
    labels = {"__aws_log_type": "s3_waf", "__aws_s3_waf": "aws-waf-logs-shop"}
    assert described(start + FIREHOSE + end) == ("waf", labels, None, "aws-waf-logs-shop")


def test_guardduty_findings_have_no_source() -> None:
    labels = {"__aws_log_type": "s3_guardduty", "__aws_s3_guardduty_owner": ACCOUNT}
    assert described(f"AWSLogs/{ACCOUNT}/{FINDINGS}") == ("guardduty", labels, ACCOUNT, "")


@pytest.mark.parametrize("start", ["", "prefix/"])
def test_msk_broker_logs_have_no_source_but_a_name(start: str) -> None:
    labels = {"__aws_log_type": "s3_msk", "__aws_s3_msk_owner": ACCOUNT}
    assert described(f"{start}AWSLogs/{ACCOUNT}/{BROKER}") == ("msk", labels, ACCOUNT, "msk-test-name")


@pytest.mark.parametrize("start", ["", "logs/", "logs-", "logs1"])
def test_s3_access_logs_by_date_are_labelled_by_the_bucket_that_was_accessed(start: str) -> None:
    labels = {"__aws_log_type": "s3_access", "__aws_s3_access": "my.source", "__aws_s3_access_owner": ACCOUNT}
    key = f"{start}{ACCOUNT}/us-west-2/my.source/2023/03/01/{ACCESS_FILE}"
    assert described(key) == ("s3_access", labels, ACCOUNT, "my.source")


@pytest.mark.parametrize("start", ["", "logs/", "logs-", "logs1"])
def test_s3_access_logs_of_the_simple_layout_are_labelled_by_their_own_bucket(start: str) -> None:
    labels = {"__aws_log_type": "s3_access", "__aws_s3_access": BUCKET}
    assert described(start + ACCESS_FILE) == ("s3_access", labels, None, BUCKET)


def test_load_balancer_logs_are_asked_for_first() -> None:
    assert described(LOAD_BALANCER_KEY)[0] == "alb_access"
    assert classify(f"AWSLogs/{ACCOUNT}/ELBAccessLogTestFile", BUCKET) is SkipReason.TEST_OBJECT


@pytest.mark.parametrize(
    "key",
    [
        f"AWSLogs/{ACCOUNT}/vpcflowlogs/us-east-1/2018/06/20/{FLOW_FILE.replace('.log.gz', '.log.parquet')}",
        HIVE + FLOW_FILE.replace(".log.gz", ".log.parquet"),
        HIVE + "a file",
        f"AWSLogs/{ACCOUNT}/vpcflowlogs/us-east-1/2018/06/{FLOW_FILE}",
        f"AWSLogs/{ACCOUNT}/elasticloadbalancing/us-east-1/a-file",
        f"AWSLogs/{ACCOUNT}/{TRAIL.replace('.json.gz', '.csv')}",
        f"AWSLogs/{ACCOUNT}/{TRAIL.replace('_us-east-2', '_us-east-1')}",
        f"AWSLogs/{ACCOUNT}/{WAF.replace('/19/50', '')}",
        f"AWSLogs/{ACCOUNT}/{FINDINGS.replace('.jsonl', '.csv')}",
        f"AWSLogs/{ACCOUNT}/{BROKER.replace('/2025-07-04-11', '')}",
        f"AWSLogs/{ACCOUNT}/CloudFront/E1.2024-11-14-20.a10a8496.parquet",
        f"AWSLogs/{ACCOUNT}/{FINDINGS}\n",
    ],
)
def test_a_file_among_logs_that_is_none_that_is_known_is_told_as_such(key: str) -> None:
    assert classify(key, BUCKET) is SkipReason.UNKNOWN_LAYOUT


@pytest.mark.parametrize(
    "key",
    [
        "",
        "some-object.json",
        f"AWSLogs/{ACCOUNT}/vpcflowlogs/",
        f"AWSLogs/{ACCOUNT}/CloudTrail/us-east-1/",
        f"AWSLogs/{ACCOUNT}/CloudTrail-Digest/",
        f"AWSLogs/{ACCOUNT}/Config/ConfigWritabilityCheckFile",
        f"AWSLogs/12345/{FINDINGS}",
        f"awslogs/{ACCOUNT}/{FINDINGS}",
        f"AWSLogs{ACCOUNT}/{FINDINGS}",
        "prefix/emlarxs9example.2019-11-14-20.RT4KCN4SGK9.gz",
        "prefix/EMLARXS9EXAMPLE.2019-11-14.RT4KCN4SGK9.gz",
        "prefix/E1.2024-11-14-20.a10a8496.parquet",
        FIREHOSE.replace("aws-waf-logs-", "other-"),
        FIREHOSE + ".parquet",
        "x" + FIREHOSE,
        ACCESS_FILE + ".gz",
        ACCESS_FILE.lower(),
        ACCESS_FILE[:-1],
        "2023-03-01-21-32-E568B2907131C0C0",
        f"{ACCOUNT}/us-west-2/my-source/2023/03/01/report",
        f"backup/2023-03-01-{ACCOUNT}.tar.gz",
        ACCESS_FILE.replace("2023", "202\u0663"),
    ],
)
def test_other_keys_are_foreign(key: str) -> None:
    assert classify(key, BUCKET) is SkipReason.FOREIGN_KEY


@given(st.text(), st.text(max_size=5))
def test_no_key_raises(key: str, bucket: str) -> None:
    for start in ("", f"AWSLogs/{ACCOUNT}/", f"AWSLogs/{ACCOUNT}/CloudTrail/", HIVE):
        assert isinstance(classify(start + key, bucket), LogFile | SkipReason)


@pytest.mark.parametrize(
    "part", ["/", "AWSLogs/", f"AWSLogs/{ACCOUNT}/", "a", "1", "E", "aws-waf-logs-1-", "2023/01/"]
)
def test_the_longest_key_takes_no_long_time(part: str) -> None:
    """S3 allows 1024 bytes, which a pattern that tries too much would take minutes for."""
    start = time.process_time()
    classify((part * 1024)[:1024], BUCKET)
    assert time.process_time() - start < 1


def test_a_load_balancer_log_imports_no_other_kind() -> None:
    program = (
        f"import sys; from promtail.formats import classify; classify({LOAD_BALANCER_KEY!r}, 'b'); "
        "print([name for name in sys.modules if name.startswith('promtail.formats.')])"
    )
    environment = {"PYTHONPATH": ":".join(path for path in sys.path if path)}
    told = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env=environment
    )
    assert sorted(json.loads(told.stdout.replace("'", '"'))) == [
        "promtail.formats.elb",
        "promtail.formats.format",
        "promtail.formats.keys",
    ]
