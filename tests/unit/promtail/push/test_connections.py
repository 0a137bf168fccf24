"""Whom pushes trust: a real server with a certificate of an authority of one's own."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from promtail.aws import Clients
from promtail.errors import ConfigurationError, PushError
from promtail.push.authentication import Authentication
from promtail.push.connections import connection_pool
from promtail.push.loki import LokiClient, RetryPolicy, Taken
from promtail.secrets import SecretReference, Secrets
from promtail.settings import BearerToken, Settings
from tests.unit.promtail.aws_double import AwsDouble
from tests.unit.promtail.push.certificates import Authority, TlsLoki, tls_loki
from tests.unit.promtail.scenario import PLENTY

AUTHORITY = Authority("Test Authority")
STRANGER = Authority("Another Authority")
ARN = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:ca-AbCdEf"


@pytest.fixture
def loki(tmp_path: Path) -> Iterator[TlsLoki]:
    with tls_loki(AUTHORITY.server_context(tmp_path)) as served:
        yield served


def push(settings: Settings, secrets: Secrets | None = None, policy: RetryPolicy | None = None) -> Taken:
    secrets = secrets or Secrets(Clients(), 300)
    client = LokiClient(
        settings.write_address,
        Authentication(settings.credentials, secrets),
        lambda: connection_pool(settings, secrets),
        policy,
        sleep=lambda _seconds: pytest.fail("A push was tried again."),
    )
    return client.push(b"body", None, PLENTY)


def test_an_authority_of_ones_own(loki: TlsLoki) -> None:
    assert push(Settings(loki.url, BearerToken("t"), ca_bundle=AUTHORITY.pem)).requests == 1
    assert [headers["Authorization"] for headers in loki.headers] == ["Bearer t"]


def test_several_authorities(loki: TlsLoki) -> None:
    push(Settings(loki.url, ca_bundle=STRANGER.pem + "\n" + AUTHORITY.pem))
    assert len(loki.headers) == 1


def test_a_file_of_certificates(loki: TlsLoki, tmp_path: Path) -> None:
    file = tmp_path / "ca.pem"
    file.write_text(AUTHORITY.pem)
    push(Settings(loki.url, ca_bundle=str(file)))
    assert len(loki.headers) == 1


def test_certificates_in_a_secret(loki: TlsLoki, monkeypatch: pytest.MonkeyPatch) -> None:
    with AwsDouble(secrets={ARN: AUTHORITY.pem}) as aws:
        push(
            Settings(loki.url, ca_bundle=SecretReference(ARN, None, "secretsmanager", "eu-west-1")),
            Secrets(aws.clients(monkeypatch), 300),
        )
        assert aws.operations() == ["secretsmanager.GetSecretValue"]
    assert len(loki.headers) == 1


@pytest.mark.parametrize("bundle", [None, STRANGER.pem])
def test_an_untrusted_certificate_is_refused_at_once_with_the_remedy(
    loki: TlsLoki, bundle: str | None
) -> None:
    with pytest.raises(PushError) as refused:
        push(Settings(loki.url, BearerToken("s3cr3t"), ca_bundle=bundle))
    message = str(refused.value)
    assert message.startswith(f"The certificate of {loki.url} is not trusted: ")
    assert "CERTIFICATE_VERIFY_FAILED" in message
    assert message.endswith("Name its authority in CA_BUNDLE.")
    assert loki.headers == []


def test_a_certificate_of_another_host_is_refused(tmp_path: Path) -> None:
    with tls_loki(AUTHORITY.server_context(tmp_path, "127.0.0.2")) as loki:
        with pytest.raises(PushError, match=r"is not trusted: .*127\.0\.0\.1"):
            push(Settings(loki.url, ca_bundle=AUTHORITY.pem))
        assert loki.headers == []


@pytest.mark.filterwarnings("ignore::urllib3.exceptions.InsecureRequestWarning")
def test_any_certificate_is_taken_with_a_warning_when_that_is_asked_for(
    loki: TlsLoki, caplog: pytest.LogCaptureFixture
) -> None:
    push(Settings(loki.url, skip_tls_verify=True))
    assert len(loki.headers) == 1
    assert [(log.levelname, log.message) for log in caplog.records if log.name == "promtail"] == [
        (
            "WARNING",
            "SKIP_TLS_VERIFY is true: whoever answers at WRITE_ADDRESS gets the log lines and the credentials. "
            "Trust Loki's own authority by CA_BUNDLE instead.",
        )
    ]


def test_trust_gives_no_warning(loki: TlsLoki, caplog: pytest.LogCaptureFixture) -> None:
    push(Settings(loki.url, ca_bundle=AUTHORITY.pem))
    assert [log for log in caplog.records if log.name == "promtail"] == []


@pytest.mark.parametrize(
    "bundle",
    [
        "none.pem",
        "-----BEGIN CERTIFICATE-----\nnot base64\n-----END CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE-----\n",
        AUTHORITY.pem.replace("CERTIFICATE", "NOTHING"),
    ],
)
def test_what_holds_no_certificates_is_refused(bundle: str) -> None:
    with pytest.raises(
        ConfigurationError, match=r"CA_BUNDLE holds no certificates that can be used: .*in PEM"
    ):
        connection_pool(Settings("https://loki", ca_bundle=bundle), Secrets(Clients(), 300))


def test_as_many_connections_stay_open_as_there_may_be_pushes() -> None:
    pool = connection_pool(Settings("http://loki", push_concurrency=7), Secrets(Clients(), 300))
    connections = pool.connection_from_url("http://loki")
    assert connections.pool is not None
    assert connections.pool.maxsize == 7


def test_plain_text_at_a_tls_port_is_no_matter_of_certificates() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        url = f"https://127.0.0.1:{server.getsockname()[1]}/loki/api/v1/push"
        with pytest.raises(PushError, match="could not be reached"):
            push(Settings(url), policy=RetryPolicy(attempts=1, request_timeout=0.3))
