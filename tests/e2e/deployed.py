"""An applied hub and spoke, and what tests do with them."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from tests.harness.aws.clients import AwsClients
from tests.harness.loki.receiver import LokiReceiver
from tests.harness.terraform.workspace import TerraformWorkspace
from tests.samples import alb_access
from tests.samples.alb_access import LoadBalancer

# Seconds for what comes by itself, on a busy machine too.
LIMIT = 300.0
TENANT = "platform"
PREFIX = "team-a/web"


@dataclass(frozen=True)
class Deployed:
    """The applied example.

    Attributes:
        workspace: Its Terraform.
        outputs: Its outputs.
        loki: Where the function pushes to.
        hub: Clients of the hub's account.
        spoke: Clients of the spoke's account.
        end: The end of the window that the log objects are of.
    """

    workspace: TerraformWorkspace
    outputs: dict[str, Any]
    loki: LokiReceiver
    hub: AwsClients
    spoke: AwsClients
    end: datetime = field(default_factory=lambda: datetime.now(UTC))

    def load_balancer(self, name: str) -> LoadBalancer:
        """Make a load balancer of the spoke's account; by its name a test finds its lines."""
        return LoadBalancer(account_id=self.spoke.account.id, name=name)

    def put(self, key: str, body: bytes) -> None:
        """Write an object into the spoke's bucket, as log delivery does."""
        self.spoke.s3.put_object(Bucket=self.outputs["bucket_name"], Key=key, Body=body)

    def deliver(self, balancer: LoadBalancer, count: int, rand: str = "4k9x2m1q") -> list[str]:
        """Write an object with so many lines, as log delivery does; returns the lines."""
        lines = list(alb_access.lines(count, self.end, balancer))
        self.put(balancer.key(self.end, PREFIX, rand=rand), alb_access.gzipped(iter(lines)))
        return lines

    def deliver_broken(self, balancer: LoadBalancer) -> str:
        """Write an object whose gzip ends in the middle; returns its key."""
        whole = alb_access.gzipped(alb_access.lines(200, self.end, balancer))
        key = balancer.key(self.end, PREFIX, rand="broken")
        self.put(key, whole[: len(whole) // 2])
        return key

    def arrived(self, balancer: LoadBalancer) -> list[str]:
        """Return the load balancer's lines that Loki has."""
        return [entry.line for entry in self.loki.entries(selector(balancer), TENANT)]

    def wait_for_lines(self, balancer: LoadBalancer, count: int) -> None:
        """Wait until Loki has so many of the load balancer's lines."""
        self.wait(lambda: len(self.arrived(balancer)) >= count, f"{count} lines of {balancer.name}")

    def wait(self, is_there: Callable[[], bool], what: str) -> None:
        """Wait for something; fails with the function's log."""
        limit = time.monotonic() + LIMIT
        while not is_there():
            assert time.monotonic() < limit, (
                f"no {what} after {LIMIT:.0f} s; the function's log:\n{self.log()}"
            )
            time.sleep(0.5)

    def log(self) -> str:
        """Return what the function has logged so far."""
        pages = self.hub.logs.get_paginator("filter_log_events").paginate(
            logGroupName=self.outputs["log_group_name"]
        )
        return "\n".join(event["message"] for page in pages for event in page["events"])

    def messages(self, queue_url: str) -> int:
        """Count a queue's messages, those included that somebody works on."""
        attributes = self.hub.sqs.get_queue_attributes(
            QueueUrl=queue_url,
            AttributeNames=["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"],
        )
        return sum(map(int, attributes["Attributes"].values()))


def selector(balancer: LoadBalancer) -> str:
    """Select the lines of a load balancer."""
    return f'{{__aws_s3_lb="{balancer.name}"}}'
