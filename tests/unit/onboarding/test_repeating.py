from __future__ import annotations

import pytest
from botocore.exceptions import ClientError

from onboarding.aws import error_code
from onboarding.repeating import repeated


class Answers:
    """Answers with an error's code each, then with "done"."""

    def __init__(self, *codes: str) -> None:
        self.codes = list(codes)

    def __call__(self) -> str:
        if self.codes:
            raise ClientError({"Error": {"Code": self.codes.pop(0)}}, "Call")
        return "done"


def run(answers: Answers) -> tuple[str, list[float]]:
    """What comes in the end, and what was waited."""
    waited: list[float] = []
    try:
        result = repeated(answers, lambda error: error_code(error) == "Soon", (1, 2), waited.append)
    except ClientError as error:
        result = error_code(error)
    return result, waited


@pytest.mark.parametrize(
    ("codes", "result", "waited"),
    [
        ([], "done", []),
        (["Soon"], "done", [1]),
        (["Soon", "Soon"], "done", [1, 2]),
        (["Soon", "Soon", "Soon"], "Soon", [1, 2]),
        (["Other"], "Other", []),
        (["Soon", "Other"], "Other", [1]),
    ],
)
def test_it_repeats_what_passes(codes: list[str], result: str, waited: list[float]) -> None:
    assert run(Answers(*codes)) == (result, waited)


def test_without_time_it_ends() -> None:
    def no_time(_: float) -> None:
        raise TimeoutError

    answers = Answers("Soon", "Soon")
    with pytest.raises(TimeoutError):
        repeated(answers, lambda _: True, (1, 2), no_time)
    assert answers.codes == ["Soon"]
