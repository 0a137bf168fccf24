from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from promtail import handler as function
from promtail.aws import Clients
from tests.unit.promtail.aws_double import Queue
from tests.unit.promtail.faults.grouping_loki import GroupingLoki
from tests.unit.promtail.faults.rig import PARKING_ARN, QUEUE_ARN, Rig
from tests.unit.promtail.faults.servers import QueueDouble
from tests.unit.promtail.s3_double import S3Double
from tests.unit.promtail.scenario import NOW_NS


@pytest.fixture(scope="session")
def aws_server() -> Iterator[QueueDouble]:
    with QueueDouble() as double:
        yield double


@pytest.fixture(scope="session")
def shared_clients(aws_server: QueueDouble, s3_server: S3Double) -> Clients:
    """Clients of the servers, made once: most of the time of a test would go into making them."""
    with pytest.MonkeyPatch.context() as patch:
        aws_server.clients(patch)
        patch.setenv("AWS_ENDPOINT_URL_S3", s3_server.url)
        clients = Clients()
        clients.s3("eu-west-1")
        clients.sqs("eu-west-1")
        clients.secretsmanager("eu-west-1")
    return clients


@pytest.fixture
def rig(
    s3: S3Double,
    aws_server: QueueDouble,
    shared_clients: Clients,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Iterator[Rig]:
    aws_server.clear()
    aws_server.queues |= {QUEUE_ARN: Queue(), PARKING_ARN: Queue()}
    aws_server.clients(monkeypatch)
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", s3.url)
    monkeypatch.setattr(function, "Clients", lambda: shared_clients)
    with GroupingLoki(clock=lambda: NOW_NS) as loki, ExitStack() as servers:
        yield Rig(s3, loki, aws_server, monkeypatch, capsys, servers)
