"""The committed modules are what `cdktf_app` emits, and emission does not depend on where or when it runs."""

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cdktf_app.emitter.__main__ import REPOSITORY, app
from cdktf_app.modules.log_delivery.regions import elb_account_ids


@pytest.fixture(scope="module")
def emitted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("emitted")
    # Written by hand, with sections that are emitted.
    shutil.copy(REPOSITORY / "README.md", folder)
    write(folder)
    return folder


def write(folder: Path) -> str:
    """Emit all modules into a folder and return what the command printed."""
    result = CliRunner().invoke(app, ["write", "--root", str(folder)])
    assert result.exit_code == 0, result.output
    return result.output


def contents(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_a_changed_file_is_named_with_the_remedy(emitted: Path, tmp_path: Path) -> None:
    shutil.copytree(emitted, tmp_path, dirs_exist_ok=True)
    with (tmp_path / "modules/hub/role.tf").open("a") as file:
        file.write("# by hand\n")

    result = CliRunner().invoke(app, ["check", "--root", str(tmp_path)])

    assert result.exit_code == 1
    assert "modules/hub/role.tf" in result.output
    assert "# by hand" in result.output
    assert "make modules" in result.output


def test_emitting_into_an_empty_folder_gives_the_committed_files(emitted: Path) -> None:
    written = contents(emitted)

    assert {
        "main.tf",
        "modules/hub/main.tf",
        "modules/spoke/main.tf",
        "modules/log-delivery/main.tf",
        "modules/alb-onboarding/main.tf",
        "README.md",
    } < set(written)
    assert written == {path: (REPOSITORY / path).read_bytes() for path in written}


def test_emitting_twice_gives_the_same_bytes(emitted: Path) -> None:
    first = contents(emitted)

    printed = write(emitted)

    assert contents(emitted) == first
    assert "0 changed" in printed


def test_log_delivery_has_the_whole_table_of_accounts(emitted: Path) -> None:
    text = " ".join((emitted / "modules/log-delivery/locals.tf").read_text().split())

    missing = [name for name, account in elb_account_ids().items() if f'"{name}" = "{account}"' not in text]

    assert missing == []


def test_the_table_of_accounts_is_there_once_for_terraform(emitted: Path) -> None:
    account = elb_account_ids()["eu-west-1"]

    assert [
        path
        for path, content in contents(emitted).items()
        if path.endswith(".tf") and account.encode() in content
    ] == ["modules/log-delivery/locals.tf"]


def test_a_module_says_where_it_comes_from(emitted: Path) -> None:
    (line, *_rest) = (emitted / "modules/log-delivery/locals.tf").read_text().splitlines()

    assert "change cdktf_app/modules/log_delivery and run" in line
