from functools import partial
from pathlib import Path

import pytest

from promtail import handler as function
from promtail.aws import Clients
from promtail.push.loki import LokiClient, RetryPolicy
from promtail.settings.variables import VARIABLES
from tests.harness.loki.receiver import LokiReceiver
from tests.unit.promtail.s3_double import S3Double


@pytest.fixture(scope="session")
def contract_clients(s3_server: S3Double, tmp_path_factory: pytest.TempPathFactory) -> Clients:
    """Clients of the server, made once: most of the time of a test would go into making them."""
    none = tmp_path_factory.mktemp("aws") / "none"
    with pytest.MonkeyPatch.context() as patch:
        _aws_environment(patch, s3_server, none)
        clients = Clients()
        clients.s3("eu-west-1")
    return clients


@pytest.fixture(autouse=True)
def _environment(
    s3: S3Double,
    loki: LokiReceiver,
    contract_clients: Clients,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    _aws_environment(monkeypatch, s3, tmp_path / "none")
    for variable in VARIABLES:
        monkeypatch.delenv(variable.name, raising=False)
    monkeypatch.setenv("WRITE_ADDRESS", loki.push_url)
    monkeypatch.setattr(function, "Clients", lambda: contract_clients)
    once = RetryPolicy(attempts=1, request_timeout=5.0)  # So that one failure of Loki is final.
    monkeypatch.setattr(function, "LokiClient", partial(LokiClient, policy=once))


def _aws_environment(patch: pytest.MonkeyPatch, s3: S3Double, none: Path) -> None:
    for name, value in {
        "AWS_ENDPOINT_URL_S3": s3.url,
        "AWS_REGION": "eu-west-1",
        "AWS_DEFAULT_REGION": "eu-west-1",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_CONFIG_FILE": str(none),
        "AWS_SHARED_CREDENTIALS_FILE": str(none),
    }.items():
        patch.setenv(name, value)
