"""The examples pass the modules' inputs on as they are.

Terraform drops attributes that a variable's type does not have without a word, so a shorter copy of a type would lose
what a user sets.
"""

from __future__ import annotations

from pathlib import Path

import hcl2
import pytest

_LOKI = ("loki", "loki_credentials", "loki_credential_arns")
# An example, a module whose inputs it has, and which.
_PASSED_ON = {
    ("hub-and-spoke", "hub"): (*_LOKI, "content", "function"),
    ("existing-bucket", "hub"): _LOKI,
    ("onboarding", "hub"): _LOKI,
    ("onboarding", "alb-onboarding"): ("selection",),
    ("two-spokes", "hub"): _LOKI,
    ("gitops/accounts/hub", "hub"): ("loki", "loki_credential_arns", "spokes", "monitoring"),
    ("gitops/accounts/shop", "spoke"): ("hub",),
}
_MEMBERS_OF_HUB = ("ingestion", "network", "iam", "monitoring")


def _type(folder: Path, variable: str) -> str:
    with (folder / "variables.tf").open() as file:
        declared = hcl2.load(file)["variable"]
    (found,) = (block[name]["type"] for block in declared for name in block if name.strip('"') == variable)
    return "".join(str(found).split()).removeprefix("${").removesuffix("}")


@pytest.mark.parametrize(
    ("example", "module", "variable"),
    [(*called, variable) for called, variables in _PASSED_ON.items() for variable in variables],
)
def test_the_example_s_input_has_the_type_of_the_module_s(
    example: str, module: str, variable: str, repository: Path
) -> None:
    found = _type(repository / "examples" / example, variable)

    assert "object(" in found
    assert found == _type(repository / "modules" / module, variable)


@pytest.mark.parametrize("variable", _MEMBERS_OF_HUB)
def test_a_member_of_the_example_s_hub_has_the_type_of_the_module_s_input(
    variable: str, repository: Path
) -> None:
    members = _type(repository / "examples" / "hub-and-spoke", "hub")

    assert f"{variable}=optional({_type(repository / 'modules' / 'hub', variable)},{{}})" in members
