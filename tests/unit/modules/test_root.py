"""The root module takes what the hub and the spoke take, and passes all of it on."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import hcl2
import pytest

from cdktf_app.modules.root.inputs import BOTH, HUB_INPUTS, SPOKE_INPUTS


def blocks(folder: Path, file: str, kind: str) -> dict[str, Any]:
    """The blocks of a kind in a file of a module, by their names."""
    return {
        name.strip('"'): content
        for block in hcl2.loads((folder / file).read_text())[kind]
        for name, content in block.items()
    }


@pytest.fixture(scope="module")
def root(pytestconfig: pytest.Config) -> Path:
    return pytestconfig.rootpath


@pytest.mark.parametrize(("module", "names"), [("hub", (*HUB_INPUTS, BOTH)), ("spoke", SPOKE_INPUTS)])
def test_an_input_is_declared_as_in_the_module_that_takes_it(
    module: str, names: tuple[str, ...], root: Path
) -> None:
    own = blocks(root, "variables.tf", "variable")
    theirs = blocks(root / "modules" / module, "variables.tf", "variable")

    for name in names:
        shared = {key: value for key, value in theirs[name].items() if key != "validation"}
        assert {key: value for key, value in own[name].items() if key != "validation"} == shared
        # A rule that looks at an input which the root does not have is left to the module.
        rules = [
            rule
            for rule in theirs[name].get("validation", [])
            if set(re.findall(r"\bvar\.(\w+)", str(rule))) <= set(own)
        ]
        assert own[name].get("validation", []) == rules


def test_no_rule_looks_at_an_input_that_is_not_there(root: Path) -> None:
    text = (root / "variables.tf").read_text()

    assert set(re.findall(r"\bvar\.(\w+)", text)) <= set(blocks(root, "variables.tf", "variable"))


@pytest.mark.parametrize("module", ["hub", "spoke"])
def test_every_input_that_a_module_shares_with_the_root_is_passed_on(module: str, root: Path) -> None:
    own = blocks(root, "variables.tf", "variable")
    theirs = blocks(root / "modules" / module, "variables.tf", "variable")

    call = blocks(root, "main.tf", "module")[module]

    # The hub's own inputs that the spoke happens to name alike are not the root's.
    shared = {name for name in own if name in theirs and (module == "hub" or name not in HUB_INPUTS)}
    assert {name for name in shared if name in HUB_INPUTS or name in SPOKE_INPUTS or name == BOTH} <= set(
        call
    )
    assert {name: call[name] for name in shared} == {name: f"${{var.{name}}}" for name in shared}


def test_all_inputs_are_used(root: Path) -> None:
    calls = blocks(root, "main.tf", "module")
    passed = {name for call in calls.values() for name in call}

    assert set(blocks(root, "variables.tf", "variable")) - passed == set()
