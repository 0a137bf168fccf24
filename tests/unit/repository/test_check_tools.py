"""`setup/check-tools.sh` names each tool that is missing or too old, the version needed, and the remedy."""

import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

GOOD = {
    "python3": "Python 3.11.0",
    "node": "v20.0.0",
    "npm": "9.0.0",
    "terraform": "Terraform v1.9.0\non linux_amd64",
}
NAMES = {"python3": "Python", "node": "Node.js", "npm": "npm", "terraform": "Terraform"}
NEEDED = {"python3": "3.11", "node": "20.0", "npm": "9.0", "terraform": "1.9"}
REMEDIES = {
    "python3": "python.org/downloads",
    "node": "nodejs.org",
    "npm": "It comes with Node.js",
    "terraform": "developer.hashicorp.com/terraform/install",
}

Check = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def check(tmp_path: Path, repository: Path) -> Check:
    """Runs the script where only the given tools are found; each prints the given text as its version."""

    def run(tools: Mapping[str, str], **environment: str) -> subprocess.CompletedProcess[str]:
        for needed in ("grep", "head", "cat"):
            (tmp_path / needed).symlink_to(str(shutil.which(needed)))
        for name, version in tools.items():
            (tmp_path / name).write_text(f"#!/bin/sh\ncat <<'END'\n{version}\nEND\n")
            (tmp_path / name).chmod(0o755)
        return subprocess.run(
            ["/bin/sh", str(repository / "setup/check-tools.sh")],
            env={"PATH": str(tmp_path), **environment},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


@pytest.mark.parametrize(
    "newer",
    [
        {},
        {
            "python3": "Python 3.13.1",
            "node": "v22.5.1",
            "npm": "10.9.0",
            "terraform": "Terraform v1.14.0-rc1",
        },
        {"python3": "Python 4.0.0", "node": "v100.0.0", "npm": "11.0.0", "terraform": "Terraform v2.0.0"},
    ],
    ids=["just enough", "newer", "next major"],
)
def test_good_tools_pass_in_silence(newer: Mapping[str, str], check: Check) -> None:
    result = check({**GOOD, **newer})

    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


@pytest.mark.parametrize("tool", GOOD)
def test_a_missing_tool_is_named(tool: str, check: Check) -> None:
    result = check({name: version for name, version in GOOD.items() if name != tool})

    first, remedy, last = result.stderr.splitlines()
    assert result.returncode == 1
    assert first.startswith(
        f"{NAMES[tool]} {NEEDED[tool]} or newer is needed, but was not found (tried: {tool} "
    )
    assert REMEDIES[tool] in remedy
    assert "run the same command again" in last


@pytest.mark.parametrize(
    ("tool", "printed", "version"),
    [
        ("python3", "Python 3.10.14", "3.10.14"),
        ("python3", "Python 3.9.18", "3.9.18"),
        ("python3", "Python 2.7.18", "2.7.18"),
        ("node", "v18.20.4", "18.20.4"),
        ("npm", "8.19.4", "8.19.4"),
        ("terraform", "Terraform v1.8.5\non linux_amd64", "1.8.5"),
        ("terraform", "Terraform v0.15.5", "0.15.5"),
    ],
)
def test_a_tool_that_is_too_old_is_named(tool: str, printed: str, version: str, check: Check) -> None:
    result = check(GOOD | {tool: printed})

    first, remedy, _last = result.stderr.splitlines()
    assert result.returncode == 1
    assert first == f"{NAMES[tool]} {NEEDED[tool]} or newer is needed, but is version {version}."
    assert REMEDIES[tool] in remedy


def test_all_faults_are_told_at_once(check: Check) -> None:
    result = check({"python3": "Python 3.8.0", "node": "v20.1.0"})

    assert [line.split()[0] for line in result.stderr.splitlines() if " is needed, " in line] == [
        "Python",
        "npm",
        "Terraform",
    ]


def test_another_python_can_be_named(check: Check) -> None:
    tools = GOOD | {"python3": "Python 3.8.0", "python3.12": "Python 3.12.1"}

    assert check(tools, PYTHON="python3.12").returncode == 0
