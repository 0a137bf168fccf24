import json
import logging
import traceback
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promtail.aws import Clients
from promtail.errors import ConfigurationError, SecretError
from promtail.secrets import SecretReference, Secrets, parse_secret
from tests.unit.promtail.aws_double import AwsDouble, Call

SECRET = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:loki-AbCdEf"
PARAMETER = "arn:aws:ssm:us-east-1:111111111111:parameter/loki/token"
LIFETIME = 300.0
GET_SECRET = "secretsmanager.GetSecretValue"
GET_PARAMETER = "AmazonSSM.GetParameter"


@dataclass
class Clock:
    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(scope="module")
def server() -> Iterator[AwsDouble]:
    with AwsDouble() as double:
        yield double


@pytest.fixture(scope="module")
def clients(server: AwsDouble) -> Iterator[Clients]:
    with pytest.MonkeyPatch.context() as monkeypatch:
        yield server.clients(monkeypatch)


@pytest.fixture
def aws(server: AwsDouble) -> AwsDouble:
    """The server, without anything in it."""
    server.clear()
    return server


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def secrets(aws: AwsDouble, clients: Clients, clock: Clock) -> Secrets:
    assert not aws.calls
    return Secrets(clients, LIFETIME, clock)


def resolve(secrets: Secrets, value: str, name: str = "PASSWORD") -> str:
    return secrets.resolve(name, parse_secret(name, value))


def refusal(secrets: Secrets, value: str, name: str = "PASSWORD") -> str:
    with pytest.raises(SecretError) as raised:
        resolve(secrets, value, name)
    return str(raised.value)


# What a variable holds


@pytest.mark.parametrize(
    "value", ["", "hunter2", "arn:aws:iam::111111111111:role/x", "a#b", "see arn:aws:ssm:x"]
)
def test_any_other_value_is_the_secret_itself(value: str) -> None:
    assert parse_secret("PASSWORD", value) == value


@given(st.text())
def test_a_plain_value_is_never_changed(value: str) -> None:
    assert parse_secret("PASSWORD", value) == value


@pytest.mark.parametrize("partition", ["aws", "aws-cn", "aws-us-gov"])
def test_arns_of_both_services_are_references_in_every_partition(partition: str) -> None:
    secret = f"arn:{partition}:secretsmanager:eu-west-1:111111111111:secret:team/loki-AbCdEf"
    parameter = f"arn:{partition}:ssm:us-gov-west-1:111111111111:parameter/loki/token"
    assert parse_secret("PASSWORD", secret) == SecretReference(secret, None, "secretsmanager", "eu-west-1")
    assert parse_secret("PASSWORD", parameter) == SecretReference(parameter, None, "ssm", "us-gov-west-1")


@pytest.mark.parametrize("key", ["password", "a.b", "with space", "#", "user#name", "ключ"])
def test_what_follows_the_first_hash_is_the_key(key: str) -> None:
    assert parse_secret("PASSWORD", f"{SECRET}#{key}") == SecretReference(
        SECRET, key, "secretsmanager", "eu-west-1"
    )
    assert parse_secret("PASSWORD", f"{PARAMETER}#{key}") == SecretReference(
        PARAMETER, key, "ssm", "us-east-1"
    )


@pytest.mark.parametrize(
    "value",
    [
        "arn:aws:secretsmanager:eu-west-1:111111111111:secret:",
        "arn:aws:secretsmanager:eu-west-1:1111:secret:hunter2",
        "arn:aws:secretsmanager::111111111111:secret:hunter2",
        "arn:aws:secretsmanager:eu-west-1:111111111111:hunter2",
        "arn:aws:ssm:eu-west-1:111111111111:parameter",
        "arn:aws:ssm:eu-west-1:111111111111:parameter/hunter2:3",
        "arn:azure:ssm:eu-west-1:111111111111:parameter/hunter2",
        f"{SECRET}:password::",
        f"{SECRET}\n",
        f" {SECRET}",
        f"{SECRET}#",
        f"{PARAMETER}#",
        "arn:aws:ssm:hunter2",
    ],
)
def test_a_value_meant_as_an_arn_that_is_none_is_refused_without_being_shown(value: str) -> None:
    with pytest.raises(ConfigurationError, match=r"^BEARER_TOKEN ") as raised:
        parse_secret("BEARER_TOKEN", value)
    assert "hunter2" not in str(raised.value)
    assert value.strip() not in str(raised.value)


# What is fetched


def test_a_plain_value_asks_aws_for_nothing(aws: AwsDouble, secrets: Secrets) -> None:
    assert resolve(secrets, "hunter2") == "hunter2"
    assert aws.calls == []


def test_a_secret_is_read_in_its_own_region(aws: AwsDouble, secrets: Secrets) -> None:
    aws.secrets[SECRET] = "hunter2"
    assert resolve(secrets, SECRET) == "hunter2"
    assert aws.calls == [Call(GET_SECRET, "eu-west-1")]


