"""The environment in which Terraform runs."""

from collections.abc import Sequence
from pathlib import Path

from tests.harness.aws.accounts import Account
from tests.harness.aws.environment import aws_environment
from tests.harness.terraform.cli_config import ProviderSource


def environment(
    folder: Path, endpoint: str, accounts: Sequence[Account], region: str, providers: ProviderSource
) -> dict[str, str]:
    """All variables that Terraform, its AWS provider and any other AWS tool need to work on the emulator only.

    A root configuration needs no provider override for it: `profile = "<name of an account>"` works, and a
    provider without any credentials is the first account. See `aws_environment` for the arguments.
    """
    variables = aws_environment(folder, endpoint, accounts, region) | {
        "TF_CLI_CONFIG_FILE": str(providers.cli_config),
        "TF_IN_AUTOMATION": "1",
        "TF_INPUT": "0",
        "CHECKPOINT_DISABLE": "1",
    }
    if providers.plugin_cache:
        variables["TF_PLUGIN_CACHE_DIR"] = str(providers.plugin_cache)
        # Else Terraform downloads a cached provider again when there is no lock file, as in a fresh copy.
        variables["TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE"] = "true"
    return variables
