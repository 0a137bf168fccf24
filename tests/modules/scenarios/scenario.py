"""What a scenario is: a call of a module in an account, and values that several scenarios share."""

from dataclasses import dataclass, field
from typing import Any

SECRETS = ("s3cret-password", "s3cret-token")
WRITE_ADDRESS = "https://loki.example.com/loki/api/v1/push"
# What Terraform does not know before the apply, such as the address of a Loki that the same root makes.
UNKNOWN = "terraform_data.unknown.output"
UNKNOWN_ARNS = "terraform_data.unknown_arns.output"
REGION_WITHOUT_ELB_ACCOUNT = "eu-central-2"


def hub_arns(region: str) -> dict[str, str]:
    """The spoke's input `hub`, for a hub in a region."""
    return {
        "function_arn": f"arn:aws:lambda:{region}:111111111111:function:alb-loki",
        "role_arn": "arn:aws:iam::111111111111:role/alb-loki",
    }


def hub_with_queue(region: str) -> dict[str, str]:
    """The same, for a hub that has a queue."""
    return {
        "queue_arn": f"arn:aws:sqs:{region}:111111111111:alb-loki",
        "role_arn": "arn:aws:iam::111111111111:role/alb-loki",
    }


HUB_ARNS = hub_arns("eu-west-1")


SECRET_ARN = "arn:aws:secretsmanager:eu-central-1:444444444444:secret:team/loki-a1B2c3"
CA_ARN = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:ca-d4E5f6"
PARAMETER_ARN = "arn:aws:ssm:eu-west-1:111111111111:parameter/loki/token"
KEY_ARN = "arn:aws:kms:eu-central-1:444444444444:key/1234abcd-12ab-34cd-56ef-1234567890ab"
HUB_KEY_ARN = "arn:aws:kms:eu-west-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab"
QUEUE_ARN = "arn:aws:sqs:eu-west-1:111111111111:refused"


@dataclass(frozen=True)
class Provider:
    """An account in a region."""

    account_id: str
    region: str
    partition: str = "aws"


PROVIDERS = {
    "hub": Provider("111111111111", "eu-west-1"),
    "spoke": Provider("222222222222", "eu-west-1"),
    "china": Provider("333333333333", "cn-northwest-1", "aws-cn"),
}


@dataclass(frozen=True)
class Scenario:
    """A call of a module in the account of a provider."""

    module: str
    inputs: dict[str, Any] = field(default_factory=dict)
    provider: str = ""


def hub(provider: str = "hub", **inputs: Any) -> Scenario:
    defaults = {"loki": {"write_address": WRITE_ADDRESS}, "loki_credentials": {"anonymous": True}}
    return Scenario("hub", defaults | inputs, provider)


def spoke(provider: str = "spoke", **inputs: Any) -> Scenario:
    hub = hub_arns(PROVIDERS[provider].region)
    return Scenario("spoke", {"bucket_name": "shop-alb-logs", "hub": hub} | inputs, provider)


def onboarding(provider: str = "spoke", **inputs: Any) -> Scenario:
    return Scenario("alb-onboarding", {"selection": {"all": True}} | inputs, provider)


SHOP: dict[str, Any] = {"account_id": "222222222222", "bucket_name": "shop-alb-logs"}
