"""What is made once in a test run."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.harness.once import made_once


def test_the_first_that_asks_makes_it_and_the_others_wait_for_it(tmp_path: Path) -> None:
    made: list[str] = []

    def make() -> dict[str, int]:
        made.append("plan")
        time.sleep(0.1)
        return {"changes": len(made)}

    with ThreadPoolExecutor(4) as asking:
        given = list(asking.map(lambda _number: made_once(tmp_path, "plan", make), range(4)))

    assert made == ["plan"]
    assert given == [{"changes": 1}] * 4


def test_each_name_is_made_by_itself(tmp_path: Path) -> None:
    assert made_once(tmp_path, "plan", lambda: "a plan") == "a plan"
    assert made_once(tmp_path, "apply", lambda: "an apply") == "an apply"


def test_what_failed_is_tried_again(tmp_path: Path) -> None:
    def fail() -> None:
        raise ValueError("no plan")

    with pytest.raises(ValueError, match="no plan"):
        made_once(tmp_path, "plan", fail)

    assert made_once(tmp_path, "plan", lambda: "a plan") == "a plan"
