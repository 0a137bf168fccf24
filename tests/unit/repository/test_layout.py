"""What holds for the repository as a whole."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import hcl2
import pytest

from cdktf_app.modules.module import REQUIRED_AWS, REQUIRED_AWS_OF_ONBOARDING, REQUIRED_TERRAFORM

# What only the CDKTF app and the tests of what it synthesizes may use, so that a move to another release or fork of
# CDKTF stays within them.
CDKTF = {"cdktf", "constructs", "imports"}
USERS = (Path("cdktf_app"), Path("tests/unit/emitter"))


def imported(file: Path) -> Iterator[str]:
    """The top-level packages that a Python file imports, anywhere in it."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def test_cdktf_is_used_in_its_app_only(tracked: list[Path], repository: Path) -> None:
    users = {file for file in tracked if file.suffix == ".py" and CDKTF & set(imported(repository / file))}

    assert Path("cdktf_app/modules/module.py") in users
    assert {str(file) for file in users if not set(USERS) & set(file.parents)} == set()


def test_each_module_and_example_has_a_readme(tracked: list[Path]) -> None:
    folders = {file.parents[-3] for file in tracked if file.parts[0] in ("modules", "examples")}

    assert {"hub", "spoke", "hub-and-spoke", "cdktf-deploy"} <= {folder.name for folder in folders}
    assert {str(folder) for folder in folders if folder / "README.md" not in tracked} == set()


def test_every_configuration_asks_for_the_same_versions(tracked: list[Path], repository: Path) -> None:
    found = {}
    for file in tracked:
        # Former versions (tests/upgrade) stay as they were.
        if file.name == "versions.tf" and "upgrade" not in file.parts:
            (settings,) = hcl2.loads((repository / file).read_text())["terraform"]
            # A module that makes nothing asks for no provider.
            (providers,) = settings.get("required_providers", [{"aws": {"version": REQUIRED_AWS}}])
            found[str(file)] = (
                settings["required_version"].strip('"'),
                providers["aws"]["version"].strip('"'),
            )

    newer = {"modules/alb-onboarding/versions.tf", "examples/onboarding/versions.tf"}
    assert {"modules/hub/versions.tf", "modules/spoke/versions.tf", *newer} < set(found)
    assert {
        file: versions
        for file, versions in found.items()
        if versions != (REQUIRED_TERRAFORM, REQUIRED_AWS_OF_ONBOARDING if file in newer else REQUIRED_AWS)
    } == {}


def test_each_module_and_example_says_its_versions(tracked: list[Path]) -> None:
    folders = {
        file.parent for file in tracked if file.suffix == ".tf" and file.parts[0] in ("modules", "examples")
    }

    assert {str(folder) for folder in folders if folder / "versions.tf" not in tracked} == set()


@pytest.fixture(scope="module")
def makefile(repository: Path) -> str:
    return (repository / "Makefile").read_text()


def targets(makefile: str) -> set[str]:
    """The targets that a person calls: those that are not files."""
    return set(re.findall(r"^([A-Za-z][\w-]*):(?!=)", makefile, re.MULTILINE))


def test_every_target_is_phony_and_in_the_help(makefile: str, repository: Path) -> None:
    shown = subprocess.run(
        ["make", "help"], cwd=repository, capture_output=True, text=True, check=True
    ).stdout

    listed = {
        line.split()[0]: line.split(maxsplit=1)[1:] for line in shown.splitlines() if line.startswith("  ")
    }

    assert {"demo", "test", "setup", "modules", "deploy", "destroy"} <= targets(makefile)
    assert targets(makefile) - set(listed) == set()
    assert [name for name, text in listed.items() if not text] == []
    phony = {name for line in re.findall(r"^\.PHONY: (.+)$", makefile, re.MULTILINE) for name in line.split()}
    assert targets(makefile) == phony
