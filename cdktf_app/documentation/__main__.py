"""Command line: `python -m cdktf_app.documentation` writes `docs/environment.md`."""

from pathlib import Path

from cdktf_app.documentation.environment import environment_page

PAGE = Path(__file__).resolve().parents[2] / "docs" / "environment.md"

if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(environment_page(), encoding="utf-8")
