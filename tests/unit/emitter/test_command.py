"""`python -m cdktf_app.emitter write` and `check`."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cdktf_app.emitter.__main__ import app
from cdktf_app.emitter.module import SynthesizedModule


@pytest.fixture
def modules(monkeypatch: pytest.MonkeyPatch) -> list[SynthesizedModule]:
    """What is synthesized, in place of the modules of this repository; a test may change it."""
    synthesized = [
        SynthesizedModule("hub", "# hub", {"locals": {"a": 1}, "output": {"a": {"value": "${local.a}"}}}, ()),
        SynthesizedModule("spoke", "# spoke", {"variable": {"b": {"type": "string"}}}, ()),
    ]
    monkeypatch.setattr("cdktf_app.modules.synthesis.synthesize_all", lambda: iter(synthesized))
    return synthesized


def run(command: str, root: Path) -> Result:
    return CliRunner().invoke(app, [command, "--root", str(root)])


def content_of(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.mark.usefixtures("modules")
def test_write_twice_changes_nothing_the_second_time(tmp_path: Path) -> None:
    first = run("write", tmp_path)
    written = content_of(tmp_path)
    second = run("write", tmp_path)

    assert first.exit_code == second.exit_code == 0
    assert sorted(written) == [
        *("hub/README.md", "hub/locals.tf", "hub/main.tf", "hub/outputs.tf"),
        *("spoke/README.md", "spoke/main.tf", "spoke/variables.tf"),
    ]
    assert "wrote modules/hub/locals.tf" in first.output
    assert "0 changed" in second.output
    assert content_of(tmp_path) == written
    assert run("check", tmp_path).exit_code == 0


def test_write_removes_what_is_no_longer_emitted_and_nothing_else(
    tmp_path: Path, modules: list[SynthesizedModule]
) -> None:
    run("write", tmp_path)
    others = {"hub/lambda/promtail.zip": b"PK\xff", "hub/LICENSE": b"Apache", "hub/own.tf": b"# by hand\n"}
    for name, content in others.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    modules[:] = [SynthesizedModule("hub", "# hub", {"locals": {"a": 1}}, ())]

    result = run("write", tmp_path)

    assert "removed modules/hub/outputs.tf" in result.output
    assert "removed modules/spoke/variables.tf" in result.output
    remaining = content_of(tmp_path)
    assert sorted(remaining) == sorted(["hub/README.md", "hub/locals.tf", "hub/main.tf", *others])
    assert {name: remaining[name] for name in others} == others


@pytest.mark.usefixtures("modules")
def test_check_shows_each_difference_says_what_mends_it_and_writes_nothing(tmp_path: Path) -> None:
    run("write", tmp_path)
    (tmp_path / "hub/locals.tf").write_text(
        (tmp_path / "hub/locals.tf").read_text().replace("a = 1", "a = 2")
    )
    (tmp_path / "spoke/variables.tf").unlink()
    (tmp_path / "hub/old.tf").write_text((tmp_path / "hub/outputs.tf").read_text())
    before = content_of(tmp_path)

    result = run("check", tmp_path)

    assert result.exit_code == 1
    assert "drifting: modules/hub/locals.tf" in result.output
    assert "-  a = 2\n+  a = 1" in result.output
    assert "missing: modules/spoke/variables.tf" in result.output
    assert '+variable "b" {' in result.output
    assert "stale: modules/hub/old.tf" in result.output
    assert '-output "a" {' in result.output
    assert "3 not as emitted" in result.output
    assert "make modules" in result.output
    assert content_of(tmp_path) == before


@pytest.mark.usefixtures("modules")
def test_the_summary_tells_time_and_memory(tmp_path: Path) -> None:
    summary = run("write", tmp_path).output.splitlines()[-1]
    assert summary.startswith("7 files of 2 modules, 7 changed; ")
    assert " s, peak memory " in summary


def test_what_cannot_be_emitted_is_named_and_nothing_is_written(
    tmp_path: Path, modules: list[SynthesizedModule]
) -> None:
    modules.append(SynthesizedModule("broken", "# broken", {"locals": {"a": "${"}}, ()))
    result = run("write", tmp_path)
    assert result.exit_code == 1
    assert "cannot emit: broken: locals: a: cannot read the Terraform expression" in result.output
    assert content_of(tmp_path) == {}
