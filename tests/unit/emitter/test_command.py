"""`python -m cdktf_app.emitter write` and `check`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from cdktf_app.emitter.__main__ import app
from cdktf_app.emitter.module import SynthesizedModule


def module(name: str, terraform: dict[str, Any]) -> SynthesizedModule:
    return SynthesizedModule(name, f"# {name}", terraform, (), Path("modules", name))


@pytest.fixture
def modules(monkeypatch: pytest.MonkeyPatch) -> list[SynthesizedModule]:
    """What is synthesized, in place of the modules of this repository; a test may change it."""
    synthesized = [
        module("hub", {"locals": {"a": 1}, "output": {"a": {"value": "${local.a}"}}}),
        module("spoke", {"variable": {"b": {"type": "string"}}}),
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
        *("modules/hub/README.md", "modules/hub/locals.tf", "modules/hub/main.tf", "modules/hub/outputs.tf"),
        *("modules/spoke/README.md", "modules/spoke/main.tf", "modules/spoke/variables.tf"),
    ]
    assert "wrote modules/hub/locals.tf" in first.output
    assert "0 changed" in second.output
    assert content_of(tmp_path) == written
    assert run("check", tmp_path).exit_code == 0


def test_write_removes_what_is_no_longer_emitted_and_nothing_else(
    tmp_path: Path, modules: list[SynthesizedModule]
) -> None:
    run("write", tmp_path)
    others = {
        "modules/hub/lambda/promtail.zip": b"PK\xff",
        "modules/hub/LICENSE": b"Apache",
        "modules/hub/own.tf": b"# by hand\n",
        "own.tf": b"# by hand\n",
        "README.md": b"# The project\n",
        # No module's folder: what was copied out of one stays.
        "examples/copied/main.tf": (tmp_path / "modules/hub/locals.tf").read_bytes(),
    }
    for name, content in others.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    (tmp_path / "old.tf").write_bytes((tmp_path / "modules/hub/locals.tf").read_bytes())
    modules[:] = [module("hub", {"locals": {"a": 1}})]

    result = run("write", tmp_path)

    assert "removed modules/hub/outputs.tf" in result.output
    assert "removed modules/spoke/variables.tf" in result.output
    assert "removed old.tf" in result.output
    remaining = content_of(tmp_path)
    assert sorted(remaining) == sorted(
        ["modules/hub/README.md", "modules/hub/locals.tf", "modules/hub/main.tf", *others]
    )
    assert {name: remaining[name] for name in others} == others


def test_further_files_are_emitted_as_they_are_and_removed_when_they_no_longer_are(
    tmp_path: Path, modules: list[SynthesizedModule]
) -> None:
    template = "cloudformation/template.yaml"
    content = "# Emitted by cdktf_app. Do not edit: …\nResources: {}\n"
    modules[:] = [
        SynthesizedModule("hub", "# hub", {}, (), Path("modules/hub"), {template: content}),
    ]
    run("write", tmp_path)
    (tmp_path / "modules/hub/cloudformation/own.yaml").write_text("Resources: {}\n")
    assert (tmp_path / "modules/hub" / template).read_text() == content
    assert run("check", tmp_path).exit_code == 0

    modules[:] = [module("hub", {})]
    assert f"removed modules/hub/{template}" in run("write", tmp_path).output
    assert [file.name for file in (tmp_path / "modules/hub/cloudformation").iterdir()] == ["own.yaml"]


@pytest.mark.usefixtures("modules")
def test_check_shows_each_difference_says_what_mends_it_and_writes_nothing(tmp_path: Path) -> None:
    run("write", tmp_path)
    (tmp_path / "modules/hub/locals.tf").write_text(
        (tmp_path / "modules/hub/locals.tf").read_text().replace("a = 1", "a = 2")
    )
    (tmp_path / "modules/spoke/variables.tf").unlink()
    (tmp_path / "modules/hub/old.tf").write_text((tmp_path / "modules/hub/outputs.tf").read_text())
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
    modules.append(module("broken", {"locals": {"a": "${"}}))
    result = run("write", tmp_path)
    assert result.exit_code == 1
    assert "cannot emit: broken: locals: a: cannot read the Terraform expression" in result.output
    assert content_of(tmp_path) == {}


def top(terraform: dict[str, Any]) -> SynthesizedModule:
    """The module at the top, whose README is written by hand."""
    return SynthesizedModule("root", None, terraform, (), Path())


README = "# By hand\n\n<!-- BEGIN root module -->\n{}<!-- END root module -->\n\nMore by hand.\n"


def test_of_the_top_readme_only_the_section_is_written(
    tmp_path: Path, modules: list[SynthesizedModule]
) -> None:
    modules[:] = [top({"variable": {"b": {"type": "string", "description": "The b."}}})]
    (tmp_path / "README.md").write_text(README.format("old\n"))

    before = run("check", tmp_path)
    run("write", tmp_path)

    assert before.exit_code == 1
    assert "drifting: README.md" in before.output
    head, _, rest = (tmp_path / "README.md").read_text().partition("<!-- BEGIN root module -->\n")
    section, _, tail = rest.partition("<!-- END root module -->\n")
    assert (head, tail) == ("# By hand\n\n", "\nMore by hand.\n")
    assert "| `b` | The b. | `string` | n/a | yes |" in section
    assert "old" not in section
    assert 'variable "b" {' in (tmp_path / "variables.tf").read_text()
    assert run("check", tmp_path).exit_code == 0


@pytest.mark.parametrize(
    "content",
    [
        None,
        "# By hand\n",
        "<!-- BEGIN root module -->\n",
        "<!-- END root module -->\n<!-- BEGIN root module -->\n",
        README.format("") * 2,
    ],
)
def test_a_section_without_its_place_is_refused_and_nothing_is_written(
    content: str | None, tmp_path: Path, modules: list[SynthesizedModule]
) -> None:
    modules[:] = [top({"locals": {"a": 1}})]
    if content is not None:
        (tmp_path / "README.md").write_text(content)
    before = content_of(tmp_path)

    result = run("write", tmp_path)

    assert result.exit_code == 1
    assert (
        "README.md: put the lines '<!-- BEGIN root module -->' and '<!-- END root module -->'"
        in result.output
    )
    assert content_of(tmp_path) == before
