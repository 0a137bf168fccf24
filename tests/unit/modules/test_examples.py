"""The examples pass the modules' inputs on as they are.

Terraform drops attributes that a variable's type does not have without a word, so a shorter copy of a type would lose
what a user sets.
"""

from __future__ import annotations

from pathlib import Path

import hcl2
import pytest


def _type(folder: Path, variable: str) -> str:
    with (folder / "variables.tf").open() as file:
        declared = hcl2.load(file)["variable"]
    (found,) = (block[name]["type"] for block in declared for name in block if name.strip('"') == variable)
    return "".join(str(found).split())


@pytest.mark.parametrize(
    "variable", ["loki", "loki_credentials", "loki_credential_arns", "content", "function"]
)
def test_the_example_s_input_has_the_type_of_the_hub_s(variable: str, pytestconfig: pytest.Config) -> None:
    repository = pytestconfig.rootpath

    example = _type(repository / "examples" / "hub-and-spoke", variable)

    assert "object(" in example
    assert example == _type(repository / "modules" / "hub", variable)
