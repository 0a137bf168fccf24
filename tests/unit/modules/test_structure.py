"""What the registries of Terraform and OpenTofu ask of a module, and what tflint's rules for the language check.

Sources: https://developer.hashicorp.com/terraform/language/modules/develop/structure,
https://developer.hashicorp.com/terraform/registry/modules/publish and the rules of
https://github.com/terraform-linters/tflint-ruleset-terraform, whose names the tests repeat.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import hcl2
import pytest

ROOT = Path(__file__).parents[3]
MODULES = [Path(), *sorted(path.relative_to(ROOT) for path in (ROOT / "modules").iterdir())]
EXAMPLES = sorted({path.parent.relative_to(ROOT) for path in (ROOT / "examples").rglob("*.tf")})
ALL = [*MODULES, *EXAMPLES]

# Its only users are the modules that it is passed on to.
PASSED_ON = {Path()}
NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")

of_modules = pytest.mark.parametrize("folder", MODULES, ids=str)
of_all = pytest.mark.parametrize("folder", ALL, ids=str)


@cache
def files(folder: Path) -> dict[str, str]:
    """The configuration files of a folder, by name."""
    return {path.name: path.read_text() for path in sorted((ROOT / folder).glob("*.tf"))}


@cache
def parsed(folder: Path) -> dict[str, dict[str, Any]]:
    return {name: hcl2.loads(text) for name, text in files(folder).items()}


def blocks(content: dict[str, Any], kind: str) -> Iterator[tuple[str, Any]]:
    """The blocks of a kind, by their last label; those of `locals` by the names in them."""
    for block in content.get(kind, []):
        for label, inner in block.items():
            if label.startswith("__"):
                continue
            if kind in ("resource", "data"):
                yield from ((f"{label}.{name}".replace('"', ""), inner[name]) for name in inner)
            else:
                yield label.strip('"'), inner


def declared(folder: Path, kind: str) -> dict[str, Any]:
    return {name: block for content in parsed(folder).values() for name, block in blocks(content, kind)}


def texts(value: Any) -> Iterator[str]:
    """All expressions below a value, without descriptions."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name != "description":
                yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)
    else:
        yield str(value)


def expressions(folder: Path) -> str:
    """All that is said outside of declarations of variables."""
    return "\n".join(
        text
        for content in parsed(folder).values()
        for kind, found in content.items()
        if kind != "variable"
        for text in texts(found)
    )


def test_there_are_modules_and_examples() -> None:
    assert {"hub", "spoke", "log-delivery", "alb-onboarding"} <= {path.name for path in MODULES}
    assert len(EXAMPLES) >= 2


def test_the_repository_has_the_name_that_registries_want() -> None:
    title = (ROOT / "README.md").read_text().splitlines()[0]

    assert re.fullmatch(r"# terraform-aws-[a-z0-9]+(-[a-z0-9]+)*", title)
    assert (ROOT / "LICENSE").read_text().strip()


def test_versions_are_semantic() -> None:
    versions = re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)

    assert versions
    assert [version for version in versions if not re.fullmatch(r"\d+\.\d+\.\d+", version)] == []
    assert versions == sorted(
        versions, key=lambda version: [int(part) for part in version.split(".")], reverse=True
    )


@of_modules
def test_standard_module_structure(folder: Path) -> None:
    there = {path.name for path in (ROOT / folder).iterdir()}

    assert {"main.tf", "variables.tf", "outputs.tf", "versions.tf", "README.md"} - there == set()
    for name, content in parsed(folder).items():
        assert ("variable" not in content) or name == "variables.tf"
        assert ("output" not in content) or name == "outputs.tf"
        assert ("terraform" not in content) or name == "versions.tf"
    # A module that holds a provider can not be called with count, for_each or depends_on.
    assert declared(folder, "provider") == {}


@pytest.mark.parametrize("folder", EXAMPLES, ids=str)
def test_an_example_says_what_it_shows(folder: Path) -> None:
    readmes = [path / "README.md" for path in ((ROOT / folder), *(ROOT / folder).parents)]
    own = next(path for path in readmes if path.exists())

    assert own.is_relative_to(ROOT / "examples")
    assert own.read_text().startswith("# ")
    assert "main.tf" in files(folder)


