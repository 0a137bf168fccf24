"""boto3 clients of one account."""

from functools import cached_property

import boto3
from botocore.config import Config
from mypy_boto3_cloudformation import CloudFormationClient
from mypy_boto3_cloudwatch import CloudWatchClient
from mypy_boto3_ec2 import EC2Client
from mypy_boto3_elbv2 import ElasticLoadBalancingv2Client
from mypy_boto3_events import EventBridgeClient
from mypy_boto3_iam import IAMClient
from mypy_boto3_kms import KMSClient
from mypy_boto3_lambda import LambdaClient
from mypy_boto3_logs import CloudWatchLogsClient
from mypy_boto3_s3 import S3Client
from mypy_boto3_sns import SNSClient
from mypy_boto3_sqs import SQSClient
from mypy_boto3_ssm import SSMClient
from mypy_boto3_sts import STSClient

from tests.harness.aws.accounts import Account

# One try: an emulator on the same machine either answers or has a fault that a repetition hides.
_CONFIG = Config(
    retries={"total_max_attempts": 1},
    s3={"addressing_style": "path"},
    connect_timeout=5,
    read_timeout=120,
    # None: botocore sends requests to 127.0.0.1 to the environment's HTTP_PROXY else.
    proxies={},
)


class AwsClients:
    """Clients of one account in one region, each made when it is first used."""

    def __init__(self, endpoint: str, account: Account, region: str) -> None:
        self.account = account
        self.region = region
        self._endpoint = endpoint
        # With all values given, boto3 reads neither the environment nor the user's configuration files for them.
        self._session = boto3.Session(
            aws_access_key_id=account.id, aws_secret_access_key="test", region_name=region
        )

    @property
    def endpoint(self) -> str:
        """Where all of them send their calls."""
        return self._endpoint

    @cached_property
    def cloudformation(self) -> CloudFormationClient:
        """CloudFormation: stacks."""
        return self._session.client("cloudformation", endpoint_url=self._endpoint, config=_CONFIG)

    @cached_property
    def cloudwatch(self) -> CloudWatchClient:
        """CloudWatch: metrics, alarms and dashboards."""
        return self._session.client("cloudwatch", endpoint_url=self._endpoint, config=_CONFIG)

    @cached_property
    def ec2(self) -> EC2Client:
        """Elastic Compute Cloud: VPCs, subnets, gateways."""
        return self._session.client("ec2", endpoint_url=self._endpoint, config=_CONFIG)

    @cached_property
    def elbv2(self) -> ElasticLoadBalancingv2Client:
        """Elastic Load Balancing: application and network load balancers."""
        return self._session.client("elbv2", endpoint_url=self._endpoint, config=_CONFIG)

    @cached_property
    def events(self) -> EventBridgeClient:
        """EventBridge: rules and the events that they match."""
        return self._session.client("events", endpoint_url=self._endpoint, config=_CONFIG)

    @cached_property
    def iam(self) -> IAMClient:
        """Identity and Access Management."""
        return self._session.client("iam", endpoint_url=self._endpoint, config=_CONFIG)

    @cached_property
    def functions(self) -> LambdaClient:
        """Lambda; `lambda` is a keyword."""
        return self._session.client("lambda", endpoint_url=self._endpoint, config=_CONFIG)

    @cached_property
    def kms(self) -> KMSClient:
        """Key Management Service."""
        return self._session.client("kms", endpoint_url=self._endpoint, config=_CONFIG)

    @cached_property
    def logs(self) -> CloudWatchLogsClient:
        """CloudWatch Logs."""
        return self._session.client("logs", endpoint_url=self._endpoint, config=_CONFIG)

    @cached_property
    def s3(self) -> S3Client:
        """Simple Storage Service, with the bucket in the path."""
        return self._session.client("s3", endpoint_url=self._endpoint, config=_CONFIG)

    @cached_property
    def sns(self) -> SNSClient:
        """Simple Notification Service."""
        return self._session.client("sns", endpoint_url=self._endpoint, config=_CONFIG)

    @cached_property
    def sqs(self) -> SQSClient:
        """Simple Queue Service."""
        return self._session.client("sqs", endpoint_url=self._endpoint, config=_CONFIG)

    @cached_property
    def ssm(self) -> SSMClient:
        """Systems Manager, of which the Parameter Store is used."""
        return self._session.client("ssm", endpoint_url=self._endpoint, config=_CONFIG)

    @cached_property
    def sts(self) -> STSClient:
        """Security Token Service."""
        return self._session.client("sts", endpoint_url=self._endpoint, config=_CONFIG)
