"""What holds however the hub is told of new objects: the tests of a log line's way, for a class of each mode."""

from __future__ import annotations

import gzip
import json
import time
from datetime import UTC, datetime

from tests.e2e.deployed import PREFIX, TENANT, Deployed, selector
from tests.harness.loki.query import LokiQuery


class Arrival:
    """A log line's whole way: a spoke's bucket, its notification, the hub's function in another account, Loki."""

    def test_lines_arrive_with_their_labels_times_and_bytes(self, deployed: Deployed) -> None:
        balancer = deployed.load_balancer("web-7")

        lines = deployed.deliver(balancer, 500)
        deployed.wait_for_lines(balancer, len(lines))

        entries = deployed.loki.entries(selector(balancer), TENANT)
        assert [entry.line for entry in entries] == lines
        assert entries[0].labels == {
            "__aws_log_type": "s3_lb",
            "__aws_s3_lb": "web-7",
            "__aws_s3_lb_owner": deployed.spoke.account.id,
            "__extra_env": "e2e",
        }
        written = datetime.strptime(lines[0].split()[1], "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
        microseconds = int(written.timestamp()) * 1_000_000 + written.microsecond
        assert entries[0].timestamp == microseconds * 1000

    def test_lines_are_read_back_by_lokis_query_api(self, deployed: Deployed) -> None:
        balancer = deployed.load_balancer("queried")

        deployed.deliver(balancer, 3)

        query = LokiQuery(deployed.loki.url, "e2e", "a password with spaces & ampersands", TENANT)
        now = time.time_ns()
        minute = 60 * 10**9
        assert len(query.wait_for(selector(balancer), now - 20 * minute, now + minute, 3)) == 3

    def test_an_object_that_is_not_a_log_does_not_wake_the_function(self, deployed: Deployed) -> None:
        marker = deployed.load_balancer("marker")
        deployed.put(f"{PREFIX}/AWSLogs/{deployed.spoke.account.id}/ELBAccessLogTestFile", b"")
        deployed.put("elsewhere/file.log.gz", gzip.compress(b"nothing of ours\n"))

        # Notifications are in order here, so when this object's line is there the others were not announced.
        deployed.deliver(marker, 1)
        deployed.wait_for_lines(marker, 1)

        log = deployed.log()
        assert "ELBAccessLogTestFile" not in log
        assert "elsewhere/file.log.gz" not in log

    def test_lines_arrive_when_loki_was_away_for_a_moment(self, deployed: Deployed) -> None:
        balancer = deployed.load_balancer("patient")
        deployed.loki.fail_next(1, status=503)
        deployed.loki.fail_next(1, status=429, retry_after=1)
        deployed.loki.fail_next(1, drop_connection=True)

        lines = deployed.deliver(balancer, 50)
        deployed.wait_for_lines(balancer, 50)

        assert deployed.arrived(balancer) == lines

    def test_the_spoke_lets_load_balancers_and_the_hub_in_and_nobody_else(self, deployed: Deployed) -> None:
        bucket = deployed.outputs["bucket_name"]
        document = json.loads(deployed.spoke.s3.get_bucket_policy(Bucket=bucket)["Policy"])
        allowed = [statement for statement in document["Statement"] if statement["Effect"] == "Allow"]

        logs = f"arn:aws:s3:::{bucket}/{PREFIX}/AWSLogs/{deployed.spoke.account.id}"
        assert [
            (statement["Principal"], statement["Action"], statement["Resource"]) for statement in allowed
        ] == [
            ({"Service": "logdelivery.elasticloadbalancing.amazonaws.com"}, "s3:PutObject", [f"{logs}/*"]),
            (
                {"AWS": f"arn:aws:iam::{deployed.hub.account.id}:role/alb-loki"},
                ["s3:GetObject", "s3:GetObjectVersion"],
                [f"{logs}/elasticloadbalancing/*"],
            ),
        ]
