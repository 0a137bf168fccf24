"""Checkov over Terraform configurations."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.scans.environment import scanner_environment

_LIMIT = 300.0


@dataclass(frozen=True)
class Check:
    """A check of a resource: the check's id, the resource's address and its file, and why it was skipped."""

    id: str
    resource: str
    file: str
    reason: str = ""


@dataclass(frozen=True)
class Scan:
    """What checkov found: counts and lists of checks, and the files that it could not read."""

    passed: int
    failed: tuple[Check, ...]
    skipped: tuple[Check, ...]
    unread: tuple[str, ...]


def scan(commands: Path, folder: Path, settings: Path) -> Scan:
    """Scan a folder with all that is below it.

    A module that is called is looked at with the values of its calls, and one that is not with its defaults.

    Args:
        commands: The folder of the scanners' commands.
        folder: What to scan.
        settings: An empty folder: checkov takes settings from where it runs.
    """
    ran = subprocess.run(
        [
            *(str(commands / "checkov"), "--framework", "terraform", "--compact", "--output", "json"),
            # Nothing from Prisma Cloud, and no modules from registries.
            *("--skip-download", "--download-external-modules", "false"),
            *("--directory", str(folder)),
        ],
        cwd=settings,
        env=dict(scanner_environment()) | {"HOME": str(settings)},
        capture_output=True,
        text=True,
        timeout=_LIMIT,
        check=False,
    )
    # It ends with 1 when a check has failed.
    if ran.returncode not in (0, 1) or not ran.stdout:
        raise RuntimeError(f"checkov ended with {ran.returncode}: {ran.stderr}")
    report = json.loads(ran.stdout)
    return Scan(
        report["summary"]["passed"],
        _checks(report["results"]["failed_checks"]),
        _checks(report["results"]["skipped_checks"]),
        tuple(report["results"]["parsing_errors"]),
    )


def _checks(told: Iterable[dict[str, Any]]) -> tuple[Check, ...]:
    checks = {
        Check(
            check["check_id"],
            check["resource"],
            check["file_path"],
            check["check_result"].get("suppress_comment", "").strip(),
        )
        for check in told
    }
    return tuple(sorted(checks, key=lambda check: (check.file, check.resource, check.id)))