@of_all
def test_naming_convention(folder: Path) -> None:
    names = {
        name.rpartition(".")[2]
        for kind in ("resource", "data", "variable", "output", "module", "locals")
        for name in declared(folder, kind)
    }

    assert {name for name in names if not NAME.fullmatch(name)} == set()


@of_modules
def test_documented_and_typed_variables(folder: Path) -> None:
    found = declared(folder, "variable")

    assert found
    assert {name for name, variable in found.items() if len(variable.get("description", "")) < 10} == set()
    assert {
        name for name, variable in found.items() if variable.get("type", "any") in ("any", "${any}")
    } == set()


@of_modules
def test_documented_outputs(folder: Path) -> None:
    found = declared(folder, "output")

    assert found
    assert {name for name, output in found.items() if len(output.get("description", "")) < 10} == set()


@of_all
def test_unused_declarations(folder: Path) -> None:
    said = expressions(folder)
    references = [
        *(f"var.{name}" for name in declared(folder, "variable")),
        *(f"local.{name}" for name in declared(folder, "locals")),
        *(f"data.{name}" for name in declared(folder, "data")),
    ]

    assert [name for name in references if not re.search(rf"\b{re.escape(name)}\b", said)] == []


@of_all
def test_required_version_and_providers(folder: Path) -> None:
    (settings,) = parsed(folder)["versions.tf"]["terraform"]
    required = {
        name: provider
        for listed in settings.get("required_providers", [])
        for name, provider in listed.items()
        if not name.startswith("__")
    }
    used = {
        name.partition("_")[0]
        for kind in ("resource", "data")
        for name in declared(folder, kind)
        # Built into Terraform.
        if not name.startswith("terraform_data.")
    } | set(declared(folder, "provider"))

    assert settings["required_version"]
    assert used <= set(required)
    assert set(required) - used == ({"aws"} if folder in PASSED_ON else set())
    assert {
        name for name, provider in required.items() if not {"source", "version"} <= set(provider)
    } == set()


@of_all
def test_module_pinned_source(folder: Path) -> None:
    loose = {
        name
        for name, call in declared(folder, "module").items()
        if not re.match(r'"\.{1,2}/', call["source"]) and not ("?ref=" in call["source"] or "version" in call)
    }

    assert loose == set()


@of_all
@pytest.mark.parametrize(
    ("rule", "pattern"),
    [
        ("comment_syntax", r"^\s*(//|/\*)"),
        ("deprecated_interpolation", r'= "\$\{[^"{}]+\}"$'),
        ("deprecated_index", r"\b(var|local|module|data|aws_\w+)\.[\w.]*\w\.\d+\b"),
        ("deprecated_lookup", r"\blookup\([^,()]+, [^,()]+\)"),
        ("empty_list_equality", r"[!=]= \[\]|\[\] [!=]="),
    ],
)
def test_syntax(rule: str, pattern: str, folder: Path) -> None:
    found = [
        f"{name}:{number}: {line}"
        for name, text in files(folder).items()
        for number, line in enumerate(text.splitlines(), 1)
        if re.search(pattern, line)
    ]

    assert (rule, found) == (rule, [])


@pytest.mark.parametrize(
    ("pattern_of", "line"),
    [
        (0, "  // why"),
        (1, '  name = "${var.name}"'),
        (2, "  zone = data.aws_availability_zones.available.names.0"),
        (3, "  at = lookup(local.ids, var.region)"),
        (4, "  count = var.list == [] ? 0 : 1"),
    ],
)
def test_the_patterns_find_what_they_are_for(pattern_of: int, line: str) -> None:
    (patterns,) = (mark.args[1] for mark in test_syntax.pytestmark if mark.args[0] == ("rule", "pattern"))  # type: ignore[attr-defined]

    assert [index for index, (_rule, pattern) in enumerate(patterns) if re.search(pattern, line)] == [
        pattern_of
    ]
