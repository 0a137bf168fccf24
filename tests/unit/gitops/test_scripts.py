"""The scripts of the example `gitops` that ask git and GitHub."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

EXAMPLE = Path("examples/gitops")
# Stands for GitHub's command line: notes each call, keeps the text of a comment, and answers by what stands in a file
# of the call's first words.
GH = """#!/usr/bin/env bash
echo "$*" >> "$GH_CALLS"
for word; do [[ $word != body=@* ]] || cp "${word#body=@}" "$GH_CALLS.body"; done
for words in "$1-$2" "$1"; do
  if [ -f "$GH_ANSWERS/$words" ]; then cat "$GH_ANSWERS/$words"; exit 0; fi
done
"""


class Checkout:
    """A git repository with the pipeline and two accounts, and a stand-in for GitHub."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.answers = folder / "answers"
        self._calls = folder / "calls"
        self.answers.mkdir()
        (folder / "bin").mkdir()
        (folder / "bin/gh").write_text(GH)
        (folder / "bin/gh").chmod(0o755)

    def git(self, *arguments: str) -> str:
        identity = ["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"]
        return subprocess.run(
            ["git", *identity, *arguments], cwd=self.folder, check=True, capture_output=True, text=True
        ).stdout.strip()

    def commit(self) -> None:
        self.git("add", "accounts")
        self.git("commit", "--quiet", "--message", "change")

    def write(self, account: str, text: str) -> None:
        file = self.folder / "accounts" / account / "main.tf"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def run(self, script: str, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
        environment = os.environ | {
            "PATH": f"{self.folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "GH_CALLS": str(self._calls),
            "GH_ANSWERS": str(self.answers),
            "GITHUB_REPOSITORY": "acme/logs",
            "RUN_URL": "https://github.com/acme/logs/actions/runs/7",
        }
        return subprocess.run(
            [f"pipeline/{script}", *arguments],
            cwd=self.folder,
            env=environment | settings,
            capture_output=True,
            text=True,
            check=False,
        )

    def calls(self) -> list[str]:
        """What GitHub was asked, in order."""
        return self._calls.read_text().splitlines() if self._calls.exists() else []

    def comment(self) -> str:
        """The text of the last comment."""
        return Path(f"{self._calls}.body").read_text()


@pytest.fixture
def checkout(tmp_path: Path, repository: Path) -> Checkout:
    made = Checkout(tmp_path)
    shutil.copytree(repository / EXAMPLE / "pipeline", tmp_path / "pipeline")
    made.git("init", "--quiet")
    for account in ("blog", "hub", "shop"):
        made.write(account, "")
    made.commit()
    return made


def test_the_changed_accounts_are_those_with_a_difference_that_are_there(checkout: Checkout) -> None:
    checkout.write("hub", "# changed")
    checkout.write("new", "# new")
    shutil.rmtree(checkout.folder / "accounts/blog")
    checkout.commit()

    assert json.loads(checkout.run("changed.sh", "HEAD^1", "HEAD").stdout) == ["hub", "new"]
    assert json.loads(checkout.run("changed.sh", "HEAD", "HEAD").stdout) == []


def test_the_first_push_of_a_repository_changes_no_account(checkout: Checkout) -> None:
    """GitHub says that it comes from 000…0; no pull request has planned what is in it."""
    finished = checkout.run("changed.sh", "0" * 40, "HEAD")

    assert (finished.returncode, finished.stdout) == (0, "[]\n"), finished.stderr


def test_a_plan_is_of_the_tree_that_is_checked_out(checkout: Checkout) -> None:
    (checkout.folder / "accounts/hub/plan.tree").write_text(checkout.git("rev-parse", "HEAD^{tree}") + "\n")
    same = checkout.run("same-tree.sh", "hub")
    checkout.write("shop", "# main went on")
    checkout.commit()
    other = checkout.run("same-tree.sh", "hub")

    assert (same.returncode, other.returncode) == (0, 1)
    assert "main went on after the plan" in other.stderr


def test_the_reviewed_run_is_looked_up_by_the_pull_request_s_last_commit(checkout: Checkout) -> None:
    (checkout.answers / "api").write_text("4d5e\n")
    (checkout.answers / "run-list").write_text("42\n")

    found = checkout.run("reviewed.sh", "0a1b")

    assert (found.returncode, found.stdout) == (0, "42\n")
    asked, listed = checkout.calls()
    assert "repos/acme/logs/commits/0a1b/pulls" in asked
    assert '.merge_commit_sha == "0a1b"' in asked
    assert "--commit 4d5e" in listed
    assert "--status success" in listed


@pytest.mark.parametrize(
    ("answers", "message"),
    [({}, "comes from no pull request"), ({"api": "4d5e\n"}, "4d5e has no plan that succeeded")],
)
def test_without_a_reviewed_plan_nothing_is_applied(
    answers: dict[str, str], message: str, checkout: Checkout
) -> None:
    for name, answer in answers.items():
        (checkout.answers / name).write_text(answer)

    found = checkout.run("reviewed.sh", "0a1b")

    assert (found.returncode, found.stdout) == (1, "")
    assert message in found.stderr


@pytest.mark.parametrize(
    ("code", "issue", "done"),
    [
        ("0", "", []),
        ("0", "5", ["issue close 5"]),
        ("2", "", ["issue create --title Drift: shop"]),
        ("2", "5", ["issue edit 5"]),
    ],
)
def test_drift_opens_one_issue_and_its_end_closes_it(
    code: str, issue: str, done: list[str], checkout: Checkout
) -> None:
    (checkout.answers / "issue-list").write_text(issue)
    (checkout.folder / "accounts/shop/plan.txt").write_text("Plan: 0 to add, 1 to change, 0 to destroy.")

    finished = checkout.run("drift-issue.sh", "shop", code)

    assert finished.returncode == 0, finished.stderr
    _listed, *calls = checkout.calls()
    assert [call[: len(start)] for call, start in zip(calls, done, strict=True)] == done


def test_a_look_that_failed_is_no_drift(checkout: Checkout) -> None:
    finished = checkout.run("drift-issue.sh", "shop", "1")

    assert finished.returncode == 1
    assert [call for call in checkout.calls() if not call.startswith("issue list")] == []


@pytest.mark.parametrize(("found", "method"), [("", "POST"), ("99\n", "PATCH")])
def test_a_plan_is_shown_in_one_comment_for_each_account(
    found: str, method: str, checkout: Checkout, tmp_path: Path
) -> None:
    (checkout.answers / "api").write_text(found)
    (checkout.folder / "accounts/shop/plan.txt").write_text("Plan: 7 to add, 0 to change, 0 to destroy.")
    log = tmp_path / "plan.log"
    findings = "ALB_LOKI_1 No log bucket …\n  - aws_s3_bucket.this: delete\n"
    # Terraform's legend has the form of a finding. The verdict comes last.
    log.write_text(f"with the following symbols:\n  - destroy\n\n{findings}")

    finished = checkout.run("comment.sh", "shop", str(log), PULL_REQUEST="3")

    assert finished.returncode == 0, finished.stderr
    assert f"--method {method}" in checkout.calls()[-1]
    assert ("comments/99" in checkout.calls()[-1]) == (method == "PATCH")
    shown, plan = checkout.comment().split("<details>")
    assert shown.endswith(f"destroy.\n\n{findings}\n")
    assert "Plan: 7 to add" in plan


def test_the_role_is_of_the_account_in_the_folder(checkout: Checkout) -> None:
    settings = checkout.folder / "accounts/shop/terraform.tfvars"
    settings.write_text('region     = "eu-west-1"\naccount_id = "222222222222"\n')
    good = checkout.run("role.sh", "shop", "plan")
    settings.write_text("")
    bad = checkout.run("role.sh", "shop", "plan")

    assert good.stdout == "arn:aws:iam::222222222222:role/pipeline/alb-loki-plan\n"
    assert (bad.returncode, bad.stderr) == (1, "accounts/shop/terraform.tfvars has no account_id\n")
