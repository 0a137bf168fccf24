"""The page of environment variables says what the code says."""

from pathlib import Path

from cdktf_app.documentation.environment import environment_page
from promtail.settings.variables import VARIABLES


def test_the_page_is_current(repository: Path) -> None:
    page = (repository / "docs" / "environment.md").read_text()

    assert page == environment_page(), "Run `make docs` and commit docs/environment.md."


def test_every_variable_has_a_row() -> None:
    page = environment_page()

    assert [variable.name for variable in VARIABLES if f"\n| `{variable.name}` | " not in page] == []
