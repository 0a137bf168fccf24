"""Cases of the hub's input `spokes`."""

from tests.modules.cases.case import (
    BAD_ACCOUNTS,
    BAD_BUCKETS,
    BAD_PREFIXES,
    GOOD_ACCOUNTS,
    GOOD_BUCKETS,
    GOOD_PREFIXES,
    Case,
    a_spoke,
    hub,
)

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
    *hub("spokes", "Two spokes name the same bucket", a_spoke() | {"other": a_spoke()["shop"]}),
    *hub("spokes", None, a_spoke() | {"other": a_spoke(bucket_name="other-alb-logs")["shop"]}),
]
