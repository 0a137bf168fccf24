"""Cases of the hub's inputs `ingestion`, `organization_id`, `iam` and `kms_key_arn`."""

from tests.modules.cases.case import KEY, Case, hub

CASES: list[Case] = [
    *hub(
        "ingestion",
        "ingestion.mode must be queue",
        *({"mode": mode} for mode in ("", "Queue", "sqs", "eventbridge")),
    ),
    *hub("ingestion", None, {}, {"mode": "queue"}, {"mode": "direct"}),
    *hub(
        "ingestion", "ingestion.batch_size must be a whole number", *({"batch_size": n} for n in (0, 11, 1.5))
    ),
    *hub("ingestion", None, {"batch_size": 1}, {"batch_size": 10}),
    *hub(
        "ingestion",
        "ingestion.maximum_concurrency must be a whole number from 2",
        *({"maximum_concurrency": n} for n in (1, 1001, 2.5)),
    ),
    *hub("ingestion", None, {"maximum_concurrency": 2}, {"maximum_concurrency": 1000}),
    *hub(
        "ingestion",
        "ingestion.max_receive_count must be a whole number",
        *({"max_receive_count": n} for n in (0, 1001, 1.5)),
    ),
    *hub("ingestion", None, {"max_receive_count": 1}, {"max_receive_count": 1000}),
    *hub(
        "ingestion",
        "ingestion.retention_days must be a whole number of days",
        *({"retention_days": n} for n in (0, 15, 1.5)),
    ),
    *hub("ingestion", None, {"retention_days": 1}, {"retention_days": 14}),
    *hub(
        "ingestion",
        "ingestion.maximum_retry_attempts must be 0, 1 or 2",
        *({"maximum_retry_attempts": n} for n in (-1, 3, 0.5)),
    ),
    *hub("ingestion", None, {"maximum_retry_attempts": 0}, {"maximum_retry_attempts": 2}),
    *hub(
        "ingestion",
        "ingestion.maximum_event_age_seconds must be a whole number of seconds",
        *({"maximum_event_age_seconds": n} for n in (59, 21601, 60.5)),
    ),
    *hub("ingestion", None, {"maximum_event_age_seconds": 60}, {"maximum_event_age_seconds": 21600}),
    *hub(
        "organization_id",
        "organization_id must be the ID of an AWS organization",
        *("o-a1b2c3d4e", f"o-{'a' * 33}", "O-a1b2c3d4e5", "r-a1b2c3d4e5", "222222222222", "o-a1b2c3d4e5\n"),
    ),
    *hub("organization_id", None, "", "o-a1b2c3d4e5", f"o-{'a' * 32}"),
    Case(
        "hub",
        "organization_id",
        "o-a1b2c3d4e5",
        "organization_id needs ingestion.mode queue",
        {"ingestion": {"mode": "direct"}},
    ),
    Case("hub", "organization_id", "", None, {"ingestion": {"mode": "direct"}}),
    *hub(
        "iam",
        "iam.path must begin and end with a slash",
        *({"path": path} for path in ("", "platform", "/platform", "platform/", "//", "/a//b/", "/a b/")),
    ),
    *hub("iam", None, {}, {"path": "/"}, {"path": "/platform/logs_1/"}),
    *hub(
        "iam",
        "iam.permissions_boundary_arn must be the ARN of an IAM policy",
        *(
            {"permissions_boundary_arn": arn}
            for arn in ("", "boundary", "arn:aws:iam::111111111111:role/boundary", "arn:aws:iam::1:policy/b")
        ),
    ),
    *hub(
        "iam",
        None,
        {"permissions_boundary_arn": "arn:aws:iam::111111111111:policy/boundaries/logs"},
        {"permissions_boundary_arn": "arn:aws:iam::aws:policy/PowerUserAccess"},
        {"permissions_boundary_arn": "arn:aws-cn:iam::111111111111:policy/logs"},
    ),
    *hub(
        "kms_key_arn",
        "kms_key_arn must be the ARN of a key",
        *("alias/logs", KEY.rpartition("/")[2], "arn:aws:kms:eu-west-1:111111111111:alias/logs", f"{KEY}\n"),
    ),
    *hub("kms_key_arn", None, "", KEY),
]
