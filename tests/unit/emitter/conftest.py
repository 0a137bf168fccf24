"""The flag that writes golden files, and Terraform as the judge of what was emitted."""

from __future__ import annotations

import json
import subprocess
import textwrap
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from cdktf_app.bindings.schema import read_schema
from cdktf_app.emitter.sections import Sections


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write the emitter's golden files as it emits them now (then read the diff)",
    )


@pytest.fixture(scope="session")
def provider_schema() -> dict[str, Any]:
    return read_schema()


def terraform(folder: Path, *arguments: str) -> str:
    """Run Terraform in a folder and return what it printed; a failure shows what it said."""
    done = subprocess.run(
        ["terraform", f"-chdir={folder}", *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"terraform {' '.join(arguments)}:\n{done.stdout}{done.stderr}"
    return done.stdout


def texts(files: Mapping[str, str | Sections]) -> dict[str, str]:
    """The files that are emitted as a whole."""
    return {name: content for name, content in files.items() if isinstance(content, str)}


class Judge:
    """Terraform, which says what a configuration means and whether its form is canonical."""

    def __init__(self, folders: pytest.TempPathFactory) -> None:
        self._folders = folders

    def assert_canonical(self, folder: Path) -> None:
        """Fail, with the diff, when `terraform fmt` would change a file below the folder."""
        terraform(folder, "fmt", "-check", "-diff", "-recursive")

    def of_json(self, values: list[Any]) -> list[Any]:
        """Evaluate locals with these values in Terraform's JSON syntax."""
        content = {"locals": {f"v{index}": value for index, value in enumerate(values)}}
        return self._evaluate("locals.tf.json", json.dumps(content), len(values))

    def of_hcl(self, expressions: list[str], *, canonical: bool = True) -> list[Any]:
        """Evaluate HCL expressions, each the value of a local, and check their form."""
        # An empty line in between keeps `terraform fmt` from aligning one with the other.
        lines = [f"v{index} = {text}\n\n" for index, text in enumerate(expressions)]
        content = "locals {\n" + textwrap.indent("".join(lines).rstrip("\n"), "  ") + "\n}\n"
        return self._evaluate("locals.tf", content, len(expressions), canonical=canonical)

    def _evaluate(self, file: str, content: str, count: int, *, canonical: bool = False) -> list[Any]:
        # No provider is needed: a run takes a tenth of a second, however many values there are.
        folder = self._folders.mktemp("evaluated")
        (folder / file).write_text(content)
        if canonical:
            self.assert_canonical(folder)
        outputs = {"values": {"value": [f"${{local.v{index}}}" for index in range(count)]}}
        (folder / "outputs.tf.json").write_text(json.dumps({"output": outputs}))
        terraform(folder, "apply", "-auto-approve", "-input=false", "-no-color")
        values: list[Any] = json.loads(terraform(folder, "output", "-json", "values"))
        return values


@pytest.fixture(scope="session")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Judge:
    return Judge(tmp_path_factory)
