"""Parliament over policy documents."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.scans.environment import scanner_environment

_PROGRAM = Path(__file__).with_name("parliament_findings.py")
_LIMIT = 120.0


@dataclass(frozen=True)
class Finding:
    """What parliament minds: the name of the issue, its detail, and the part of the document."""

    issue: str
    detail: str
    where: str


def findings(commands: Path, policies: Sequence[Mapping[str, Any]]) -> list[list[Finding]]:
    """What parliament finds in each of some policy documents.

    Args:
        commands: The folder of the scanners' commands.
        policies: The documents.
    """
    ran = subprocess.run(
        [str(commands / "python"), "-I", str(_PROGRAM)],
        input=json.dumps(policies),
        env=dict(scanner_environment()),
        capture_output=True,
        text=True,
        timeout=_LIMIT,
        check=True,
    )
    return [[Finding(*found) for found in found_in_one] for found_in_one in json.loads(ran.stdout)]
