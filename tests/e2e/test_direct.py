"""S3 invokes the function itself, which runs in a network of its own."""

from __future__ import annotations

import json

import pytest

from tests.e2e.arrival import Arrival
from tests.e2e.conftest import Deploy
from tests.e2e.deployed import PREFIX, Deployed

FUNCTION = "alb-loki"


@pytest.fixture(scope="module")
def deployed(deploy: Deploy) -> Deployed:
    return deploy(
        hub={"ingestion": {"mode": "direct"}, "network": {"mode": "created"}},
        spoke={"demo_load_balancer": True},
        function={"timeout": 30},
    )


class TestDirect(Arrival):
    """A log line's way by direct invocation."""

    def test_an_object_that_cannot_be_read_is_tried_three_times_and_then_a_dead_letter(
        self, deployed: Deployed
    ) -> None:
        dead_letters = deployed.outputs["dead_letter_queue_url"]
        key = deployed.deliver_broken(deployed.load_balancer("corrupt"))

        deployed.wait(lambda: deployed.messages(dead_letters) == 1, "dead letter")

        # Lambda repeats a failed asynchronous invocation twice.
        assert deployed.log().count("[ERROR]") == 3
        (message,) = deployed.hub.sqs.receive_message(QueueUrl=dead_letters)["Messages"]
        record = json.loads(message["Body"])
        assert record["requestPayload"]["Records"][0]["s3"]["object"]["key"] == key
        assert record["requestContext"]["condition"] == "RetriesExhausted"

    def test_s3_may_invoke_the_function_for_the_spokes_bucket_only(self, deployed: Deployed) -> None:
        policy = json.loads(deployed.hub.functions.get_policy(FunctionName=FUNCTION)["Policy"])

        (statement,) = policy["Statement"]
        assert statement["Principal"] == {"Service": "s3.amazonaws.com"}
        assert statement["Action"] == "lambda:InvokeFunction"
        assert statement["Condition"] == {
            "StringEquals": {"AWS:SourceAccount": deployed.spoke.account.id},
            "ArnLike": {"AWS:SourceArn": f"arn:aws:s3:::{deployed.outputs['bucket_name']}"},
        }

    def test_the_demo_load_balancer_logs_to_the_bucket(self, deployed: Deployed) -> None:
        elbv2 = deployed.spoke.elbv2
        balancer = elbv2.describe_load_balancers(Names=["alb-loki-demo"])["LoadBalancers"][0]
        described = elbv2.describe_load_balancer_attributes(LoadBalancerArn=balancer["LoadBalancerArn"])
        attributes = {attribute["Key"]: attribute["Value"] for attribute in described["Attributes"]}

        assert balancer["DNSName"] == deployed.outputs["alb_dns_name"]
        assert attributes["access_logs.s3.enabled"] == "true"
        assert attributes["access_logs.s3.bucket"] == deployed.outputs["bucket_name"]
        assert attributes["access_logs.s3.prefix"] == PREFIX
