"""The lines that a demo without a terminal prints, as in CI."""

from __future__ import annotations

import io
import re
import time
from pathlib import Path

import pytest
from rich.console import Console

from tests.demo import progress
from tests.demo.progress import Steps

ADDRESS = "module.spoke.aws_s3_bucket_lifecycle_configuration.this[0]"


@pytest.fixture
def shown() -> io.StringIO:
    return io.StringIO()


@pytest.fixture
def steps(shown: io.StringIO) -> Steps:
    return Steps(Console(file=shown, width=80, highlight=False))


def test_a_step_is_one_line_however_long(steps: Steps, shown: io.StringIO) -> None:
    text = "Ask the Loki at http://[fd00::1]:3100/" + "very-long-folder/" * 8

    with steps.step(text):
        pass

    assert re.fullmatch(rf"✓ {re.escape(text)} \(\d+\.\d s\)\n", shown.getvalue())


def test_a_step_that_fails_is_not_ticked_off(steps: Steps, shown: io.StringIO) -> None:
    with pytest.raises(ValueError, match="broken"), steps.step("Apply"):
        raise ValueError("broken")

    assert "✓" not in shown.getvalue()


def test_lines_between_say_what_terraform_waits_for(
    steps: Steps, shown: io.StringIO, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "_INTERVAL", 0.01)
    monkeypatch.setattr(progress, "_LINE_EVERY", 0.02)
    (tmp_path / "01-apply.stdout").write_text(f"{ADDRESS}: Still creating... [00m50s elapsed]\n")
    line = f"  Apply for http://[fd00::1]: 0 resources done, waiting for {ADDRESS} (00m50s)"

    end = time.monotonic() + 60
    with steps.step("Apply for http://[fd00::1]", tmp_path):
        while line not in shown.getvalue().splitlines():
            assert time.monotonic() < end, shown.getvalue()
            time.sleep(0.01)