def test_a_parameter_is_read_decrypted_in_its_own_region(aws: AwsDouble, secrets: Secrets) -> None:
    aws.parameters[PARAMETER] = "hunter2"
    assert resolve(secrets, PARAMETER) == "hunter2"
    assert aws.calls == [Call(GET_PARAMETER, "us-east-1")]


def test_variables_that_take_different_keys_of_one_secret_cost_one_call(
    aws: AwsDouble, secrets: Secrets
) -> None:
    aws.secrets[SECRET] = json.dumps({"user": "loki", "password": "hunter2", "port": 3100})
    assert resolve(secrets, f"{SECRET}#user", "USERNAME") == "loki"
    assert resolve(secrets, f"{SECRET}#password") == "hunter2"
    assert aws.operations() == [GET_SECRET]


def test_a_key_of_a_parameter_is_taken_too(aws: AwsDouble, secrets: Secrets) -> None:
    aws.parameters[PARAMETER] = '{"token": "hunter2"}'
    assert resolve(secrets, f"{PARAMETER}#token") == "hunter2"


@pytest.mark.parametrize(
    ("stored", "value"),
    [
        ("hunter2\n", "hunter2"),
        ("hunter2\r\n", "hunter2"),
        ("hunter2\n\n", "hunter2\n"),
        (" hunter2 ", " hunter2 "),
        ("hunter2\r", "hunter2\r"),
        ("a\nb", "a\nb"),
    ],
)
def test_one_line_end_at_the_end_is_left_out(
    aws: AwsDouble, secrets: Secrets, stored: str, value: str
) -> None:
    aws.secrets[SECRET] = stored
    assert resolve(secrets, SECRET) == value
    aws.parameters[PARAMETER] = json.dumps({"key": stored})
    assert resolve(secrets, f"{PARAMETER}#key") == value


def test_a_binary_secret_that_is_text_is_read(aws: AwsDouble, secrets: Secrets) -> None:
    aws.secrets[SECRET] = "pässword".encode()
    assert resolve(secrets, SECRET) == "pässword"


def test_a_binary_secret_that_is_no_text_is_refused(aws: AwsDouble, secrets: Secrets) -> None:
    aws.secrets[SECRET] = b"hunter2\xff"
    message = refusal(secrets, SECRET)
    assert message.startswith(f"PASSWORD refers to {SECRET}")
    assert "UTF-8" in message


@pytest.mark.parametrize("stored", ["\n", '{"key": ""}'])
def test_an_empty_value_is_refused(aws: AwsDouble, secrets: Secrets, stored: str) -> None:
    aws.secrets[SECRET] = stored
    reference = f"{SECRET}#key" if stored != "\n" else SECRET
    assert (
        refusal(secrets, reference)
        == f"PASSWORD refers to {reference}, whose value is empty. Store the secret there."
    )


@pytest.mark.parametrize(
    ("stored", "told"),
    [
        ("hunter2", "is not JSON"),
        ('"hunter2"', "is not a JSON object"),
        ('["hunter2"]', "is not a JSON object"),
        ('{"user": "hunter2", "Password": "hunter2"}', "no such key. Its keys are ['Password', 'user']"),
        ('{"password": 7742}', "is not a string"),
        ('{"password": null}', "is not a string"),
        ('{"password": {"hunter2": 7742}}', "is not a string"),
    ],
)
def test_a_key_that_cannot_be_taken_is_told_without_any_value(
    aws: AwsDouble, secrets: Secrets, stored: str, told: str
) -> None:
    aws.secrets[SECRET] = stored
    with pytest.raises(SecretError) as raised:
        resolve(secrets, f"{SECRET}#password")
    message = "".join(traceback.format_exception(raised.value))
    assert str(raised.value).startswith(f"PASSWORD refers to {SECRET}#password")
    assert told in message
    assert "hunter2" not in message
    assert "7742" not in message
    # What logs an error may also log what it holds.
    assert raised.value.__cause__ is None
    assert raised.value.__suppress_context__ or raised.value.__context__ is None


# What AWS refuses


@pytest.mark.parametrize(
    ("reference", "operation", "code", "remedy"),
    [
        (SECRET, GET_SECRET, "AccessDeniedException", "secretsmanager:GetSecretValue"),
        (SECRET, GET_SECRET, "DecryptionFailure", "kms:Decrypt"),
        (PARAMETER, GET_PARAMETER, "AccessDeniedException", "ssm:GetParameter"),
        (PARAMETER, GET_PARAMETER, "InvalidKeyId", "kms:Decrypt"),
        (SECRET, GET_SECRET, "InvalidRequestException", "state of the secret"),
    ],
)
def test_a_refusal_names_the_variable_the_arn_and_the_remedy(
    aws: AwsDouble, secrets: Secrets, reference: str, operation: str, code: str, remedy: str
) -> None:
    aws.failures[operation] = [code]
    message = refusal(secrets, reference, "BEARER_TOKEN")
    assert message.startswith(f"BEARER_TOKEN could not be read from {reference}: ")
    assert code in message
    assert remedy in message
    assert aws.operations() == [operation]


