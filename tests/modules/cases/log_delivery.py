"""Cases of the inputs of log delivery."""

from tests.modules.cases.case import (
    BAD_ACCOUNTS,
    BAD_BUCKETS,
    BAD_PREFIXES,
    GOOD_ACCOUNTS,
    GOOD_BUCKETS,
    GOOD_PREFIXES,
    Case,
    log_delivery,
)

CASES: list[Case] = [
    *log_delivery(
        "region",
        "region must be the code of an AWS region",
        *("", "eu-west", "eu_west_1", "EU-WEST-1", "eu-west-1a", "west-1", "eu-west-1\n", "*"),
    ),
    *log_delivery("region", None, "eu-west-1", "us-gov-east-1", "eusc-de-east-1", "ap-southeast-99"),
    *log_delivery("bucket_name", "bucket_name must be a valid S3 bucket name", *BAD_BUCKETS),
    *log_delivery("bucket_name", None, *GOOD_BUCKETS),
    *log_delivery("prefix", "no AWSLogs in it: Elastic Load Balancing adds", *BAD_PREFIXES),
    *log_delivery("prefix", None, *GOOD_PREFIXES),
    *log_delivery(
        "account_ids",
        "Each of account_ids must be a 12-digit AWS account id",
        *(["222222222222", account] for account in BAD_ACCOUNTS),
    ),
    *log_delivery("account_ids", "at least one account, and each one once", [], ["222222222222"] * 2),
    *log_delivery("account_ids", None, [*GOOD_ACCOUNTS], ["222222222222"]),
    *log_delivery(
        "load_balancers", "load_balancers must have at least one of application", {"application": False}
    ),
    *log_delivery("load_balancers", None, {}, {"application": False, "outposts": True}),
    *log_delivery(
        "grant_elb_account",
        "Leave grant_elb_account at false: no other kind of load balancer delivers by that account",
        True,
        load_balancers={"application": False, "network": True},
    ),
    *log_delivery("grant_elb_account", None, True, load_balancers={"network": True}),
]
