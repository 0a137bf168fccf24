import logging
from collections.abc import Iterator

import pytest
from mypy_boto3_s3 import S3Client

from promtail import handler as function
from promtail.logs import LOGGER
from tests.harness.loki.receiver import LokiReceiver
from tests.unit.promtail.s3_double import S3Double
from tests.unit.promtail.scenario import NOW_NS


@pytest.fixture(autouse=True)
def _direct(monkeypatch: pytest.MonkeyPatch) -> None:
    """In Lambda no proxy stands before S3; a developer's own has no business before the servers of the tests."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture(scope="session")
def s3_server() -> Iterator[S3Double]:
    with S3Double() as double:
        yield double


@pytest.fixture(scope="session")
def s3_client(s3_server: S3Double) -> S3Client:
    return s3_server.client()


@pytest.fixture
def s3(s3_server: S3Double) -> S3Double:
    """The server, without objects."""
    s3_server.clear()
    return s3_server


@pytest.fixture
def loki() -> Iterator[LokiReceiver]:
    with LokiReceiver(clock=lambda: NOW_NS) as receiver:
        yield receiver


@pytest.fixture(autouse=True)
def _cold_function() -> Iterator[None]:
    """Every test meets the function as after a cold start."""
    function._warm_invocation.cache_clear()
    yield
    LOGGER.handlers = []
    LOGGER.propagate = True
    LOGGER.setLevel(logging.NOTSET)
