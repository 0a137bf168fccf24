"""Cases of the spoke's inputs."""

from tests.modules.cases.case import (
    BAD_BUCKETS,
    BAD_PREFIXES,
    GOOD_BUCKETS,
    GOOD_PREFIXES,
    Case,
    spoke,
    the_hub,
)

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
    *spoke("expiration_days", "expiration_days must be a whole number of days, at least 1", 0, -1, 1.5),
    *spoke("expiration_days", None, 1, 3650),
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
    *spoke("demo_load_balancer", None, {"cidr_block": "10.200.0.0/24"}, {"cidr_block": "10.200.0.0/16"}),
]
