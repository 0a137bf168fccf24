"""Where Terraform takes providers from."""

from pathlib import Path

import pytest

from tests.harness.aws.accounts import Account
from tests.harness.terraform import cli_config
from tests.harness.terraform.cli_config import find_mirror, implied_mirrors, provider_source
from tests.harness.terraform.environment import environment as terraform_environment

ACCOUNTS = (Account("111111111111", "hub"),)


@pytest.fixture(autouse=True)
def no_optional_software(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli_config, "optional_software", list)


def mirror(folder: Path) -> Path:
    (folder / "registry.terraform.io/hashicorp/aws/5.100.0/linux_amd64").mkdir(parents=True)
    return folder


def environment(tmp_path: Path, **variables: str) -> dict[str, str]:
    return {"HOME": str(tmp_path / "home"), "XDG_DATA_DIRS": str(tmp_path / "share"), **variables}


def test_the_user_s_configuration_is_used_as_it_is(tmp_path: Path) -> None:
    own = tmp_path / "own.tfrc"
    own.touch()
    mirror(tmp_path / "home/.terraform.d/plugins")

    source = provider_source(tmp_path / "build", environ=environment(tmp_path, TF_CLI_CONFIG_FILE=str(own)))

    assert source.cli_config == own


def test_the_user_s_configuration_in_its_default_place_is_used_as_it_is(tmp_path: Path) -> None:
    home = tmp_path / "home"
    mirror(home / ".terraform.d/plugins")
    (home / ".terraformrc").touch()
    missing = str(tmp_path / "none")

    for variables in ({}, {"TF_CLI_CONFIG_FILE": missing}):
        source = provider_source(tmp_path / "build", environ=environment(tmp_path, **variables))
        assert source.cli_config == home / ".terraformrc"
        assert source.mirror is None


def test_a_named_configuration_wins_over_the_one_in_the_default_place(tmp_path: Path) -> None:
    own = tmp_path / "own.tfrc"
    own.touch()
    (tmp_path / "home").mkdir()
    (tmp_path / "home/.terraformrc").touch()

    source = provider_source(tmp_path / "build", environ=environment(tmp_path, TF_CLI_CONFIG_FILE=str(own)))

    assert source.cli_config == own


def test_terraform_is_told_of_the_user_s_configuration(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    own = tmp_path / "home/.terraformrc"
    own.touch()
    source = provider_source(tmp_path / "build", environ=environment(tmp_path))

    variables = terraform_environment(tmp_path / "aws", "http://127.0.0.1:1", ACCOUNTS, "eu-west-1", source)

    assert variables["TF_CLI_CONFIG_FILE"] == str(own)


def test_a_configuration_that_does_not_exist_is_passed_over(tmp_path: Path) -> None:
    plugins = mirror(tmp_path / "home/.terraform.d/plugins")

    source = provider_source(
        tmp_path / "build", environ=environment(tmp_path, TF_CLI_CONFIG_FILE=str(tmp_path / "none"))
    )

    assert source.mirror == plugins


def test_a_mirror_serves_what_it_holds_and_the_registry_the_rest(tmp_path: Path) -> None:
    plugins = mirror(tmp_path / "share/terraform/plugins")

    source = provider_source(tmp_path / "build", environ=environment(tmp_path))

    text = source.cli_config.read_text()
    assert source.plugin_cache is None
    assert f'path    = "{plugins}"' in text
    assert 'include = ["registry.terraform.io/hashicorp/aws"]' in text
    assert 'exclude = ["registry.terraform.io/hashicorp/aws"]' in text


def test_a_mirror_below_optional_software_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plugins = mirror(tmp_path / "optional/plugins")
    monkeypatch.setattr(cli_config, "optional_software", lambda: [tmp_path / "optional/else", plugins])

    assert provider_source(tmp_path / "build", environ=environment(tmp_path)).mirror == plugins


def test_without_a_mirror_the_registry_is_used_with_a_cache(tmp_path: Path) -> None:
    source = provider_source(tmp_path / "build", environ=environment(tmp_path))

    assert source.mirror is None
    assert source.cli_config.read_text() == ""
    assert source.plugin_cache == tmp_path / "build/terraform/plugin-cache"
    assert source.plugin_cache.is_dir()


def test_the_first_mirror_wins(tmp_path: Path) -> None:
    first, second = mirror(tmp_path / "a"), mirror(tmp_path / "b")

    assert find_mirror([tmp_path / "none", first, second]) == first
    assert find_mirror([tmp_path / "none"]) is None
    assert Path("/x/data/terraform/plugins") in implied_mirrors({"HOME": "/x", "XDG_DATA_HOME": "/x/data"})
