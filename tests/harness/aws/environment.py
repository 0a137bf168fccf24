"""The environment variables and files by which any AWS tool finds the emulator and the accounts on it."""

import configparser
import os
import urllib.parse
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.harness.aws.accounts import Account

_SECRET = "test"  # any will do
# Of the host's TF_ variables only logging is of use; the others change what Terraform does.
_KEPT = ("TF_LOG", "TF_LOG_CORE", "TF_LOG_PROVIDER", "TF_LOG_PATH")


def write_profiles(folder: Path, endpoint: str, accounts: Sequence[Account], region: str) -> None:
    """Write `config` and `credentials` into `folder`, with one profile for each account.

    A root configuration that says `profile = "..."` then works as it is, against the emulator.
    """
    config, credentials = configparser.RawConfigParser(), configparser.RawConfigParser()
    for account in accounts:
        config[f"profile {account.profile}"] = {
            "region": region,
            "endpoint_url": endpoint,
            "output": "json",
        }
        credentials[account.profile] = {
            "aws_access_key_id": account.id,
            "aws_secret_access_key": _SECRET,
        }
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "config").open("w") as file:
        config.write(file)
    with (folder / "credentials").open("w") as file:
        credentials.write(file)


def aws_environment(
    folder: Path,
    endpoint: str,
    accounts: Sequence[Account],
    region: str,
    *,
    host: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """The whole environment of a tool that is to work on the emulator only.

    It is the host's without its AWS and Terraform variables, so that no credential, profile, region or setting
    of the user can reach the tool. The first account is the default one, for what names no profile. A proxy stays,
    for what comes from the Internet, such as providers, but not for the emulator.

    Args:
        folder: where the profiles are written to.
        endpoint: URL of the emulator. With an IP address as host the AWS SDKs put an S3 bucket's name into the
            path, which saves a host name for each bucket.
        accounts: one profile is written for each.
        region: the default region.
        host: the environment to begin with; `os.environ` by default.
    """
    write_profiles(folder, endpoint, accounts, region)
    host = os.environ if host is None else host
    inherited = {
        name: value for name, value in host.items() if name in _KEPT or not name.startswith(("AWS_", "TF_"))
    }
    return (
        inherited
        | _no_proxy(host, endpoint)
        | {
            "AWS_CONFIG_FILE": str(folder / "config"),
            "AWS_SHARED_CREDENTIALS_FILE": str(folder / "credentials"),
            "AWS_ENDPOINT_URL": endpoint,
            "AWS_ACCESS_KEY_ID": accounts[0].id,
            "AWS_SECRET_ACCESS_KEY": _SECRET,
            "AWS_REGION": region,
            "AWS_DEFAULT_REGION": region,
            "AWS_EC2_METADATA_DISABLED": "true",
            # The AWS provider tries 25 times by default, which on an emulator with a fault takes minutes.
            "AWS_MAX_ATTEMPTS": "3",
        }
    )


def _no_proxy(host: Mapping[str, str], endpoint: str) -> dict[str, str]:
    """Both spellings, since Go prefers the one and Python the other; each with what the host has said there."""
    emulator = urllib.parse.urlsplit(endpoint).hostname or ""
    said = {name: host.get(name, "") for name in ("NO_PROXY", "no_proxy")}
    either = said["NO_PROXY"] or said["no_proxy"]
    return {
        # Python understands "*", for all hosts, only where it stands alone.
        name: value if value.strip() == "*" else ",".join(filter(None, [value, emulator]))
        for name, value in ((name, value or either) for name, value in said.items())
    }
