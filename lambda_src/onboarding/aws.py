"""Clients of AWS, and what all calls have in common."""

from __future__ import annotations

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
    """Clients of one account in one region, which threads may share.

    All are made at once, by the thread that makes this: a session of boto3 is not for several threads, a client is.

    Attributes:
        region: The region that the session is for.
        elbv2: Elastic Load Balancing: application, network and gateway load balancers.
        s3: Simple Storage Service, by the region's own name.
        ssm: Systems Manager, whose Parameter Store keeps the saved state.
        sts: Security Token Service, which knows whose account this is.
    """

    def __init__(self, session: boto3.Session) -> None:
        self.region = str(session.region_name)
        config = Config(**_CONFIG)
        of_s3 = Config(**_CONFIG, s3={"us_east_1_regional_endpoint": "regional"})
        self.elbv2: ElasticLoadBalancingv2Client = session.client("elbv2", config=config)
        self.s3: S3Client = session.client("s3", config=of_s3)
        self.ssm: SSMClient = session.client("ssm", config=config)
        self.sts: STSClient = session.client("sts", config=config)


def error_code(error: ClientError) -> str:
    """Return the code that AWS refused a call with, such as AccessDenied."""
    return error.response.get("Error", {}).get("Code", "unknown")
