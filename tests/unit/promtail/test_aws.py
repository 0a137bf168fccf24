import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from botocore.exceptions import ClientError

import promtail
from promtail.aws import Clients, error_code
from tests.unit.promtail.aws_double import AwsDouble, Call, Queue

QUEUE = "arn:aws:sqs:us-east-1:111111111111:refused"


@pytest.fixture
def aws() -> Iterator[AwsDouble]:
    with AwsDouble() as double:
        yield double


@pytest.fixture
def clients(aws: AwsDouble, monkeypatch: pytest.MonkeyPatch) -> Clients:
    return aws.clients(monkeypatch)


def test_a_client_is_made_once_for_each_service_and_region(clients: Clients) -> None:
    assert clients.s3() is clients.s3()
    assert clients.s3("us-east-1") is clients.s3("us-east-1")
    assert clients.s3("us-east-1") is not clients.s3("eu-west-1")
    assert clients.ssm("eu-west-1").meta.service_model.service_name == "ssm"
    assert clients.secretsmanager("eu-west-1").meta.service_model.service_name == "secretsmanager"
    assert clients.sqs("eu-west-1").meta.service_model.service_name == "sqs"


def test_threads_that_ask_at_the_same_time_get_the_same_client(clients: Clients) -> None:
    barrier = Barrier(8)

    def ask(_number: int) -> int:
        barrier.wait()
        return id(clients.sqs("eu-west-1"))

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(ask, range(8)))) == 1


def test_without_a_region_the_function_s_own_is_used(clients: Clients) -> None:
    assert clients.s3().meta.region_name == "eu-west-1"


def test_a_client_speaks_to_the_region_it_was_asked_for(aws: AwsDouble, clients: Clients) -> None:
    aws.queues[QUEUE] = Queue()
    clients.queue_url("us-east-1", "111111111111", "refused")
    assert aws.calls == [Call("AmazonSQS.GetQueueUrl", "us-east-1")]


def test_s3_in_us_east_1_is_asked_by_its_regional_name(
    clients: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AWS_ENDPOINT_URL")
    assert clients.s3("us-east-1").meta.endpoint_url == "https://s3.us-east-1.amazonaws.com"


@pytest.mark.parametrize(("service", "attempts"), [("s3", 2), ("sqs", 3), ("ssm", 3), ("secretsmanager", 3)])
def test_a_silent_service_is_given_up_before_lambda_gives_the_function_up(
    clients: Clients, service: str, attempts: int
) -> None:
    config: Any = getattr(clients, service)().meta.config
    assert (config.connect_timeout, config.read_timeout) == (5, 10)
    assert config.retries == {"mode": "standard", "total_max_attempts": attempts}


def test_the_url_of_a_queue_is_asked_for_once(aws: AwsDouble, clients: Clients) -> None:
    aws.queues[QUEUE] = Queue()
    urls = {clients.queue_url("us-east-1", "111111111111", "refused") for _ in range(3)}
    assert urls == {"https://sqs.us-east-1.amazonaws.com/111111111111/refused"}
    assert len(aws.calls) == 1


def test_a_queue_that_was_not_found_is_asked_for_again(aws: AwsDouble, clients: Clients) -> None:
    with pytest.raises(ClientError) as raised:
        clients.queue_url("us-east-1", "111111111111", "refused")
    assert error_code(raised.value) == "AWS.SimpleQueueService.NonExistentQueue"
    aws.queues[QUEUE] = Queue()
    assert clients.queue_url("us-east-1", "111111111111", "refused").endswith("/refused")


def test_botocore_is_not_imported_before_a_client_is_asked_for() -> None:
    program = (
        "import sys\n"
        "import promtail.aws, promtail.parking, promtail.secrets\n"
        "clients = promtail.aws.Clients()\n"
        "secrets = promtail.secrets.Secrets(clients, 300)\n"
        "secrets.resolve('PASSWORD', promtail.secrets.parse_secret('PASSWORD', 'plain'))\n"
        "promtail.parking.open_parking(promtail.parking.parse_destination('arn:aws:s3:::bucket'), clients)\n"
        "print([name for name in ('boto3', 'botocore') if name in sys.modules])\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONPATH": str(Path(promtail.__file__).parents[1])},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.strip() == "[]"
