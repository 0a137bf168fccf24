"""S3 tells the hub's queue, from which Lambda feeds the function: the default."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from tests.e2e.arrival import Arrival
from tests.e2e.conftest import Deploy
from tests.e2e.deployed import Deployed

# A message is seen again after six times the function's timeout.
TIMEOUT = 3
RECEIVES = 3
# More pushes than there will be until Loki is back.
ALL = 10_000
FAILED = '"message": "Object failed."'


@pytest.fixture(scope="module")
def deployed(deploy: Deploy) -> Deployed:
    return deploy(hub={"ingestion": {"max_receive_count": RECEIVES}}, spoke={}, function={"timeout": TIMEOUT})


class TestQueue(Arrival):
    """A log line's way through the queue."""

    def test_every_line_arrives_when_loki_was_away_for_longer_than_an_invocation(
        self, deployed: Deployed
    ) -> None:
        balancers = [deployed.load_balancer(f"outage-{number}") for number in range(3)]
        failures = deployed.log().count(FAILED)
        deployed.loki.fail_next(ALL, status=503)

        lines = {balancer.name: deployed.deliver(balancer, 200) for balancer in balancers}
        deployed.wait(lambda: deployed.log().count(FAILED) > failures, "failed object")
        deployed.loki.recover()

        for balancer in balancers:
            deployed.wait_for_lines(balancer, 200)
            assert deployed.arrived(balancer) == lines[balancer.name]
        queue, dead_letters = deployed.outputs["queue_url"], deployed.outputs["dead_letter_queue_url"]
        deployed.wait(lambda: deployed.messages(queue) == 0, "empty queue")
        assert deployed.messages(dead_letters) == 0

    def test_a_poisoned_object_is_a_dead_letter_moves_the_alarm_and_does_not_hold_up_others(
        self, deployed: Deployed
    ) -> None:
        dead_letters = deployed.outputs["dead_letter_queue_url"]
        good = deployed.load_balancer("beside-the-poison")
        key = deployed.deliver_broken(deployed.load_balancer("poison"))
        lines = deployed.deliver(good, 20)

        deployed.wait_for_lines(good, 20)
        deployed.wait(lambda: deployed.messages(dead_letters) == 1, "dead letter")

        assert deployed.arrived(good) == lines
        # The alarm watches what has moved: it is asked of the very metric that the alarm names.
        (alarm,) = deployed.hub.cloudwatch.describe_alarms(AlarmNames=["alb-loki-dead-letters"])[
            "MetricAlarms"
        ]

        def depth() -> float:
            now = datetime.now(UTC)
            points = deployed.hub.cloudwatch.get_metric_statistics(
                Namespace=alarm["Namespace"],
                MetricName=alarm["MetricName"],
                Dimensions=alarm["Dimensions"],
                Period=alarm["Period"],
                StartTime=now - timedelta(minutes=10),
                EndTime=now + timedelta(minutes=1),
                Statistics=["Maximum"],
            )["Datapoints"]
            return max((point["Maximum"] for point in points), default=0.0)

        deployed.wait(lambda: depth() > alarm["Threshold"], "movement of the metric of the alarm")
        (message,) = deployed.hub.sqs.receive_message(QueueUrl=dead_letters)["Messages"]
        assert json.loads(message["Body"])["Records"][0]["s3"]["object"]["key"] == key

    def test_dead_letters_of_a_long_outage_are_delivered_when_they_are_moved_back(
        self, deployed: Deployed
    ) -> None:
        queue, dead_letters = deployed.outputs["queue_url"], deployed.outputs["dead_letter_queue_url"]
        balancer = deployed.load_balancer("redriven")
        before = deployed.messages(dead_letters)
        deployed.loki.fail_next(ALL, status=503)
        lines = deployed.deliver(balancer, 100)
        deployed.wait(lambda: deployed.messages(dead_letters) == before + 1, "dead letter")
        assert deployed.arrived(balancer) == []
        deployed.loki.recover()

        deployed.hub.sqs.start_message_move_task(SourceArn=deployed.outputs["dead_letter_queue_arn"])

        deployed.wait_for_lines(balancer, 100)
        assert deployed.arrived(balancer) == lines
        deployed.wait(lambda: deployed.messages(queue) <= before, "queue without the message")
