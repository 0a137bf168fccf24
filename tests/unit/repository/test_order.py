"""The order in which files of tests are run."""

from dataclasses import dataclass
from pathlib import Path

from tests.order import LONGEST_FIRST, turn


@dataclass
class Item:
    path: Path
    name: str


def test_the_longest_come_first_and_all_tests_of_a_file_as_they_are(tmp_path: Path) -> None:
    names = ["tests/a.py", LONGEST_FIRST[1], "tests/b.py", LONGEST_FIRST[0], "tests/a.py", LONGEST_FIRST[0]]
    items = [Item(tmp_path / name, f"test_{number}") for number, name in enumerate(names)]

    items.sort(key=turn(tmp_path))

    assert [item.name for item in items] == ["test_3", "test_5", "test_1", "test_0", "test_2", "test_4"]


def test_all_that_are_named_are_there(repository: Path) -> None:
    assert [name for name in LONGEST_FIRST if not (repository / name).is_file()] == []
