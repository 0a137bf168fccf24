"""Values of the modules' inputs at the edges of their rules: what is refused, with which words, and what passes."""

from dataclasses import dataclass, field
from typing import Any

REQUIRED: dict[str, dict[str, Any]] = {
    "hub": {
        "loki": {"write_address": "https://loki.example.com/loki/api/v1/push"},
        "loki_credentials": {"anonymous": True},
    },
    "spoke": {
        "bucket_name": "shop-alb-logs",
        "hub": {
            "function_arn": "arn:aws:lambda:eu-west-1:111111111111:function:alb-loki",
            "role_arn": "arn:aws:iam::111111111111:role/alb-loki",
        },
    },
    "log-delivery": {
        "region": "eu-west-1",
        "bucket_name": "shop-alb-logs",
        "account_ids": ["222222222222"],
    },
    "alb-onboarding": {
        "selection": {"all": True},
    },
}
"""A value for each input that has no default."""


@dataclass(frozen=True, eq=False)
class Case:
    """One value of one input.

    Attributes:
        module: The module's folder below modules/.
        variable: The input.
        value: What it is given; all other inputs have good values.
        refused: A telling part of the message with which it is refused; None for a value that has to pass.
        others: Values of other inputs that the rule looks at.
    """

    module: str
    variable: str
    value: Any
    refused: str | None
    others: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        value = self.value if len(repr(self.value)) <= 70 else f"{repr(self.value)[:70]}…"
        return f"{self.module}.{self.variable} = {value!r}"


def hub(variable: str, refused: str | None, *values: Any) -> list[Case]:
    return [Case("hub", variable, value, refused) for value in values]


def spoke(variable: str, refused: str | None, *values: Any, **others: Any) -> list[Case]:
    return [Case("spoke", variable, value, refused, others) for value in values]


def log_delivery(variable: str, refused: str | None, *values: Any, **others: Any) -> list[Case]:
    return [Case("log-delivery", variable, value, refused, others) for value in values]


def onboarding(variable: str, refused: str | None, *values: Any, **others: Any) -> list[Case]:
    return [Case("alb-onboarding", variable, value, refused, others) for value in values]


def arns(refused: str | None, *values: Any, **others: Any) -> list[Case]:
    """Cases of the hub's input `loki_credential_arns`, with nothing in `loki_credentials` unless it is given."""
    return [
        Case("hub", "loki_credential_arns", value, refused, {"loki_credentials": {}} | others)
        for value in values
    ]


def relabel(refused: str | None, *rules: dict[str, Any]) -> list[Case]:
    """Cases of the hub's input `loki` with one relabel rule behind a good one."""
    good = {"action": "keep", "source_labels": ["__aws_log_type"], "regex": "s3_lb"}
    return hub("loki", refused, *(loki(relabel_configs=[good, rule]) for rule in rules))


def a_spoke(**changes: Any) -> dict[str, Any]:
    """The hub's input `spokes` with one spoke."""
    return {"shop": {"account_id": "222222222222", "bucket_name": "shop-alb-logs"} | changes}


def loki(**changes: Any) -> dict[str, Any]:
    """The hub's input `loki`."""
    return {**REQUIRED["hub"]["loki"], **changes}


def the_hub(**changes: Any) -> dict[str, Any]:
    """The spoke's input `hub`."""
    return {**REQUIRED["spoke"]["hub"], **changes}


BAD_BUCKETS = (
    "ab",
    "a" * 64,
    "Shop-Logs",
    "shop_logs",
    "-shop",
    "shop-",
    ".shop",
    "shop..logs",
    "192.168.5.4",
    "xn--shop",
    "sthree-shop",
    "amzn-s3-demo-shop",
    "shop-s3alias",
    "shop--ol-s3",
    "arn:aws:s3:::shop",
    "shop\n",
    "",
)
GOOD_BUCKETS = ("abc", "a" * 63, "shop.alb-logs.1", "1shop1", "192.168.5.4a", "xn-shop", "shop-s3alias-1")

BAD_ACCOUNTS = ("22222222222", "2222222222222", "22222222222a", " 222222222222", "222222222222\n", "", 222)
GOOD_ACCOUNTS = ("222222222222", "012345678901", "000000000001")

BAD_PREFIXES = (
    *("/logs", "logs/", "a//b", "/", "AWSLogs", "logs/AWSLogs", "logs-AWSLogs-1/b"),
    # A notification's filter or a policy would take these for something else than they are in a key.
    *("team a", "env=prod", "a*", "a?", "a&b", "a:b", "$x", "é"),
)
GOOD_PREFIXES = ("", "logs", "logs/team-a", "a/b/c", "awslogs", "AWSLog", "A_b!.'(c)-1")

SECRET = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:team/loki-a1B2c3"
PARAMETER = "arn:aws:ssm:eu-west-1:111111111111:parameter/loki/token"
KEY = "arn:aws:kms:eu-west-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab"
CERTIFICATE = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"
PRIVATE_KEY = "-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n"

BAD_SECRET_ARNS = (
    "",
    "s3cret",
    "arn:aws:secretsmanager:eu-west-1:111111111111:secret:loki",
    "arn:aws:secretsmanager:eu-west-1:1111:secret:loki-a1B2c3",
    "arn:aws:ssm:eu-west-1:111111111111:document/loki",
    "arn:aws:s3:::loki",
    f"{SECRET}#",
    f"{SECRET}\n",
    f" {SECRET}",
)
GOOD_SECRET_ARNS = (
    SECRET,
    f"{SECRET}#password",
    f"{SECRET}#a key",
    PARAMETER,
    f"{PARAMETER}#token",
    "arn:aws-cn:ssm:cn-north-1:111111111111:parameter/token",
    "arn:aws-us-gov:secretsmanager:us-gov-west-1:111111111111:secret:loki-a1B2c3",
)
