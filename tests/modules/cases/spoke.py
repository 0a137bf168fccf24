"""Cases of the spoke's inputs."""

from typing import Any

from tests.modules.cases.case import (
    BAD_ACCOUNTS,
    BAD_BUCKETS,
    BAD_PREFIXES,
    GOOD_ACCOUNTS,
    GOOD_BUCKETS,
    GOOD_PREFIXES,
    KEY,
    Case,
    spoke,
    the_hub,
)

QUEUE = "arn:aws:sqs:eu-west-1:111111111111:alb-loki"
MANY = [f"{number:012}" for number in range(100)]
NETWORK = {"application": False, "network": True}


def a_queue(arn: str | None) -> dict[str, Any]:
    """The spoke's input `hub`, of a hub with a queue."""
    return the_hub(function_arn=None, queue_arn=arn)


CASES: list[Case] = [
    *spoke("bucket_name", "bucket_name must be a valid S3 bucket name", *BAD_BUCKETS),
    *spoke("bucket_name", None, *GOOD_BUCKETS),
    *spoke(
        "hub",
        "hub.function_arn must be the ARN of a Lambda function",
        the_hub(function_arn="alb-loki"),
        the_hub(function_arn="arn:aws:lambda:eu-west-1:11111111111:function:alb-loki"),
        the_hub(function_arn="arn:aws:sqs:eu-west-1:111111111111:alb-loki"),
        the_hub(function_arn=""),
    ),
    *spoke(
        "hub",
        "hub.role_arn must be the ARN of an IAM role",
        the_hub(role_arn="alb-loki"),
        the_hub(role_arn="arn:aws:iam::111111111111:user/alb-loki"),
        the_hub(role_arn="arn:aws:iam::1111:role/alb-loki"),
        the_hub(role_arn="arn:aws:iam::111111111111:role/"),
    ),
    *spoke(
        "hub",
        "hub.queue_arn must be the ARN of a standard SQS queue",
        a_queue("alb-loki"),
        a_queue("arn:aws:sqs:eu-west-1:11111111111:alb-loki"),
        a_queue("arn:aws:sqs:eu-west-1:111111111111:alb-loki.fifo"),
        a_queue("arn:aws:lambda:eu-west-1:111111111111:function:alb-loki"),
        a_queue(""),
    ),
    *spoke(
        "hub",
        "hub must have either a function_arn or a queue_arn",
        the_hub(queue_arn=QUEUE),
        a_queue(None),
    ),
    *spoke("hub", None, a_queue(QUEUE), a_queue(f"arn:aws-cn:sqs:cn-north-1:111111111111:{'q' * 80}")),
    *spoke(
        "hub",
        None,
        {
            "function_arn": "arn:aws-cn:lambda:cn-north-1:111111111111:function:alb_loki-1",
            "role_arn": "arn:aws-cn:iam::111111111111:role/path/alb-loki",
        },
    ),
    *spoke(
        "prefix", "no AWSLogs in it: Elastic Load Balancing adds /AWSLogs/<account> itself", *BAD_PREFIXES
    ),
    *spoke("prefix", None, *GOOD_PREFIXES),
    *spoke(
        "log_account_ids",
        "Each of log_account_ids must be a 12-digit AWS account id",
        *(["222222222222", account] for account in BAD_ACCOUNTS),
    ),
    *spoke("log_account_ids", "log_account_ids must name each account once", ["222222222222"] * 2),
    *spoke("log_account_ids", "log_account_ids must name at most 100 accounts", [*MANY, "222222222222"]),
    *spoke("log_account_ids", None, [], [*GOOD_ACCOUNTS], MANY),
    *spoke("log_delivery", "log_delivery must have at least one of application", {"application": False}),
    *spoke("log_delivery", None, {}, {"network": True}, {"application": False, "outposts": True}),
    *spoke(
        "kms_key_arn",
        "kms_key_arn must be the ARN of a KMS key, not of an alias",
        *(
            "alias/logs",
            KEY.replace("key/", "alias/"),
            f"{KEY}\n",
            "1234abcd",
            KEY.replace(":111111111111:", "::"),
        ),
        log_delivery=NETWORK,
    ),
    *spoke("kms_key_arn", "(Access Denied for bucket). Leave kms_key_arn empty", KEY),
    *spoke(
        "kms_key_arn", "Leave kms_key_arn empty", KEY, log_delivery={"application": True, "network": True}
    ),
    *spoke("kms_key_arn", "Leave kms_key_arn empty", KEY, log_delivery={**NETWORK, "outposts": True}),
    *spoke("kms_key_arn", None, "", KEY, log_delivery=NETWORK),
    *spoke(
        "demo_load_balancer",
        "demo_load_balancer.name must be 1 to 32 letters, digits and hyphens",
        {"name": ""},
        {"name": "a" * 33},
        {"name": "-demo"},
        {"name": "demo-"},
        {"name": "alb_demo"},
        {"name": "internal-demo"},
    ),
    *spoke("demo_load_balancer", None, {}, {"name": "a"}, {"name": "a" * 32}, {"name": "internally"}),
    *spoke(
        "demo_load_balancer",
        "demo_load_balancer.cidr_block must be an IPv4 range in CIDR notation of at least a /24",
        {"cidr_block": "10.200.0.0/25"},
        {"cidr_block": "10.200.0.0"},
        {"cidr_block": "10.200/16"},
        {"cidr_block": "2001::/20"},
    ),
    *spoke(
        "demo_load_balancer",
        "Set demo_load_balancer.enabled to false",
        {"enabled": True},
        log_delivery=NETWORK,
    ),
    *spoke("demo_load_balancer", None, {"enabled": True}),
    *spoke("demo_load_balancer", None, {}, log_delivery=NETWORK),
    *spoke("demo_load_balancer", None, {"cidr_block": "10.200.0.0/24"}, {"cidr_block": "10.200.0.0/16"}),
]
