"""The Node half of CDKTF runs as one process, and emission stays within its memory."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

LIMIT = 200
"""Megabytes of Python and Node together."""

# What starts Node is decided once in a process, when cdktf is imported for the first time.
STARTED = """
import os
from pathlib import Path
from cdktf_app.modules.node import one_process

def children(process):
    return Path(f"/proc/{process}/task/{process}/children").read_text().split()

before = dict(os.environ)
with one_process():
    from cdktf import App, TerraformStack
    stack = TerraformStack(App(skip_validation=True), "long")
print("environment as before:", dict(os.environ) == before)
print("children of each child:", [children(child) for child in children(os.getpid())])
stack.add_override("a", "b" * 1000000)
print("characters:", len(stack.to_terraform()["a"]))
"""


def run(
    repository: Path, *arguments: str, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=repository,
        env={**os.environ, **(env or {})},
        capture_output=True,
        text=True,
        check=False,
    )


def test_one_process_does_the_work_and_the_environment_is_left_as_it_was(pytestconfig: pytest.Config) -> None:
    done = run(pytestconfig.rootpath, "-c", STARTED)

    assert done.stdout.splitlines() == [
        "environment as before: True",
        "children of each child: [[]]",
        "characters: 1000000",
    ], done.stderr


def test_what_node_prints_is_printed_and_options_of_one_s_own_are_kept(
    pytestconfig: pytest.Config, tmp_path: Path
) -> None:
    (tmp_path / "say.cjs").write_text(
        'process.on("exit", () => { console.log("to \\u2192 out"); console.error("to err"); })'
    )

    done = run(
        pytestconfig.rootpath, "-c", STARTED, env={"NODE_OPTIONS": f"--require {tmp_path / 'say.cjs'}"}
    )

    assert "to → out" in done.stdout.splitlines()
    assert "to err" in done.stderr.splitlines()


def test_emission_stays_within_its_memory(pytestconfig: pytest.Config) -> None:
    done = run(pytestconfig.rootpath, "-m", "cdktf_app.emitter", "check")

    found = re.search(r"peak memory (\d+) MB \+ (\d+) MB in Node", done.stdout)
    assert found, done.stdout + done.stderr
    assert int(found[1]) + int(found[2]) < LIMIT
