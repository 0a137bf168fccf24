"""Checkov finds nothing in the modules and the examples."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.scans.checkov import Scan, scan

# What is wrong on purpose, to see that the scanner finds it.
PUBLIC_BUCKET = """
resource "aws_s3_bucket" "open" {
  bucket = "open"
}

resource "aws_s3_bucket_acl" "open" {
  bucket = aws_s3_bucket.open.id
  acl    = "public-read"
}
"""


@pytest.fixture(scope="module")
def configurations(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All tracked configurations but those of the tests, and beside them the modules without a call of theirs."""
    folder = tmp_path_factory.mktemp("configurations")
    called = folder / "called"
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--", "*.tf"], cwd=repository, capture_output=True, text=True, check=True
    )
    for name in filter(None, listed.stdout.split("\0")):
        source = repository / name
        if not name.startswith("tests/") and source.exists():
            (called / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, called / name)
    shutil.copytree(called / "modules", folder / "alone")
    return folder


@pytest.fixture(scope="module")
def found(scanners: Path, configurations: Path, tmp_path_factory: pytest.TempPathFactory) -> Scan:
    return scan(scanners, configurations, tmp_path_factory.mktemp("settings"))


def test_no_check_fails(found: Scan) -> None:
    assert found.passed > 80
    assert found.failed == ()


def test_every_file_was_read(found: Scan) -> None:
    # Its parser fails at an operand with a `!` that has a line with another one behind it: put such a one last.
    assert found.unread == ()


def test_what_is_skipped_says_why(found: Scan) -> None:
    assert {(check.id, check.resource) for check in found.skipped if len(check.reason.split()) < 4} == set()


def test_a_public_bucket_is_found(scanners: Path, tmp_path: Path) -> None:
    (tmp_path / "module").mkdir()
    (tmp_path / "settings").mkdir()
    (tmp_path / "module" / "main.tf").write_text(PUBLIC_BUCKET)

    broken = scan(scanners, tmp_path / "module", tmp_path / "settings")

    assert {"CKV_AWS_20", "CKV2_AWS_6"} <= {check.id for check in broken.failed}


def test_a_file_that_is_not_read_is_told(scanners: Path, tmp_path: Path) -> None:
    (tmp_path / "module").mkdir()
    (tmp_path / "settings").mkdir()
    (tmp_path / "module" / "main.tf").write_text('resource "aws_s3_bucket" {{{\n')

    broken = scan(scanners, tmp_path / "module", tmp_path / "settings")

    assert [Path(file).name for file in broken.unread] == ["main.tf"]
