"""The example `two-spokes`."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from tests.apply.examples.conftest import Applied, Clients
from tests.conftest import EXAMPLE_ACCOUNTS
from tests.harness.aws.accounts import Account

NAME = "two-spokes"
HUB, SHOP, BLOG = EXAMPLE_ACCOUNTS[NAME]


def test_the_hub_knows_both_spokes_which_announce_to_it_and_nothing_is_left(
    applied: Applied,
    clients_of: Callable[[str], Clients],
    unique_name: Callable[[str], str],
    loki: dict[str, Any],
) -> None:
    def spoke(name: str, account: Account, prefix: str) -> dict[str, Any]:
        return {
            "account_id": account.id,
            "profile": account.profile,
            "bucket_name": unique_name(name),
            "prefix": prefix,
            "tenant_id": f"{name}-tenant",
            "labels": {"team": name},
            "force_destroy": True,
        }

    shop, blog = spoke("shop", SHOP, ""), spoke("blog", BLOG, "web")
    hub = {"account_id": HUB.id, "profile": HUB.profile}
    of_hub, *of_spokes = clients_of(NAME)

    with applied(NAME, {"hub": hub, "shop": shop, "blog": blog, **loki}):
        configuration = of_hub.functions.get_function_configuration(FunctionName="alb-loki")
        assert json.loads(configuration["Environment"]["Variables"]["SPOKES"]) == {
            spoke["bucket_name"]: {"tenant": spoke["tenant_id"], "labels": spoke["labels"]}
            for spoke in (shop, blog)
        }
        for owner, made in zip(of_spokes, (shop, blog), strict=True):
            (rule,) = owner.s3.get_bucket_notification_configuration(Bucket=made["bucket_name"])[
                "QueueConfigurations"
            ]
            assert rule["QueueArn"] == f"arn:aws:sqs:eu-west-1:{HUB.id}:alb-loki"
