"""Only errors that go away by themselves are tried again."""

from pathlib import Path

import pytest

from tests.harness.process.run import Finished
from tests.harness.terraform.errors import TerraformError
from tests.harness.terraform.transient import name_of_transient, retrying


def error(text: str) -> TerraformError:
    return TerraformError(Finished(("terraform", "apply"), 1, "", text, 0.1), Path("x"))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "│ Could not connect to\n│ registry.terraform.io: Failed to request discovery",
            "registry not reached",
        ),
        ("fork/exec provider: text file busy", "text file busy"),
        ("api error AccessDenied: no", None),
        ("The bucket name is not valid", None),
    ],
)
def test_transient_errors_have_a_name(text: str, name: str | None) -> None:
    assert name_of_transient(error(text)) == name
    assert name_of_transient(ValueError(text)) is None


def test_a_transient_error_is_tried_again_and_told() -> None:
    told: list[str] = []
    outcomes: list[TerraformError | str] = [error("text file busy"), "done"]

    def call() -> str:
        outcome = outcomes.pop(0)
        if isinstance(outcome, TerraformError):
            raise outcome
        return outcome

    retry = retrying(told.append)
    retry.sleep = lambda _seconds: None

    assert retry(call) == "done"
    assert told == ["attempt 1 failed (text file busy); trying again"]


def test_another_error_stands_at_once() -> None:
    calls: list[int] = []

    def call() -> None:
        calls.append(1)
        raise error("AccessDenied")

    with pytest.raises(TerraformError):
        retrying(lambda _text: None)(call)
    assert len(calls) == 1
