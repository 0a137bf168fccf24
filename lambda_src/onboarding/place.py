"""Finds out where the onboarding works."""

from __future__ import annotations

from onboarding.aws import Clients
from onboarding.settings import Place


def find_place(clients: Clients) -> Place:
    """Return the account, partition and region that the clients' credentials are for.

    Raises:
        botocore.exceptions.ClientError: The credentials are not valid.
    """
    identity = clients.sts.get_caller_identity()
    return Place(
        partition=identity["Arn"].split(":")[1], region=clients.region, account_id=identity["Account"]
    )
