"""A log line's whole way: a spoke's bucket, its notification, the hub's function in another account, Loki."""

from __future__ import annotations

import gzip
import json
import time
from datetime import UTC, datetime

from tests.conftest import QUIET_SPOKE
from tests.e2e.conftest import Deployed
from tests.harness.loki.query import LokiQuery
from tests.samples import alb_access
from tests.samples.alb_access import LoadBalancer

_TEAM_PREFIX = "team-a/web"


def _selector(load_balancer: LoadBalancer) -> str:
    return f'{{__aws_s3_lb="{load_balancer.name}"}}'


def _wait_for(deployed: Deployed, load_balancer: LoadBalancer, count: int, timeout: float = 60.0) -> None:
    limit = time.monotonic() + timeout
    while len(deployed.loki.entries(_selector(load_balancer), "platform")) < count:
        assert time.monotonic() < limit, (
            f"the lines did not arrive; the function's log:\n{deployed.function_log()}"
        )
        time.sleep(0.2)


def test_lines_arrive_with_their_labels_times_and_bytes(deployed: Deployed) -> None:
    load_balancer = LoadBalancer(account_id=QUIET_SPOKE.id, name="web-7")
    end = datetime.now(UTC)
    lines = list(alb_access.lines(500, end, load_balancer))

    deployed.put(load_balancer.key(end, _TEAM_PREFIX), alb_access.gzipped(iter(lines)))
    _wait_for(deployed, load_balancer, len(lines))

    entries = deployed.loki.entries(_selector(load_balancer), "platform")
    assert [entry.line for entry in entries] == lines
    assert entries[0].labels == {
        "__aws_log_type": "s3_lb",
        "__aws_s3_lb": "web-7",
        "__aws_s3_lb_owner": "444444444444",
        "__extra_env": "e2e",
    }
    written = datetime.strptime(lines[0].split()[1], "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
    microseconds = int(written.timestamp()) * 1_000_000 + written.microsecond
    assert entries[0].timestamp == microseconds * 1000


def test_lines_are_read_back_by_lokis_query_api(deployed: Deployed) -> None:
    load_balancer = LoadBalancer(account_id=QUIET_SPOKE.id, name="queried")
    end = datetime.now(UTC)

    deployed.put(
        load_balancer.key(end, _TEAM_PREFIX),
        alb_access.gzipped(alb_access.lines(3, end, load_balancer)),
    )

    query = LokiQuery(deployed.loki.url, "e2e", "a password with spaces & ampersands", "platform")
    now = time.time_ns()
    minute = 60 * 10**9
    assert len(query.wait_for(_selector(load_balancer), now - 10 * minute, now + minute, 3)) == 3


def test_an_object_that_is_not_a_log_does_not_wake_the_function(deployed: Deployed) -> None:
    marker = LoadBalancer(account_id=QUIET_SPOKE.id, name="marker")
    end = datetime.now(UTC)
    deployed.put(f"{_TEAM_PREFIX}/AWSLogs/444444444444/ELBAccessLogTestFile", b"")
    deployed.put("elsewhere/file.log.gz", gzip.compress(b"nothing of ours\n"))

    # Notifications are in order here, so when this object's line is there the others were not announced.
    deployed.put(marker.key(end, _TEAM_PREFIX), alb_access.gzipped(alb_access.lines(1, end, marker)))
    _wait_for(deployed, marker, 1)

    log = deployed.function_log()
    assert "ELBAccessLogTestFile" not in log
    assert "elsewhere/file.log.gz" not in log


def test_a_corrupt_object_is_an_error_that_lambda_repeats(deployed: Deployed) -> None:
    load_balancer = LoadBalancer(account_id=QUIET_SPOKE.id, name="corrupt")
    end = datetime.now(UTC)
    whole = alb_access.gzipped(alb_access.lines(200, end, load_balancer))

    deployed.put(load_balancer.key(end, _TEAM_PREFIX, rand="broken"), whole[: len(whole) // 2])

    # Lambda repeats a failed asynchronous invocation twice.
    log = deployed.wait_for_log("[ERROR]", count=3)
    assert "corrupt" in log
    assert "broken.log.gz" in log


def test_lines_arrive_when_loki_was_away_for_a_moment(deployed: Deployed) -> None:
    load_balancer = LoadBalancer(account_id=QUIET_SPOKE.id, name="patient")
    end = datetime.now(UTC)
    deployed.loki.fail_next(1, status=503)
    deployed.loki.fail_next(1, status=429, retry_after=1)
    deployed.loki.fail_next(1, drop_connection=True)

    deployed.put(
        load_balancer.key(end, _TEAM_PREFIX),
        alb_access.gzipped(alb_access.lines(50, end, load_balancer)),
    )
    _wait_for(deployed, load_balancer, 50)

    assert len(deployed.loki.entries(_selector(load_balancer), "platform")) == 50


def test_the_spoke_lets_load_balancers_and_the_hub_in_and_nobody_else(deployed: Deployed) -> None:
    bucket = deployed.outputs["bucket_name"]
    document = json.loads(deployed.spoke.s3.get_bucket_policy(Bucket=bucket)["Policy"])
    allowed = [statement for statement in document["Statement"] if statement["Effect"] == "Allow"]

    assert {json.dumps(statement["Principal"]) for statement in allowed} == {
        '{"Service": "logdelivery.elasticloadbalancing.amazonaws.com"}',
        '{"AWS": "arn:aws:iam::333333333333:role/alb-loki"}',
    }
    assert {statement["Resource"] for statement in allowed} == {
        f"arn:aws:s3:::{bucket}/{_TEAM_PREFIX}/AWSLogs/444444444444/*"
    }


def test_the_demo_load_balancer_logs_to_the_bucket(deployed: Deployed) -> None:
    elbv2 = deployed.spoke.elbv2
    balancer = elbv2.describe_load_balancers(Names=["alb-loki-demo"])["LoadBalancers"][0]
    described = elbv2.describe_load_balancer_attributes(LoadBalancerArn=balancer["LoadBalancerArn"])
    attributes = {attribute["Key"]: attribute["Value"] for attribute in described["Attributes"]}

    assert balancer["DNSName"] == deployed.outputs["alb_dns_name"]
    assert attributes["access_logs.s3.enabled"] == "true"
    assert attributes["access_logs.s3.bucket"] == deployed.outputs["bucket_name"]
    assert attributes["access_logs.s3.prefix"] == _TEAM_PREFIX


def test_s3_may_invoke_the_function_for_the_spokes_bucket_only(deployed: Deployed) -> None:
    policy = json.loads(deployed.hub.functions.get_policy(FunctionName="alb-loki")["Policy"])

    (statement,) = policy["Statement"]
    assert statement["Principal"] == {"Service": "s3.amazonaws.com"}
    assert statement["Action"] == "lambda:InvokeFunction"
    assert statement["Condition"] == {
        "StringEquals": {"AWS:SourceAccount": "444444444444"},
        "ArnLike": {"AWS:SourceArn": f"arn:aws:s3:::{deployed.outputs['bucket_name']}"},
    }
