"""The example `single-account`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.apply.examples.conftest import Applied, Clients
from tests.conftest import EXAMPLE_ACCOUNTS

NAME = "single-account"
(ACCOUNT,) = EXAMPLE_ACCOUNTS[NAME]


def test_its_bucket_announces_to_the_queue_and_nothing_is_left(
    applied: Applied,
    clients_of: Callable[[str], Clients],
    unique_name: Callable[[str], str],
    loki: dict[str, Any],
) -> None:
    bucket = unique_name("single")
    variables = {
        "account_id": ACCOUNT.id,
        "profile": ACCOUNT.profile,
        "bucket_name": bucket,
        "loki_write_address": loki["loki"]["write_address"],
        "loki_credentials": loki["loki_credentials"],
        "force_destroy": True,
    }
    (owner,) = clients_of(NAME)

    with applied(NAME, variables, shared=("modules", "main.tf", "outputs.tf", "variables.tf", "versions.tf")):
        (rule,) = owner.s3.get_bucket_notification_configuration(Bucket=bucket)["QueueConfigurations"]

        assert rule["QueueArn"] == f"arn:aws:sqs:eu-west-1:{ACCOUNT.id}:alb-loki"
