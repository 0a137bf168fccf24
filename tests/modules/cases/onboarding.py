"""Cases of the onboarding's inputs, but for `topic`."""

from tests.modules.cases.case import (
    BAD_BUCKETS,
    BAD_PREFIXES,
    GOOD_BUCKETS,
    GOOD_PREFIXES,
    KEY,
    Case,
    onboarding,
    the_hub,
)
from tests.modules.cases.hub_monitoring import BAD_TOPICS, GOOD_TOPICS
from tests.modules.cases.spoke import QUEUE, a_queue

SHOP = "arn:aws:elasticloadbalancing:eu-west-1:222222222222:loadbalancer/app/shop/0123456789abcdef"
ACCOUNT = "arn:aws:iam::444444444444:root"
DAYS = "bucket.expiration_days must be a whole number of days"

CASES: list[Case] = [
    *onboarding(
        "name",
        "name must be at most 32 small letters and digits",
        *("", "Shop", "shop_logs", "-shop", "shop-", "shop--logs", "1shop", "shop-\n", "s" * 33),
        # Without its hyphen it would be shop2, and so would be the ids of statements.
        "shop-2",
    ),
    *onboarding("name", None, "a", "shop", "shop2-logs", "s" * 32),
    *onboarding("selection", "selection must select something", {}, {"all": False}, {"arns": [], "tags": {}}),
    *onboarding(
        "selection",
        "Each of selection.arns must be the ARN of a load balancer",
        {"arns": ["shop"]},
        {"arns": [SHOP, f"{SHOP}\n"]},
        {"arns": [SHOP.replace(":loadbalancer/", ":targetgroup/")]},
    ),
    *onboarding(
        "selection",
        "Each of selection.names must be the name of a load balancer",
        *({"names": [name]} for name in ("", "shop-*", "shop_1", "s" * 33)),
    ),
    *onboarding(
        "selection",
        "Each of selection.name_patterns must be a pattern of names",
        *({"name_patterns": [pattern]} for pattern in ("", "shop_*", "[a-z]*")),
    ),
    *onboarding(
        "selection",
        "Each of selection.tags must have at least one value",
        {"tags": {"team": ["shop"], "stage": []}},
    ),
    *onboarding(
        "selection",
        None,
        {"arns": [SHOP, SHOP.replace("/app/", "/net/")]},
        {"arns": [SHOP.replace("arn:aws:", "arn:aws-cn:")]},
        {"names": ["shop", "s" * 32]},
        {"name_patterns": ["shop-*", "?", "*"]},
        {"tags": {"team": ["shop", "blog-*"], "x": [""]}},
        {"all": True},
    ),
    *onboarding("logs", "logs must have at least one of access", {"access": False}),
    *onboarding("logs", None, {}, {"access": False, "health_check": True}),
    *onboarding(
        "bucket",
        "bucket.name must be a valid S3 bucket name",
        *({"name": name} for name in BAD_BUCKETS if name),
    ),
    *onboarding("bucket", "bucket.create is false, and bucket.name is empty", {"create": False}),
    *onboarding("bucket", "bucket.prefix must be of letters", *({"prefix": bad} for bad in BAD_PREFIXES)),
    *onboarding("bucket", DAYS, *({"expiration_days": days} for days in (0, 1.5, 36501))),
    *onboarding(
        "bucket",
        None,
        {},
        *({"name": name, "create": False} for name in GOOD_BUCKETS),
        *({"prefix": prefix} for prefix in GOOD_PREFIXES),
        {"expiration_days": 1},
        {"expiration_days": 36500},
    ),
    *onboarding(
        "hub",
        "hub.role_arn must be the ARN of an IAM role",
        the_hub(role_arn="alb-loki"),
    ),
    *onboarding("hub", "hub.function_arn must be the ARN of a Lambda function", the_hub(function_arn="")),
    *onboarding("hub", "hub.queue_arn must be the ARN of a standard SQS queue", a_queue(f"{QUEUE}.fifo")),
    *onboarding(
        "hub",
        "hub must have either a function_arn or a queue_arn",
        the_hub(function_arn=None),
        the_hub(queue_arn=QUEUE),
    ),
    *onboarding("hub", None, None, the_hub(), a_queue(QUEUE)),
    *onboarding(
        "readers",
        "Each of readers.arns must be the ARN of an account, a role or a user",
        *(
            {"arns": [arn]}
            for arn in (
                "*",
                "444444444444",
                "arn:aws:iam::444:root",
                "arn:aws:sts::444444444444:assumed-role/a/b",
            )
        ),
    ),
    *onboarding(
        "readers",
        "readers.organization_id must be the ID of an AWS organization",
        {"arns": [ACCOUNT], "organization_id": "ou-a1b2c3d4e5"},
    ),
    *onboarding(
        "readers",
        "readers.organization_id is a condition on readers.arns",
        {"organization_id": "o-a1b2c3d4e5"},
    ),
    *onboarding(
        "readers",
        None,
        {},
        {"arns": [ACCOUNT, "arn:aws-cn:iam::444444444444:role/a/b"], "organization_id": "o-a1b2c3d4e5"},
    ),
    *onboarding("on_destroy", "on_destroy must be restore or keep", "", "delete"),
    *onboarding("on_destroy", None, "restore", "keep"),
    *onboarding("function", "function.architecture must be arm64 or x86_64", {"architecture": "arm"}),
    *onboarding(
        "function",
        "function.memory_size must be a whole number from 128",
        *({"memory_size": size} for size in (127, 10241, 128.5)),
    ),
    *onboarding(
        "function",
        "function.timeout must be a whole number from 60 to 900",
        *({"timeout": seconds} for seconds in (59, 901, 60.5)),
    ),
    *onboarding(
        "function",
        "function.runtime must be a Python runtime of Lambda",
        *({"runtime": runtime} for runtime in ("python3.10", "nodejs22.x", "python3.13\n")),
    ),
    *onboarding("function", "function.log_format must be Text or JSON", {"log_format": "json"}),
    *onboarding(
        "function",
        None,
        {"architecture": "x86_64", "memory_size": 128, "timeout": 60, "log_format": "JSON"},
        {"memory_size": 10240, "timeout": 900, "runtime": "python3.11"},
    ),
    *onboarding("log_retention_days", "log_retention_days must be a retention", 0, 2, 10000),
    *onboarding("log_retention_days", None, 1, 3653),
    *onboarding(
        "iam",
        "iam.path must begin and end with a slash",
        *({"path": path} for path in ("", "/a", "a/", "//")),
    ),
    *onboarding(
        "iam",
        "iam.permissions_boundary_arn must be the ARN of an IAM policy",
        {"permissions_boundary_arn": "boundary"},
        {"permissions_boundary_arn": ""},
    ),
    *onboarding(
        "iam",
        "iam.bucket_names must be at least one name of a bucket",
        *(
            {"bucket_names": names}
            for names in ([], [""], ["arn:aws:s3:::shop"], ["shop", "Shop"], ["a" * 64])
        ),
    ),
    *onboarding(
        "iam",
        None,
        {"path": "/platform/logs/", "permissions_boundary_arn": "arn:aws:iam::222222222222:policy/a"},
        {"bucket_names": ["*"]},
        {"bucket_names": ["shop-*-logs", "blog?logs", "a" * 63]},
    ),
    *onboarding(
        "kms_key_arn",
        "kms_key_arn must be the ARN of a key",
        "alias/logs",
        KEY.replace(":key/", ":alias/"),
    ),
    *onboarding("kms_key_arn", None, "", KEY),
    *(
        case
        for name in ("alarm_topic_arns", "ok_topic_arns")
        for case in (
            *onboarding(
                "monitoring",
                f"monitoring.{name} must be at most 5 ARNs of SNS topics",
                *({name: topics} for topics in BAD_TOPICS),
            ),
            *onboarding("monitoring", None, *({name: topics} for topics in GOOD_TOPICS)),
        )
    ),
]
