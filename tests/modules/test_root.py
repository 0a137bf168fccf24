"""The root module joins a hub and a spoke of the same account."""

from tests.modules.results import Applied

ACCOUNT = "111111111111"


def test_the_bucket_notifies_the_hub_s_queue(applied: Applied) -> None:
    root = applied.scenarios["root_default"]

    (rule,) = root["module.spoke.aws_s3_bucket_notification.this[0]"]["queue"]

    assert rule["queue_arn"] == f"arn:aws:sqs:eu-west-1:{ACCOUNT}:alb-loki"
    assert root["module.hub.aws_sqs_queue.ingestion[0]"]["name"] == "alb-loki"
    (send,) = [
        statement
        for name, statement in root.policy("module.hub.aws_sqs_queue_policy.ingestion[0]").items()
        if name == "SpokesSend"
    ]
    assert send["Condition"]["ArnEquals"]["aws:SourceArn"] == ["arn:aws:s3:::shop-alb-logs"]


def test_the_function_s_role_reads_what_the_account_s_load_balancers_write(applied: Applied) -> None:
    root = applied.scenarios["root_network"]

    role = root.policy("module.hub.aws_iam_policy.read_logs[0]")["ReadLogObjects"]
    bucket = root.policy("module.spoke.aws_s3_bucket_policy.this[0]")

    assert role["Resource"] == [f"arn:aws:s3:::shop-alb-logs/lb/AWSLogs/{ACCOUNT}/elasticloadbalancing/*"]
    assert bucket["HubReadsLogs"]["Principal"] == {"AWS": f"arn:aws:iam::{ACCOUNT}:role/first"}
    assert bucket["HubReadsLogs"]["Resource"] == role["Resource"]
    assert bucket["DeliverLogs"]["Resource"] == [f"arn:aws:s3:::shop-alb-logs/lb/AWSLogs/{ACCOUNT}/*"]


def test_network_and_demo_load_balancer_are_made_where_they_are_asked_for(applied: Applied) -> None:
    asked = {"module.hub.aws_nat_gateway.this[0]", "module.spoke.aws_lb.demo[0]"}

    assert asked <= set(applied.scenarios["root_network"].values)
    assert asked & set(applied.scenarios["root_default"].values) == set()


def test_the_outputs_say_where_to_look_next(applied: Applied) -> None:
    outputs = applied.scenarios["root_default"].outputs

    assert outputs["bucket_name"] == "shop-alb-logs"
    assert outputs["log_group_name"] == "/aws/lambda/alb-loki"
    assert outputs["queue_arn"] == f"arn:aws:sqs:eu-west-1:{ACCOUNT}:alb-loki"
    assert outputs["nat_public_ips"] == []
    assert outputs["alb_dns_name"] is None