@pytest.mark.parametrize("reference", [SECRET, PARAMETER])
def test_a_secret_that_is_not_there_is_told(secrets: Secrets, reference: str) -> None:
    assert "Check the ARN" in refusal(secrets, reference)


@pytest.mark.parametrize(("reference", "operation"), [(SECRET, GET_SECRET), (PARAMETER, GET_PARAMETER)])
def test_throttling_is_waited_out(aws: AwsDouble, secrets: Secrets, reference: str, operation: str) -> None:
    aws.secrets[SECRET] = aws.parameters[PARAMETER] = "hunter2"
    aws.failures[operation] = ["ThrottlingException"]
    assert resolve(secrets, reference) == "hunter2"
    assert aws.operations() == [operation] * 2


def test_throttling_without_an_end_is_told(aws: AwsDouble, secrets: Secrets) -> None:
    aws.failures[GET_PARAMETER] = ["ThrottlingException"] * 9
    assert "more calls than AWS allows" in refusal(secrets, PARAMETER)
    assert len(aws.calls) == 3


def test_an_aws_that_cannot_be_reached_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with AwsDouble() as gone:
        clients = gone.clients(monkeypatch)
    message = refusal(Secrets(clients, LIFETIME), SECRET)
    assert message.startswith(f"PASSWORD could not be read from {SECRET}: Could not connect")
    assert "has a way to secretsmanager in eu-west-1" in message


# How long it is kept


def test_a_value_is_kept_for_its_lifetime_and_then_fetched_again(
    aws: AwsDouble, secrets: Secrets, clock: Clock
) -> None:
    aws.secrets[SECRET] = "old"
    assert resolve(secrets, SECRET) == "old"
    aws.secrets[SECRET] = "new"
    clock.now += LIFETIME - 1
    assert resolve(secrets, SECRET) == "old"
    clock.now += 1
    assert resolve(secrets, SECRET) == "new"
    assert len(aws.calls) == 2


def test_the_known_value_stays_in_use_when_it_cannot_be_fetched_again(
    aws: AwsDouble, secrets: Secrets, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    aws.secrets[SECRET] = "hunter2"
    resolve(secrets, SECRET)
    clock.now += LIFETIME
    aws.failures[GET_SECRET] = ["AccessDeniedException"]
    with caplog.at_level(logging.WARNING, "promtail"):
        assert resolve(secrets, SECRET) == "hunter2"
        assert resolve(secrets, SECRET) == "hunter2"
    assert len(aws.calls) == 2
    [message] = caplog.messages
    assert message.startswith(f"PASSWORD could not be read from {SECRET}")
    assert message.endswith("stays in use for another 300 s.")
    assert "hunter2" not in message
    aws.secrets[SECRET] = "new"
    clock.now += LIFETIME
    assert resolve(secrets, SECRET) == "new"


def test_a_failure_is_not_kept(aws: AwsDouble, secrets: Secrets) -> None:
    refusal(secrets, SECRET)
    aws.secrets[SECRET] = "hunter2"
    assert resolve(secrets, SECRET) == "hunter2"


def test_after_forgetting_a_rotated_secret_has_its_new_value(aws: AwsDouble, secrets: Secrets) -> None:
    aws.secrets[SECRET] = "old"
    resolve(secrets, SECRET)
    aws.secrets[SECRET] = "new"
    assert secrets.forget()
    assert resolve(secrets, SECRET) == "new"


def test_after_forgetting_the_refused_value_is_not_used_again(aws: AwsDouble, secrets: Secrets) -> None:
    aws.secrets[SECRET] = "refused by Loki"
    resolve(secrets, SECRET)
    secrets.forget()
    aws.failures[GET_SECRET] = ["AccessDeniedException"]
    assert "AccessDeniedException" in refusal(secrets, SECRET)


def test_forgetting_says_whether_asking_again_may_help(aws: AwsDouble, secrets: Secrets) -> None:
    aws.secrets[SECRET] = "hunter2"
    resolve(secrets, "plain")
    assert not secrets.forget()
    resolve(secrets, SECRET)
    assert secrets.forget()
    # A second thread may be refused before the first one has fetched the value again.
    assert secrets.forget()


def test_threads_that_need_a_secret_at_the_same_time_share_one_call(aws: AwsDouble, secrets: Secrets) -> None:
    aws.secrets[SECRET] = json.dumps({str(number): f"value {number}" for number in range(8)})
    barrier = Barrier(8)

    def ask(number: int) -> str:
        barrier.wait()
        return resolve(secrets, f"{SECRET}#{number}")

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ask, range(8))) == [f"value {number}" for number in range(8)]
    assert len(aws.calls) == 1
