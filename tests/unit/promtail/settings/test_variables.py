"""The documentation of the variables, and what is read, are the same."""

from collections.abc import Iterator, Mapping

import pytest

from promtail.settings import read_settings
from promtail.settings.variables import ADDITIONS, CONTRACT, VARIABLES, Variable

URL = "https://loki.example.com/loki/api/v1/push"
# lambda-promtail's own: accepted, so that its users need not take it out, and never looked at.
WITHOUT_EFFECT = "PIPELINE_TIMEOUT"


class Recording(Mapping[str, str]):
    """An environment that remembers what it is asked for."""

    def __init__(self, variables: dict[str, str]) -> None:
        self.asked: set[str] = set()
        self._variables = variables

    def __getitem__(self, name: str) -> str:
        self.asked.add(name)
        return self._variables[name]

    def __iter__(self) -> Iterator[str]:
        raise AssertionError("The environment is not searched.")

    def __len__(self) -> int:
        raise AssertionError("The environment is not counted.")


def test_each_variable_that_is_read_is_documented_and_no_other() -> None:
    environment = Recording({"WRITE_ADDRESS": URL})
    read_settings(environment)
    assert environment.asked == {variable.name for variable in VARIABLES} - {WITHOUT_EFFECT}
    assert WITHOUT_EFFECT in {variable.name for variable in CONTRACT}


def test_each_variable_is_documented_once() -> None:
    names = [variable.name for variable in VARIABLES]
    assert sorted(set(names)) == sorted(names)
    assert VARIABLES == CONTRACT + ADDITIONS


def test_only_the_write_address_must_be_set() -> None:
    assert [variable.name for variable in VARIABLES if variable.default is None] == ["WRITE_ADDRESS"]


def test_documented_defaults_are_those_that_hold() -> None:
    defaults = {variable.name: variable.default for variable in VARIABLES if variable.default is not None}
    assert read_settings({"WRITE_ADDRESS": URL, **defaults}) == read_settings({"WRITE_ADDRESS": URL})


@pytest.mark.parametrize("variable", [each for each in VARIABLES if each.default], ids=lambda each: each.name)
def test_another_value_than_the_documented_default_makes_a_difference(variable: Variable) -> None:
    others = {
        "KEEP_STREAM": "true",
        "BATCH_SIZE": "1048575",
        "OMIT_EXTRA_LABELS_PREFIX": "true",
        "SKIP_TLS_VERIFY": "true",
        "PRINT_LOG_LINE": "true",
        "LOG_LEVEL": "debug",
        "OUTPUT_FORMAT": "json",
        "PUSH_CONCURRENCY": "3",
        "MAX_LINE_SIZE": "262143",
        "LONG_LINES": "drop",
        "SECRET_LIFETIME": "299",
        "METRICS_NAMESPACE": "Other",
        "PARTIAL_BATCH_RESPONSES": "false",
    }
    basis = {"WRITE_ADDRESS": URL, "EXTRA_LABELS": "env,prod"}
    assert read_settings({**basis, variable.name: others[variable.name]}) != read_settings(basis)


def test_every_meaning_is_a_sentence() -> None:
    for variable in VARIABLES:
        assert variable.meaning
        assert variable.meaning.rstrip("`")[-1] in ".]", variable.name
