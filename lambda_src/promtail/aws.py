"""Clients of AWS, made when they are first asked for.

They are botocore's, not boto3's, which would add its own start-up time and nothing that is used here. botocore itself
is imported only when a client is asked for: its import is most of the start-up time of a function that needs it.
"""

import threading
from typing import TYPE_CHECKING, Any, Literal, cast

if TYPE_CHECKING:
    from botocore.exceptions import ClientError
    from botocore.session import Session
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_secretsmanager import SecretsManagerClient
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_ssm import SSMClient

# How long AWS may stay silent, before its answer and within it. A silent AWS is given up long before the default
# timeout of 60 s, so that it ends in an error that names what was asked for, and not in Lambda's.
READ_TIMEOUT_SECONDS = 10

_CONNECT_TIMEOUT_SECONDS = 5
# Requests for one call, the first one included. Objects are retried by whoever reads them.
_S3_ATTEMPTS = 2
# Parameter Store allows 40 calls a second in an account by default, which a burst of cold starts goes beyond.
# https://docs.aws.amazon.com/general/latest/gr/ssm.html
_OTHER_ATTEMPTS = 3

_Service = Literal["s3", "secretsmanager", "sqs", "ssm"]


class Clients:
    """Makes each client once for each region. All threads may share it, and the clients.

    Endpoints and credentials are botocore's own affair: it obeys AWS_ENDPOINT_URL and AWS_ENDPOINT_URL_<SERVICE>.
    A region of None is that of the function (AWS_DEFAULT_REGION, which Lambda sets).
    """

    def __init__(self) -> None:
        # botocore's sessions are not made for several threads at a time; its clients are.
        # https://boto3.amazonaws.com/v1/documentation/api/latest/guide/clients.html
        self._lock = threading.Lock()
        self._session: Session | None = None
        self._clients: dict[tuple[_Service, str | None], Any] = {}
        self._queue_urls: dict[tuple[str, str, str], str] = {}

    def s3(self, region: str | None = None) -> "S3Client":
        """Return the client of S3."""
        return cast("S3Client", self._client("s3", region))

    def secretsmanager(self, region: str | None = None) -> "SecretsManagerClient":
        """Return the client of Secrets Manager."""
        return cast("SecretsManagerClient", self._client("secretsmanager", region))

    def ssm(self, region: str | None = None) -> "SSMClient":
        """Return the client of Systems Manager."""
        return cast("SSMClient", self._client("ssm", region))

    def sqs(self, region: str | None = None) -> "SQSClient":
        """Return the client of SQS."""
        return cast("SQSClient", self._client("sqs", region))

    def queue_url(self, region: str, account_id: str, name: str) -> str:
        """Return the URL of a queue, asked for once. SQS wants it asked for, not built from its parts.

        https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queue-message-identifiers.html

        Raises:
            botocore.exceptions.ClientError: SQS refused: no such queue, or no permission (sqs:GetQueueUrl).
            botocore.exceptions.BotoCoreError: SQS could not be reached.
        """
        queue = (region, account_id, name)
        url = self._queue_urls.get(queue)
        if url is None:  # Two threads may ask at once, which does no harm.
            answer = self.sqs(region).get_queue_url(QueueName=name, QueueOwnerAWSAccountId=account_id)
            url = self._queue_urls[queue] = answer["QueueUrl"]
        return url

    def _client(self, service: _Service, region: str | None) -> object:
        client = self._clients.get((service, region))
        if client is None:
            with self._lock:
                client = self._clients.get((service, region))
                if client is None:
                    client = self._clients[service, region] = self._make(service, region)
        return client

    def _make(self, service: _Service, region: str | None) -> object:
        from botocore.config import Config
        from botocore.session import get_session

        if self._session is None:
            self._session = get_session()
        config = Config(
            connect_timeout=_CONNECT_TIMEOUT_SECONDS,
            read_timeout=READ_TIMEOUT_SECONDS,
            retries={
                "mode": "standard",
                "total_max_attempts": _S3_ATTEMPTS if service == "s3" else _OTHER_ATTEMPTS,
            },
            # In us-east-1 the default is the global name s3.amazonaws.com, which an interface endpoint does not
            # answer to.
            s3={"us_east_1_regional_endpoint": "regional"},
        )
        return self._session.create_client(service, region_name=region, config=config)


def error_code(error: "ClientError") -> str:
    """Return the code that AWS refused a call with, such as AccessDenied."""
    return error.response.get("Error", {}).get("Code", "unknown")
