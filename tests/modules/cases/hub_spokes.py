"""Cases of the hub's input `spokes`."""

from tests.modules.cases.case import (
    BAD_ACCOUNTS,
    BAD_BUCKETS,
    BAD_PREFIXES,
    GOOD_ACCOUNTS,
    GOOD_BUCKETS,
    GOOD_PREFIXES,
    KEY,
    Case,
    a_spoke,
    hub,
)

TOPIC = "arn:aws:sns:eu-west-1:222222222222:alb-onboarding"

CASES: list[Case] = [
    *hub(
        "spokes",
        "Each name in spokes must be 1 to 80 letters",
        {"": a_spoke()["shop"]},
        {"a" * 81: a_spoke()["shop"]},
        {"shop logs": a_spoke()["shop"]},
        {"shop.logs": a_spoke()["shop"]},
    ),
    *hub("spokes", None, {}, {"a" * 80: a_spoke()["shop"]}, {"Shop_1-b": a_spoke()["shop"]}),
    *hub(
        "spokes",
        "account_id must be a 12-digit AWS account id, in quotes",
        *(a_spoke(account_id=account) for account in BAD_ACCOUNTS),
    ),
    *hub("spokes", None, *(a_spoke(account_id=account) for account in GOOD_ACCOUNTS)),
    *hub(
        "spokes",
        "bucket_name must be a valid S3 bucket name",
        *(a_spoke(bucket_name=bucket) for bucket in BAD_BUCKETS),
    ),
    *hub("spokes", None, *(a_spoke(bucket_name=bucket) for bucket in GOOD_BUCKETS)),
    *hub(
        "spokes",
        "prefix must be of letters, digits and !_.'()- between single slashes",
        *(a_spoke(prefix=prefix) for prefix in BAD_PREFIXES),
    ),
    *hub("spokes", None, *(a_spoke(prefix=prefix) for prefix in GOOD_PREFIXES)),
    *hub(
        "spokes",
        "Each of a spoke's prefixes must be of letters, digits and !_.'()- between single slashes",
        *(a_spoke(prefix="web", prefixes=["api", prefix]) for prefix in BAD_PREFIXES),
    ),
    *hub(
        "spokes",
        "prefixes must name each prefix once",
        a_spoke(prefixes=["web", "web"]),
        a_spoke(prefix="web", prefixes=["api", "web"]),
        a_spoke(prefixes=[""]),
    ),
    *hub(
        "spokes",
        None,
        a_spoke(prefixes=[]),
        *(a_spoke(prefix="web", prefixes=["api", prefix]) for prefix in GOOD_PREFIXES),
    ),
    *hub(
        "spokes",
        "log_account_ids must be a 12-digit AWS account id",
        *(a_spoke(log_account_ids=["333333333333", account]) for account in BAD_ACCOUNTS),
    ),
    *hub(
        "spokes",
        "log_account_ids must name each account once",
        a_spoke(log_account_ids=["333333333333", "333333333333"]),
    ),
    *hub(
        "spokes", None, a_spoke(log_account_ids=[]), a_spoke(log_account_ids=["333333333333", "012345678901"])
    ),
    *hub(
        "spokes",
        "Every spoke's kms_key_arn must be the ARN of a key",
        *(
            a_spoke(kms_key_arn=arn)
            for arn in ("alias/logs", "arn:aws:kms:eu-west-1:111111111111:alias/logs", f"{KEY}\n")
        ),
    ),
    *hub("spokes", None, a_spoke(kms_key_arn=""), a_spoke(kms_key_arn=KEY)),
    *hub(
        "spokes",
        "Every spoke's topic_arn must be the ARN of a standard SNS topic",
        *(
            a_spoke(topic_arn=arn)
            for arn in (
                "logs",
                f"{TOPIC}.fifo",
                f"{TOPIC}:1234abcd-12ab-34cd-56ef-1234567890ab",
                TOPIC.replace("sns", "sqs"),
                f"{TOPIC}\n",
            )
        ),
    ),
    *hub("spokes", None, a_spoke(topic_arn=""), a_spoke(topic_arn=TOPIC)),
    *hub(
        "spokes",
        "tenant_id must be what Loki takes for a tenant",
        *(a_spoke(tenant_id=tenant) for tenant in ("a b", "a/b", "a" * 151, "a|b")),
    ),
    *hub("spokes", None, a_spoke(tenant_id=""), a_spoke(tenant_id="Team_1.a-b!*'()")),
    *hub(
        "spokes",
        "Each name in a spoke's labels must be letters, digits and underscores",
        *(a_spoke(labels={name: "web"}) for name in ("", "1team", "team-a", "a b")),
    ),
    *hub("spokes", None, a_spoke(labels={}), a_spoke(labels={"team_1": "web, prod", "_": ""})),
    *hub("spokes", "Two spokes name the same bucket", a_spoke() | {"other": a_spoke()["shop"]}),
    *hub("spokes", None, a_spoke() | {"other": a_spoke(bucket_name="other-alb-logs")["shop"]}),
]
