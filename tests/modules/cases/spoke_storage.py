"""Cases of the spoke's inputs about how the bucket keeps what it holds, and about one that is there already."""

from typing import Any

from tests.modules.cases.case import BAD_BUCKETS, GOOD_BUCKETS, GOOD_PREFIXES, Case, spoke


def move(days: float, storage_class: str) -> dict[str, Any]:
    return {"days": days, "storage_class": storage_class}


LONG = {"expiration_days": 400}

CASES: list[Case] = [
    *spoke("expiration_days", "expiration_days must be a whole number of days, at least 1", 0, -1, 1.5),
    *spoke("expiration_days", None, 1, 3650),
    *spoke(
        "transitions",
        "Each storage_class of transitions must be one of",
        *([move(60, name)] for name in ("", "STANDARD", "standard_ia", "REDUCED_REDUNDANCY")),
        **LONG,
    ),
    *spoke(
        "transitions",
        "The days of transitions must be whole numbers",
        [move(0, "GLACIER")],
        [move(-1, "GLACIER")],
        [move(1.5, "GLACIER")],
        **LONG,
    ),
    *spoke(
        "transitions",
        "must be of 30 days or more",
        [move(29, "STANDARD_IA")],
        [move(29, "ONEZONE_IA")],
        **LONG,
    ),
    *spoke(
        "transitions",
        "transitions must be in the order of their days",
        [move(90, "STANDARD_IA"), move(60, "GLACIER")],
        [move(60, "STANDARD_IA"), move(60, "GLACIER")],
        [move(60, "STANDARD_IA"), move(89, "GLACIER")],
        [move(60, "GLACIER_IR"), move(60, "GLACIER")],
        **LONG,
    ),
    *spoke(
        "transitions",
        "transitions must go down in this order of storage classes",
        [move(60, "GLACIER"), move(90, "STANDARD_IA")],
        [move(60, "ONEZONE_IA"), move(90, "ONEZONE_IA")],
        **LONG,
    ),
    *spoke(
        "transitions", "must be less than expiration_days", [move(30, "GLACIER_IR")], [move(31, "GLACIER")]
    ),
    *spoke(
        "transitions",
        None,
        [],
        [move(30, "STANDARD_IA"), move(60, "INTELLIGENT_TIERING"), move(120, "DEEP_ARCHIVE")],
        [move(30, "ONEZONE_IA")],
        [move(1, "GLACIER_IR"), move(399, "GLACIER")],
        **LONG,
    ),
    *spoke(
        "versioning",
        "versioning.noncurrent_days must be a whole number of days",
        *({"noncurrent_days": days} for days in (0, -1, 0.5)),
    ),
    *spoke("versioning", None, {}, {"enabled": True}, {"enabled": True, "noncurrent_days": 1}),
    *spoke(
        "access_log",
        "access_log.bucket_name must be a valid S3 bucket name",
        *({"bucket_name": name} for name in BAD_BUCKETS),
    ),
    *spoke(
        "access_log", "access_log.bucket_name must not be the log bucket", {"bucket_name": "shop-alb-logs"}
    ),
    *spoke(
        "access_log",
        "access_log.prefix must be of letters, digits",
        *({"bucket_name": "logs", "prefix": prefix} for prefix in ("/a", "a/", "a//b", "a b", "a*")),
    ),
    *spoke("access_log", None, None, *({"bucket_name": name} for name in GOOD_BUCKETS)),
    *spoke("access_log", None, *({"bucket_name": "logs", "prefix": prefix} for prefix in GOOD_PREFIXES)),
    *spoke(
        "deletion_protection",
        "deletion_protection is a statement of the bucket's policy, and that policy is not this module's",
        True,
        create_bucket=False,
    ),
    *spoke("deletion_protection", "or manage_policy to true", True, manage_policy=False),
    *spoke("deletion_protection", None, True, create_bucket=False, manage_policy=True),
    *spoke("deletion_protection", None, True),
    *(
        case
        for variable, value in (
            ("transitions", [move(1, "GLACIER")]),
            ("versioning", {"enabled": True}),
            ("access_log", {"bucket_name": "logs"}),
            ("force_destroy", True),
        )
        for case in (
            *spoke(
                variable,
                f"Leave {variable} out, and set it where the bucket is made",
                value,
                create_bucket=False,
            ),
            *spoke(variable, None, value),
        )
    ),
]
