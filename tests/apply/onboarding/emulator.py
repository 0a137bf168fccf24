"""AWS on LocalStack, as the function finds it."""

from __future__ import annotations

from typing import Any

import boto3
import botocore.session
from botocore.config import Config

from onboarding.aws import Clients
from tests.harness.aws.accounts import Account
from tests.harness.aws.clients import AwsClients

# The function's own waiting and repeating would hide a fault of the emulator.
_CONFIG = Config(
    s3={"addressing_style": "path"}, proxies={}, retries={"total_max_attempts": 1}, connect_timeout=5
)
# Reads each service's description once, instead of once for each account.
_LOADER = botocore.session.get_session().get_component("data_loader")


class EmulatorSession(boto3.Session):
    """A session whose clients go to an emulator."""

    def __init__(self, endpoint: str, account_id: str, region: str) -> None:
        base = botocore.session.get_session()
        base.register_component("data_loader", _LOADER)
        super().__init__(
            aws_access_key_id=account_id,
            aws_secret_access_key="test",
            region_name=region,
            botocore_session=base,
        )
        self._endpoint = endpoint

    def client(self, service_name: str, *_: Any, config: Config | None = None, **__: Any) -> Any:
        return super().client(  # type: ignore[call-overload]
            service_name, endpoint_url=self._endpoint, config=(config or Config()).merge(_CONFIG)
        )


def clients(endpoint: str, account_id: str, region: str) -> Clients:
    """Clients of an account on the emulator."""
    return Clients(EmulatorSession(endpoint, account_id, region))


class QuickAwsClients(AwsClients):
    """A test's own clients, of an account that is used by that test only."""

    def __init__(self, endpoint: str, account_id: str, region: str) -> None:
        super().__init__(endpoint, Account(account_id, "test"), region)
        self._session = EmulatorSession(endpoint, account_id, region)
