"""The workflows of the example `gitops`: what they name exists, and they hold to the rules that keep them safe."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

EXAMPLE = Path("examples/gitops")
WORKFLOWS = ("apply-account", "apply", "drift", "plan")
# https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
WORKFLOW_KEYS = {"name", "on", "permissions", "defaults", "concurrency", "jobs"}
JOB_KEYS = {
    *("needs", "if", "runs-on", "permissions", "outputs", "strategy", "environment", "env", "steps"),
    *("uses", "with"),
}
STEP_KEYS = {"id", "if", "uses", "with", "run", "env"}
# What runners have.
COMMANDS = {"echo", "gh", "git", "jq", "ls", "pip", "printf", "tee", "["}

Job = dict[str, Any]
Workflow = dict[str, Any]


@pytest.fixture(scope="module")
def example(repository: Path) -> Path:
    return repository / EXAMPLE


@pytest.fixture(scope="module")
def workflows(example: Path) -> dict[str, Workflow]:
    files = sorted((example / ".github/workflows").iterdir())
    assert [file.name for file in files] == sorted(f"{name}.yml" for name in WORKFLOWS)
    # In YAML 1.1 the key `on` is True.
    read = {file.stem: yaml.safe_load(file.read_text()) for file in files}
    return {
        name: {"on" if key is True else key: value for key, value in w.items()} for name, w in read.items()
    }


def jobs(workflow: Workflow) -> Iterator[tuple[str, Job]]:
    yield from workflow["jobs"].items()


def steps(workflow: Workflow) -> Iterator[dict[str, Any]]:
    for _name, job in jobs(workflow):
        yield from job.get("steps", ())


def scripts(workflow: Workflow) -> Iterator[str]:
    yield from (step["run"] for step in steps(workflow) if "run" in step)


@pytest.mark.parametrize("name", WORKFLOWS)
def test_it_has_the_structure_of_a_workflow(name: str, workflows: dict[str, Workflow]) -> None:
    workflow = workflows[name]

    assert set(workflow) <= WORKFLOW_KEYS
    assert workflow["name"] == name
    for job_name, job in jobs(workflow):
        assert set(job) <= JOB_KEYS, job_name
        assert ("steps" in job) != ("uses" in job), job_name
        needed = job.get("needs", [])
        assert set([needed] if isinstance(needed, str) else needed) <= set(workflow["jobs"]), job_name
    for step in steps(workflow):
        assert set(step) <= STEP_KEYS
        assert ("run" in step) != ("uses" in step)


@pytest.mark.parametrize("name", WORKFLOWS)
def test_what_its_expressions_refer_to_is_there(name: str, workflows: dict[str, Workflow]) -> None:
    workflow = workflows[name]
    for job_name, job in jobs(workflow):
        text = yaml.safe_dump(job)
        ids = {step["id"] for step in job.get("steps", ()) if "id" in step}
        assert set(re.findall(r"steps\.([\w-]+)\.", text)) <= ids, job_name
        for needed, output in re.findall(r"needs\.([\w-]+)\.outputs\.([\w-]+)", text):
            assert output in workflow["jobs"][needed]["outputs"], job_name
        for step_id, output in re.findall(r"steps\.([\w-]+)\.outputs\.([\w-]+)", text):
            (step,) = [step for step in job["steps"] if step.get("id") == step_id]
            assert re.search(rf"\b{output}=", step["run"]), (job_name, output)
        for variable in re.findall(r"matrix\.(\w+)", text):
            assert variable in job["strategy"]["matrix"], job_name


@pytest.mark.parametrize("name", WORKFLOWS)
def test_every_script_and_folder_that_it_names_exists(
    name: str, workflows: dict[str, Workflow], example: Path
) -> None:
    named = [
        path for script in scripts(workflows[name]) for path in re.findall(r"\b(pipeline/[\w.-]+)", script)
    ]
    called = [
        job["uses"].removeprefix("./")
        for _name, job in jobs(workflows[name])
        if job.get("uses", "").startswith("./")
    ]

    assert named
    assert [path for path in [*named, *called] if not (example / path).is_file()] == []
    assert [
        path for path in named if path.endswith(".sh") and not (example / path).stat().st_mode & 0o100
    ] == []
    for script in scripts(workflows[name]):
        for folder in re.findall(r"\b(accounts|bootstrap|policy)\b", script):
            assert (example / folder).is_dir()


@pytest.mark.parametrize("name", WORKFLOWS)
def test_its_commands_are_scripts_of_the_repository_or_what_a_runner_has(
    name: str, workflows: dict[str, Workflow]
) -> None:
    for script in scripts(workflows[name]):
        # What is assigned from a command's output, and what is behind a pipe, are commands too.
        for line in re.split(r"\n|\|\|?|&&|\$\(", script.replace("'[inputs]'", "")):
            command = next(iter(line.strip().removeprefix("{").split()), "")
            assert (
                command in COMMANDS
                or command.startswith("pipeline/")
                or re.match(r"^(\w+=|\}|'|map\(|-|$)", command)
            ), f"{command} in {script}"


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_script_that_fails_fails_its_step(name: str, workflows: dict[str, Workflow]) -> None:
    workflow = workflows[name]

    # GitHub's default has no pipefail.
    assert workflow["defaults"] == {"run": {"shell": "bash"}}
    # The exit code of a command inside of another one's arguments is lost.
    assert [script for script in scripts(workflow) if re.search(r'echo "[^"]*\$\(', script)] == []


@pytest.mark.parametrize("name", WORKFLOWS)
def test_actions_are_pinned_to_a_commit_with_its_version(name: str, example: Path) -> None:
    text = (example / f".github/workflows/{name}.yml").read_text()
    used = [use for use in re.findall(r"uses: (.+)", text) if not use.startswith("./")]

    assert used
    assert [
        use for use in used if not re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", use)
    ] == []


def test_an_action_has_one_version(workflows: dict[str, Workflow]) -> None:
    used = {step["uses"] for workflow in workflows.values() for step in steps(workflow) if "uses" in step}

    assert len(used) == len({use.partition("@")[0] for use in used})


@pytest.mark.parametrize("name", WORKFLOWS)
def test_no_key_is_kept_and_each_job_says_what_it_may_do(name: str, workflows: dict[str, Workflow]) -> None:
    workflow = workflows[name]

    assert "secrets." not in yaml.safe_dump(workflow)
    assert workflow["permissions"] == {}
    for job_name, job in jobs(workflow):
        granted = job.get("permissions", {})
        takes_role = "configure-aws-credentials" in yaml.safe_dump(job) or "uses" in job
        assert ("id-token" in granted) == takes_role, job_name
        assert granted.get("contents") != "write", job_name


@pytest.mark.parametrize("name", WORKFLOWS)
def test_nothing_that_others_write_is_put_into_a_script(name: str, workflows: dict[str, Workflow]) -> None:
    """An expression in a script is pasted into it before the shell reads it."""
    assert [script for script in scripts(workflows[name]) if "${{" in script] == []


def test_only_the_environment_s_job_takes_the_role_that_applies(workflows: dict[str, Workflow]) -> None:
    for name, workflow in workflows.items():
        for _name, job in jobs(workflow):
            if re.search(r'role\.sh "\$ACCOUNT" apply', yaml.safe_dump(job)):
                assert (name, job["environment"]) == ("apply-account", "${{ inputs.account }}")
    assert workflows["plan"]["on"] == {"pull_request": {"branches": ["main"]}}
    assert workflows["apply"]["on"] == {"push": {"branches": ["main"]}}
    assert "schedule" in workflows["drift"]["on"]
    assert workflows["apply"]["jobs"]["spokes"]["needs"] == ["reviewed", "hub"]


def test_the_scripts_are_bash_that_stops_at_errors(example: Path) -> None:
    found = sorted([*(example / "pipeline").glob("*.sh"), *(example / "bootstrap").glob("*.sh")])

    assert {"plan.sh", "apply.sh", "first-time.sh"} < {script.name for script in found}
    for script in found:
        assert script.read_text().startswith("#!/usr/bin/env bash\n")
        assert "\nset -euo pipefail\n" in script.read_text()
        subprocess.run(["bash", "-n", str(script)], check=True)


def test_the_pipeline_s_checkov_is_the_one_that_the_tests_use(repository: Path, example: Path) -> None:
    pinned = re.search(r"^checkov==\S+$", (example / "pipeline/requirements.txt").read_text(), re.MULTILINE)

    assert pinned
    assert re.search(
        rf"^{re.escape(pinned[0])}( \\)?$", (repository / "setup/scanners.txt").read_text(), re.MULTILINE
    )
