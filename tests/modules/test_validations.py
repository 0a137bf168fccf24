"""Every rule of every input refuses what it should with a message that helps, and lets its neighbours pass.

Many cases are calls in one root configuration, so that Terraform runs few times. What is called is each module's own
`variables.tf`, without its resources: rules of inputs need no provider, and one bad value then hides no other.
"""

import json
import shutil
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import hcl2
import pytest

from tests.modules.cases import CASES
from tests.modules.cases.case import REQUIRED, Case
from tests.modules.conftest import Initialize

MODULES = ("hub", "spoke", "log-delivery", "alb-onboarding")
# Terraform's time grows with the square of the calls: all of them in one plan would take more than twice as long.
CALLS_OF_A_PLAN = 80

Messages = dict[Case, list[str]]


@pytest.fixture(scope="module")
def messages(
    repository: Path,
    initialize: Initialize,
    offline_environment: Mapping[str, str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Messages:
    """What Terraform says about each case: the rules' messages, none for a value that passes."""

    def said_about(cases: list[Case]) -> Messages:
        folder = tmp_path_factory.mktemp("validations")
        for module in MODULES:
            (folder / module).mkdir()
            shutil.copy(repository / "modules" / module / "variables.tf", folder / module)
        case_of_line: dict[int, Case] = {}
        lines: list[str] = []
        for number, case in enumerate(cases):
            lines += [f'module "case_{number}" {{', f'  source = "./{case.module}"']
            for name, value in (REQUIRED[case.module] | case.others | {case.variable: case.value}).items():
                lines.append(f"  {name} = {json.dumps(value)}")
                case_of_line[len(lines)] = case
            lines.append("}")
        (folder / "main.tf").write_text("\n".join(lines) + "\n")

        found: Messages = defaultdict(list)
        for event in initialize(folder, offline_environment).plan_events({}):
            if event["type"] == "diagnostic":
                diagnostic = event["diagnostic"]
                assert diagnostic["summary"] == "Invalid value for variable", diagnostic
                message, _blank, _where = diagnostic["detail"].partition("\n\nThis was checked by")
                found[case_of_line[diagnostic["range"]["start"]["line"]]].append(message)
        return found

    def said_about_all(cases: list[Case]) -> Messages:
        found: Messages = {}
        for start in range(0, len(cases), CALLS_OF_A_PLAN):
            found |= said_about(cases[start : start + CALLS_OF_A_PLAN])
        return found

    found = said_about_all(CASES)
    # Rules that look at several inputs are checked when all values pass the others.
    return found | said_about_all([case for case in CASES if case not in found])


def test_bad_values_are_refused_by_their_own_rule_only(messages: Messages) -> None:
    wrong = {}
    for case in CASES:
        said = messages.get(case, [])
        if case.refused and not (len(said) == 1 and case.refused in said[0]):
            wrong[str(case)] = said
    assert wrong == {}


def test_good_neighbours_pass(messages: Messages) -> None:
    assert {str(case): messages[case] for case in CASES if case.refused is None and case in messages} == {}


def test_every_message_names_its_input(messages: Messages) -> None:
    unnamed = {
        message
        for case, said in messages.items()
        for message in said
        if case.variable not in message and case.variable.removesuffix("s") not in message
    }
    assert unnamed == set()


@pytest.mark.parametrize("module", MODULES)
def test_every_rule_is_exercised(module: str, repository: Path, messages: Messages) -> None:
    said = {message for case, found in messages.items() if case.module == module for message in found}

    rules = set(error_messages(repository / "modules" / module / "variables.tf"))

    assert rules - said == set()
    assert len(rules) > 5


def error_messages(variables: Path) -> Iterator[str]:
    """The message of each validation in a file, as a user reads it."""
    for declared in hcl2.loads(variables.read_text())["variable"]:
        for variable in declared.values():
            for rule in variable.get("validation", ()):
                yield json.loads(rule["error_message"])
