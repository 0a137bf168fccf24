"""The environment of AWS tools reaches the emulator, and nothing of the user's reaches it."""

from pathlib import Path

import boto3
import pytest

from tests.harness.aws.accounts import Account
from tests.harness.aws.environment import aws_environment

ACCOUNTS = (Account("111111111111", "hub"), Account("012345678901", "spoke"))
ENDPOINT = "http://127.0.0.1:4566"


def test_variables_of_aws_and_terraform_are_taken_out_of_the_host_s(tmp_path: Path) -> None:
    host = {
        "PATH": "/bin",
        "AWS_PROFILE": "production",
        "AWS_SESSION_TOKEN": "secret",
        "TF_VAR_name": "x",
        "TF_CLI_ARGS": "-x",
        "TF_LOG": "debug",
    }

    environment = aws_environment(tmp_path, ENDPOINT, ACCOUNTS, "eu-west-1", host=host)

    assert environment.keys() & host.keys() == {"PATH", "TF_LOG"}
    assert environment["AWS_ACCESS_KEY_ID"] == "111111111111"
    assert environment["AWS_ENDPOINT_URL"] == ENDPOINT


def test_every_account_has_a_profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    environment = aws_environment(tmp_path, ENDPOINT, ACCOUNTS, "eu-west-1", host={})
    for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
        monkeypatch.setenv(name, environment[name])

    session = boto3.Session(profile_name="spoke")

    credentials = session.get_credentials()
    assert credentials is not None
    assert credentials.access_key == "012345678901"
    assert session.region_name == "eu-west-1"
    assert session.client("s3").meta.endpoint_url == ENDPOINT


@pytest.mark.parametrize("wrong", ["12345678901", "1234567890123", "12345678901x", "١٢٣٤٥٦٧٨٩٠١٢"])
def test_an_account_id_has_twelve_digits(wrong: str) -> None:
    with pytest.raises(ValueError, match="an AWS account id has 12 digits"):
        Account(wrong, "x")


@pytest.mark.parametrize(
    ("said", "upper", "lower"),
    [
        ({}, "127.0.0.1", "127.0.0.1"),
        ({"NO_PROXY": "example.com"}, "example.com,127.0.0.1", "example.com,127.0.0.1"),
        ({"no_proxy": "example.com"}, "example.com,127.0.0.1", "example.com,127.0.0.1"),
        ({"NO_PROXY": "a.example", "no_proxy": "b.example"}, "a.example,127.0.0.1", "b.example,127.0.0.1"),
        ({"NO_PROXY": "*"}, "*", "*"),
    ],
)
def test_a_proxy_is_kept_but_not_for_the_emulator(
    said: dict[str, str], upper: str, lower: str, tmp_path: Path
) -> None:
    host = {"HTTPS_PROXY": "http://proxy.example:3128", **said}

    environment = aws_environment(tmp_path, ENDPOINT, ACCOUNTS, "eu-west-1", host=host)

    assert environment["HTTPS_PROXY"] == "http://proxy.example:3128"
    assert (environment["NO_PROXY"], environment["no_proxy"]) == (upper, lower)
