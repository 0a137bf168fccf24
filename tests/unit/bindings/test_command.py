"""`python -m cdktf_app.bindings`: what goes wrong with its tools is told in words, and nothing is written."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from cdktf_app.bindings import schema

REPOSITORY = Path(__file__).parents[3]


def run(tools: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command with the tools of that folder and no others."""
    return subprocess.run(
        [sys.executable, "-m", "cdktf_app.bindings", *arguments],
        cwd=REPOSITORY,
        env={"PATH": str(tools)},
        capture_output=True,
        text=True,
        check=False,
    )


def committed() -> list[bytes]:
    return [file.read_bytes() for file in (schema.TYPES_FILE, schema.SCHEMA_FILE)]


FAILING = "#!/bin/sh\necho 'Error: Failed to query available provider packages' >&2\nexit 1\n"


@pytest.mark.parametrize(
    ("terraform", "messages"),
    [
        (None, ["terraform is needed, but is not on the PATH", "`make check-tools`"]),
        (FAILING, ["terraform init", "hashicorp/aws 5.100.0", "mirror", "Failed to query available"]),
    ],
)
def test_a_failure_of_terraform_is_told_without_a_traceback(
    terraform: str | None, messages: list[str], tmp_path: Path
) -> None:
    if terraform:
        (tmp_path / "terraform").write_text(terraform)
        (tmp_path / "terraform").chmod(0o755)
    before = committed()

    done = run(tmp_path, "add", "aws_sqs_queue")

    assert done.returncode == 1
    assert [message for message in messages if message not in done.stderr] == []
    assert "Traceback" not in done.stderr
    assert committed() == before


def test_help_says_what_the_bindings_are_for(tmp_path: Path) -> None:
    done = run(tmp_path, "--help")

    assert done.returncode == 0
    assert "typed Python bindings of the AWS provider" in done.stdout
    assert "completion" not in done.stdout
