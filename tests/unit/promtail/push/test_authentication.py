"""The Authorization header, of plain values and of secrets that change."""

import threading
from base64 import b64decode
from collections.abc import Iterator

import pytest

from promtail.errors import ConfigurationError, SecretError
from promtail.push.authentication import Authentication
from promtail.secrets import SecretReference, Secrets
from promtail.settings import BasicAuth, BearerToken
from tests.unit.promtail.aws_double import AwsDouble

TOKEN_ARN = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:loki-AbCdEf"
TOKEN = SecretReference(TOKEN_ARN, None, "secretsmanager", "eu-west-1")
PAIR_ARN = "arn:aws:ssm:eu-west-1:111111111111:parameter/loki"


@pytest.fixture
def aws() -> Iterator[AwsDouble]:
    with AwsDouble() as aws:
        yield aws


@pytest.fixture
def secrets(aws: AwsDouble, monkeypatch: pytest.MonkeyPatch) -> Secrets:
    return Secrets(aws.clients(monkeypatch), 300)


def test_no_credentials_are_no_header(secrets: Secrets, aws: AwsDouble) -> None:
    assert Authentication(None, secrets).header() is None
    assert aws.calls == []


def test_basic_authentication_is_utf8(secrets: Secrets) -> None:
    header = Authentication(BasicAuth("usér", "pass:wörd"), secrets).header()
    assert header is not None
    assert header.startswith("Basic ")
    assert b64decode(header.removeprefix("Basic ")).decode() == "usér:pass:wörd"


def test_a_bearer_token(secrets: Secrets) -> None:
    assert Authentication(BearerToken("abc"), secrets).header() == "Bearer abc"


def test_user_name_and_password_of_one_secret(secrets: Secrets, aws: AwsDouble) -> None:
    aws.parameters[PAIR_ARN] = '{"user": "u", "pass": "p"}'
    credentials = BasicAuth(
        SecretReference(PAIR_ARN, "user", "ssm", "eu-west-1"),
        SecretReference(PAIR_ARN, "pass", "ssm", "eu-west-1"),
    )
    header = Authentication(credentials, secrets).header()
    assert header is not None
    assert b64decode(header.removeprefix("Basic ")) == b"u:p"
    assert aws.operations() == ["AmazonSSM.GetParameter"]


@pytest.mark.parametrize("token", ["s3cr3t\n\n", "s3cr3t\r\nX-Other: 1", "s3cr3té"])
def test_a_secret_that_a_header_cannot_carry_is_refused_and_not_told(
    secrets: Secrets, aws: AwsDouble, token: str
) -> None:
    aws.secrets[TOKEN_ARN] = token
    with pytest.raises(ConfigurationError, match="BEARER_TOKEN holds characters") as refused:
        Authentication(BearerToken(TOKEN), secrets).header()
    assert "s3cr3t" not in str(refused.value)


def test_a_user_name_with_a_colon_is_refused_when_it_is_a_secret_too(
    secrets: Secrets, aws: AwsDouble
) -> None:
    aws.secrets[TOKEN_ARN] = "s3:cr3t"
    with pytest.raises(ConfigurationError, match="USERNAME holds a colon") as refused:
        Authentication(BasicAuth(TOKEN, "p"), secrets).header()
    assert "cr3t" not in str(refused.value)


def test_a_secret_that_cannot_be_read_is_an_error(secrets: Secrets) -> None:
    with pytest.raises(SecretError, match="BEARER_TOKEN"):
        Authentication(BearerToken(TOKEN), secrets).header()


def test_a_rotated_secret_is_looked_up_again(secrets: Secrets, aws: AwsDouble) -> None:
    aws.secrets[TOKEN_ARN] = "old"
    authentication = Authentication(BearerToken(TOKEN), secrets)
    rejected = authentication.header()
    aws.secrets[TOKEN_ARN] = "new"
    assert authentication.header() == "Bearer old"
    assert authentication.renew(rejected)
    assert authentication.header() == "Bearer new"


def test_a_secret_that_is_the_same_is_not_worth_another_request(secrets: Secrets, aws: AwsDouble) -> None:
    aws.secrets[TOKEN_ARN] = "old"
    authentication = Authentication(BearerToken(TOKEN), secrets)
    assert not authentication.renew(authentication.header())
    assert len(aws.calls) == 2


@pytest.mark.parametrize("credentials", [None, BasicAuth("u", "p"), BearerToken("t")])
def test_plain_values_cannot_be_renewed(
    secrets: Secrets, credentials: BasicAuth | BearerToken | None
) -> None:
    authentication = Authentication(credentials, secrets)
    assert not authentication.renew(authentication.header())


def test_pushes_that_are_rejected_together_ask_for_the_secret_once(secrets: Secrets, aws: AwsDouble) -> None:
    aws.secrets[TOKEN_ARN] = "old"
    authentication = Authentication(BearerToken(TOKEN), secrets)
    rejected = authentication.header()
    aws.secrets[TOKEN_ARN] = "new"
    together = threading.Barrier(8)
    renewed: list[bool] = []

    def renew() -> None:
        together.wait(10)
        renewed.append(authentication.renew(rejected))

    threads = [threading.Thread(target=renew) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert renewed == [True] * 8
    assert len(aws.calls) == 2


def test_half_a_character_in_a_secret_is_refused_and_not_told(secrets: Secrets) -> None:
    with pytest.raises(ConfigurationError, match="USERNAME or PASSWORD holds half of a character") as refused:
        Authentication(BasicAuth("u", "hunter2\ud800"), secrets).header()
    assert "hunter2" not in str(refused.value)
    # The error that tells of the character holds all of the text.
    assert refused.value.__suppress_context__
