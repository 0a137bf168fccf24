"""Terraform in a temporary copy, tried on a configuration that needs no provider but the built-in one."""

import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.harness.process.run import CommandTimeoutError
from tests.harness.terraform.errors import DriftError, TerraformError
from tests.harness.terraform.workspace import TerraformWorkspace

ROOT = """
variable "text" {
  type    = string
  default = "x"
  validation {
    condition     = length(var.text) < 5
    error_message = "The text must be shorter than five characters: this is a long message that Terraform breaks."
  }
}

module "part" {
  source = "../../modules/part"
  text   = var.text
}

output "text" {
  value     = module.part.text
  sensitive = true
}
"""
MODULE = """
variable "text" {}

resource "terraform_data" "kept" {
  input = var.text
}

output "text" {
  value = terraform_data.kept.output
}
"""
DRIFTING = """
resource "terraform_data" "steady" {}

resource "terraform_data" "drifting" {
  input = timestamp()
}
"""
SLOW = """
resource "terraform_data" "slow" {
  provisioner "local-exec" {
    command = "touch begun && sleep 600"
  }
}
"""

OWN_TEST = """
run "it" {
  assert {
    condition     = output.text == "%s"
    error_message = "not the same text"
  }
}
"""

Make = Callable[..., TerraformWorkspace]


@pytest.fixture
def make(tmp_path: Path, offline_workspace: Make) -> Make:
    """Makes a workspace from the text of a root configuration."""
    repository = tmp_path / "repository"

    def workspace(
        text: str, variables: dict[str, object] | None = None, **options: object
    ) -> TerraformWorkspace:
        for folder, content in (("live/main", text), ("modules/part", MODULE)):
            (repository / folder).mkdir(parents=True)
            (repository / folder / "main.tf").write_text(content)
        (repository / "live/main/terraform.tfstate").write_text("not to be copied")
        return offline_workspace("live/main", variables, repository=repository, **options)

    return workspace


def test_a_copy_is_applied_and_destroyed_with_its_modules(make: Make, tmp_path: Path) -> None:
    workspace = make(ROOT, {"text": "abc"})

    assert workspace.apply_and_idempotent() == {"text": "abc"}
    assert workspace.output() == {"text": "abc"}
    assert workspace.commands.state_list() == ["module.part.terraform_data.kept"]
    workspace.destroy()

    assert workspace.commands.state_list() == []
    assert (tmp_path / "repository/live/main/terraform.tfstate").read_text() == "not to be copied"
    assert sorted(p.name for p in (tmp_path / "repository/live/main").iterdir()) == [
        "main.tf",
        "terraform.tfstate",
    ]


def test_a_plan_is_read_as_json(make: Make) -> None:
    plan = make(ROOT).plan()

    (change,) = plan["resource_changes"]
    assert change["address"] == "module.part.terraform_data.kept"
    assert change["change"]["actions"] == ["create"]


def test_a_failed_validation_can_be_asserted_on(make: Make) -> None:
    with pytest.raises(TerraformError) as caught:
        make(ROOT, {"text": "too long"}).plan()

    assert caught.value.exit_code == 1
    assert caught.value.command.startswith("terraform plan ")
    assert "this is a long message that Terraform breaks." in caught.value.message
    assert "must be shorter than five characters" in str(caught.value)


def test_a_second_plan_that_is_not_empty_names_what_drifts(make: Make) -> None:
    with pytest.raises(DriftError, match=r"terraform_data\.drifting \(update\)") as caught:
        make(DRIFTING).apply_and_idempotent()

    assert caught.value.addresses == {"terraform_data.drifting": ["update"]}


def test_a_command_that_takes_too_long_is_interrupted(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = make(SLOW, timeout=1.0)

    class Begun(subprocess.Popen[bytes]):
        """Its second begins with the slow resource, however long Terraform takes to come to it."""

        def wait(self, timeout: float | None = None) -> int:
            if not isinstance(self.args, list) or "apply" not in self.args:
                return super().wait()
            while self.poll() is None and not (workspace.folder / "begun").exists():
                time.sleep(0.02)
            return super().wait(timeout)

    monkeypatch.setattr("tests.harness.process.run.subprocess.Popen", Begun)
    workspace.init()

    with pytest.raises(CommandTimeoutError, match=r"terraform apply .*did not end within 1 s"):
        workspace.apply()

    # Terraform was interrupted, not killed: it has saved what it had made, so that it can be destroyed.
    assert workspace.commands.state_list() == ["terraform_data.slow"]


def test_validate_finds_what_is_wrong(make: Make) -> None:
    with pytest.raises(TerraformError, match="undeclared local value"):
        make('output "b" {\n  value = local.c\n}\n').validate()


def test_the_events_of_a_plan_tell_of_all_its_errors(make: Make) -> None:
    workspace = make(ROOT)
    workspace.init()

    refused = workspace.commands.plan_events({"text": "too long"})
    passed = workspace.commands.plan_events({"text": "abc"})

    (diagnostic,) = [event["diagnostic"] for event in refused if event["type"] == "diagnostic"]
    assert diagnostic["summary"] == "Invalid value for variable"
    assert "change_summary" in [event["type"] for event in passed]


def test_the_events_of_terraform_s_own_tests_hold_states_and_failures(make: Make) -> None:
    workspace = make(ROOT)
    (workspace.folder / "good.tftest.hcl").write_text(OWN_TEST % "x")
    (workspace.folder / "bad.tftest.hcl").write_text(OWN_TEST % "y")
    workspace.init()

    events = workspace.commands.test_events()

    ended = {
        event["@testfile"]: event["test_run"]["status"]
        for event in events
        if event["type"] == "test_run" and event["test_run"]["progress"] == "complete"
    }
    assert ended == {"good.tftest.hcl": "pass", "bad.tftest.hcl": "fail"}
    assert [event["diagnostic"]["detail"] for event in events if event["type"] == "diagnostic"] == [
        "not the same text"
    ]
    assert {event["@testfile"] for event in events if event["type"] == "test_state"} == set(ended)


def test_a_configuration_that_does_not_exist_is_named(offline_workspace: Make, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"nowhere holds no Terraform configuration"):
        offline_workspace("nowhere", repository=tmp_path)


def test_shared_files_keep_their_place(make: Make, tmp_path: Path) -> None:
    (tmp_path / "repository").mkdir()
    (tmp_path / "repository/main.tf").write_text("locals {\n  kept = true\n}\n")

    workspace = make(ROOT, shared=("modules", "main.tf"))

    top = workspace.folder.parents[1]
    assert (top / "main.tf").read_text() == "locals {\n  kept = true\n}\n"
    assert (top / "modules/part/main.tf").is_file()
