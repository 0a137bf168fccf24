"""Clients of AWS, and what all calls have in common."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from botocore.config import Config

if TYPE_CHECKING:
    import boto3
    from botocore.exceptions import ClientError
    from mypy_boto3_elbv2 import ElasticLoadBalancingv2Client
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_ssm import SSMClient
    from mypy_boto3_sts import STSClient

# Several onboardings, and whoever else works on load balancers, share the account's rate of calls.
_CONFIG: dict[str, Any] = {
    "connect_timeout": 5,
    "read_timeout": 20,
    "retries": {"mode": "adaptive", "total_max_attempts": 10},
    "max_pool_connections": 16,
}


class Clients:
    """Clients of one account in one region, each made when it is first used; threads may share them."""

    def __init__(self, session: boto3.Session) -> None:
        self._session = session

    @property
    def region(self) -> str:
        """The region that the session is for."""
        return str(self._session.region_name)

    @cached_property
    def elbv2(self) -> ElasticLoadBalancingv2Client:
        """Elastic Load Balancing: application, network and gateway load balancers."""
        return self._session.client("elbv2", config=Config(**_CONFIG))

    @cached_property
    def s3(self) -> S3Client:
        """Simple Storage Service, by the region's own name."""
        config = Config(**_CONFIG, s3={"us_east_1_regional_endpoint": "regional"})
        return self._session.client("s3", config=config)

    @cached_property
    def ssm(self) -> SSMClient:
        """Systems Manager, whose Parameter Store keeps the saved state."""
        return self._session.client("ssm", config=Config(**_CONFIG))

    @cached_property
    def sts(self) -> STSClient:
        """Security Token Service, which knows whose account this is."""
        return self._session.client("sts", config=Config(**_CONFIG))


def error_code(error: ClientError) -> str:
    """Return the code that AWS refused a call with, such as AccessDenied."""
    return error.response.get("Error", {}).get("Code", "unknown")
