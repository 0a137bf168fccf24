"""Bindings are generated when an input of theirs changed, and only then.

The official generator takes tens of seconds. Here a small program stands in for it: what is tested is when it is
called, with what, and what becomes of its output.
"""

import json
import re
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cdktf_app.bindings import generate, schema
from cdktf_app.bindings.__main__ import app
from cdktf_app.bindings.errors import BindingsError

STAND_IN = """
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
const [schemaPath, outdir] = process.argv.slice(2);
const schema = JSON.parse(readFileSync(schemaPath, "utf8"));
if (schema.broken) { console.error("the schema is broken"); process.exit(1); }
mkdirSync(`${outdir}/aws`);
writeFileSync(`${outdir}/aws/__init__.py`, `# ${schema.generation}`);
"""


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The files that the generation looks at, in a folder of their own."""
    here = tmp_path / "cdktf_app" / "bindings"
    here.mkdir(parents=True)
    (here / "generate.mjs").write_text(STAND_IN)
    (here / "schema.json").write_text(json.dumps({"generation": 1}))
    (tmp_path / "package-lock.json").write_text("{}")
    monkeypatch.setattr(generate, "HERE", here)
    monkeypatch.setattr(generate, "SCHEMA_FILE", here / "schema.json")
    monkeypatch.setattr(generate, "REPOSITORY", tmp_path)
    monkeypatch.setattr(generate, "OUTPUT", tmp_path / "imports")
    return tmp_path


def made(checkout: Path) -> str:
    return (checkout / "imports/aws/__init__.py").read_text()


def run() -> str:
    result = CliRunner().invoke(app, ["generate"])
    assert result.exit_code == 0, result.output
    return result.output


def test_the_bindings_are_made_once(checkout: Path) -> None:
    assert not generate.is_current()

    run()

    assert generate.is_current()
    assert made(checkout) == "# 1"
    (checkout / "imports/aws/__init__.py").write_text("# not made again")
    run()
    assert made(checkout) == "# not made again"


@pytest.mark.parametrize(
    "changed", ["cdktf_app/bindings/schema.json", "cdktf_app/bindings/generate.mjs", "package-lock.json"]
)
def test_a_change_of_any_input_makes_them_anew(changed: str, checkout: Path) -> None:
    generate.generate()
    (checkout / "imports/stale.py").touch()

    with (checkout / changed).open("a") as file:
        file.write("\n")

    assert not generate.is_current()
    run()
    assert generate.is_current()
    assert not (checkout / "imports/stale.py").exists()


def test_a_failure_keeps_the_old_bindings_and_says_why(checkout: Path) -> None:
    generate.generate()
    (checkout / "cdktf_app/bindings/schema.json").write_text(json.dumps({"broken": True}))

    with pytest.raises(BindingsError, match=r"`make setup`.*\n.*the schema is broken"):
        generate.generate()

    assert made(checkout) == "# 1"
    assert not generate.is_current()
    assert list((checkout / ".build").iterdir()) == []


def test_without_node_the_error_names_it_and_keeps_the_old_bindings(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    generate.generate()
    (checkout / "package-lock.json").write_text("{ }")
    monkeypatch.setenv("PATH", "")

    with pytest.raises(BindingsError, match=r"node is needed, .*`make check-tools`"):
        generate.generate()

    assert made(checkout) == "# 1"


def test_the_generated_package_says_how_it_is_made(checkout: Path) -> None:
    generate.generate()

    header = (checkout / "imports/__init__.py").read_text()

    targets = re.findall(r"`make ([a-z]+)", header)
    makefile = (Path(__file__).parents[3] / "Makefile").read_text()
    assert targets
    assert [target for target in targets if f"\n{target}:" not in makefile] == []


def test_the_bindings_of_this_checkout_are_current() -> None:
    assert generate.is_current(), "run `make setup`"


def test_an_unknown_type_changes_nothing(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    types = checkout / "types.txt"
    shutil.copy(schema.TYPES_FILE, types)
    monkeypatch.setattr(schema, "TYPES_FILE", types)
    monkeypatch.setattr(schema, "read_provider_schema", schema.read_schema)
    before = types.read_bytes()

    result = CliRunner().invoke(app, ["add", "aws_nothing"])

    assert result.exit_code != 0
    assert "has no resource" in result.output
    assert "aws_nothing" in result.output
    assert types.read_bytes() == before
