"""Which version of a provider Terraform takes, tried with a mirror of providers that are never started."""

import json
import platform
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from tests.harness.aws.accounts import Account
from tests.harness.terraform.cli_config import ProviderSource
from tests.harness.terraform.environment import environment
from tests.harness.terraform.errors import TerraformError
from tests.harness.terraform.workspace import TerraformWorkspace

ADDRESS = "registry.terraform.io/example/thing"
MODULE = """
terraform {
  required_providers {
    thing = {
      source  = "example/thing"
      version = "%s"
    }
  }
}
"""
ROOT = """
module "part" {
  source = "../modules/part"
}
"""
ARCHITECTURE = {"x86_64": "amd64", "aarch64": "arm64"}.get(platform.machine(), platform.machine())

Make = Callable[..., TerraformWorkspace]


@pytest.fixture
def terraform_providers(tmp_path: Path) -> ProviderSource:
    """A mirror with two versions of one provider."""
    folder = tmp_path / "mirror"
    for version in ("5.9.0", "6.1.0"):
        package = folder / ADDRESS / version / f"{sys.platform}_{ARCHITECTURE}"
        package.mkdir(parents=True)
        (package / f"terraform-provider-thing_v{version}").touch(mode=0o755)
    configuration = folder / "mirror.tfrc"
    configuration.write_text(
        f"provider_installation {{\n  filesystem_mirror {{\n    path = {json.dumps(str(folder))}\n  }}\n}}\n"
    )
    return ProviderSource(configuration, folder, plugin_cache=None)


@pytest.fixture
def offline_environment(
    tmp_path: Path, aws_accounts: Sequence[Account], aws_region: str, terraform_providers: ProviderSource
) -> dict[str, str]:
    return environment(tmp_path / "aws", "http://127.0.0.1:1", aws_accounts, aws_region, terraform_providers)


def installed(workspace: TerraformWorkspace) -> list[str]:
    workspace.init()
    return sorted(path.name for path in (workspace.folder / ".terraform/providers" / ADDRESS).glob("*"))


@pytest.fixture
def make(tmp_path: Path, offline_workspace: Make) -> Callable[[str], TerraformWorkspace]:
    """Makes a workspace whose module has a constraint."""

    def workspace(constraint: str) -> TerraformWorkspace:
        for folder, text in (("live", ROOT), ("modules/part", MODULE % constraint)):
            (tmp_path / "repository" / folder).mkdir(parents=True)
            (tmp_path / "repository" / folder / "main.tf").write_text(text)
        return offline_workspace("live", repository=tmp_path / "repository")

    return workspace


class TestWithVersions:
    @pytest.fixture
    def provider_versions(self) -> Mapping[str, str]:
        return {ADDRESS: "5.9.0", "registry.terraform.io/example/of-no-use": "1.0.0"}

    def test_the_named_version_is_taken_also_by_a_module(
        self, make: Callable[[str], TerraformWorkspace]
    ) -> None:
        assert installed(make(">= 5.0")) == ["5.9.0"]

    def test_a_version_that_a_constraint_excludes_is_an_error(
        self, make: Callable[[str], TerraformWorkspace]
    ) -> None:
        with pytest.raises(TerraformError) as caught:
            installed(make(">= 6.0"))

        assert f"locked provider {ADDRESS} 5.9.0 does not match" in caught.value.message


class TestWithoutVersions:
    @pytest.fixture
    def provider_versions(self) -> Mapping[str, str]:
        return {}

    def test_terraform_takes_the_newest_that_the_constraint_allows(
        self, make: Callable[[str], TerraformWorkspace]
    ) -> None:
        assert installed(make(">= 5.0")) == ["6.1.0"]


def test_this_repository_s_tests_use_the_version_that_its_bindings_are_made_from(
    provider_versions: Mapping[str, str],
) -> None:
    assert list(provider_versions) == ["registry.terraform.io/hashicorp/aws"]
