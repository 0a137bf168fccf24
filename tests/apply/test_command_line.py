"""The onboarding's command line, on LocalStack."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import COMMAND_LINE_ACCOUNT
from tests.harness.localstack.server import LocalStack
from tests.onboarding.account import OnboardingAccount, logging_to

LOGS = "command-line-logs"
OWN = "command-line-own"


class CommandLine:
    """Runs the command with the profile of the account."""

    def __init__(self, repository: Path, env: Mapping[str, str]) -> None:
        self._command = [sys.executable, "-m", "onboarding", "--profile", COMMAND_LINE_ACCOUNT.profile]
        self._env = {
            # The profile's credentials are to be used.
            **{name: value for name, value in env.items() if not name.startswith("AWS_ACCESS_KEY")},
            "PYTHONPATH": str(repository / "lambda_src"),
            "COLUMNS": "160",
            "NO_COLOR": "1",
        }

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run it where nobody can be asked."""
        return subprocess.run(
            [*self._command, *arguments],
            env=self._env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def report(self, *arguments: str) -> Any:
        """Run it to success, and return the report."""
        done = self.run(*arguments, "--format", "json")
        assert done.returncode == 0, done.stderr
        assert done.stderr == ""
        return json.loads(done.stdout)

    def asked(self, reply: str, *arguments: str) -> tuple[int, str, str]:
        """Run it on a terminal; return the exit code, standard output, and what the terminal has shown."""
        ours, theirs = pty.openpty()
        with subprocess.Popen(
            [*self._command, *arguments],
            env=self._env | {"TERM": "xterm"},
            stdin=theirs,
            stdout=subprocess.PIPE,
            stderr=theirs,
            text=True,
        ) as process:
            os.close(theirs)
            os.write(ours, f"{reply}\n".encode())
            assert process.stdout is not None
            printed = process.stdout.read()
            code = process.wait(120)
        return code, printed, _all_of(ours)


def _all_of(terminal: int) -> str:
    shown = b""
    while True:
        try:
            shown += os.read(terminal, 65536)
        except OSError:  # Linux, when nobody has the other end any more
            os.close(terminal)
            return shown.decode()


@pytest.fixture
def account(localstack: LocalStack, aws_region: str) -> Iterator[OnboardingAccount]:
    """An account with a load balancer that does not log, `shop`, and one that does, `blog`."""
    account = OnboardingAccount(localstack.endpoint, aws_region, COMMAND_LINE_ACCOUNT.id)
    account.bucket(OWN)
    arns = [
        account.load_balancer("shop", tags={"team": "shop"}),
        account.load_balancer("blog", tags={"team": "blog"}, attributes=logging_to(OWN)),
    ]
    yield account
    for arn in arns:
        account.aws.elbv2.delete_load_balancer(LoadBalancerArn=arn)
    for bucket in (OWN, LOGS):
        if bucket in [found["Name"] for found in account.aws.s3.list_buckets()["Buckets"]]:
            account.aws.s3.delete_bucket(Bucket=bucket)


@pytest.fixture
def command(repository: Path, terraform_environment: Mapping[str, str]) -> CommandLine:
    return CommandLine(repository, terraform_environment)


def _logs(account: OnboardingAccount, name: str) -> bool:
    (found,) = account.aws.elbv2.describe_load_balancers(Names=[name])["LoadBalancers"]
    return account.attributes(found["LoadBalancerArn"]).get("access_logs.s3.enabled") == "true"


def test_look_then_leap_then_take_back(account: OnboardingAccount, command: CommandLine) -> None:
    looked = command.report("--all", "--bucket", LOGS, "--dry-run")
    assert looked["dry_run"] is True
    assert {one["name"]: one["outcome"] for one in looked["load_balancers"]} == {
        "blog": "unchanged",
        "shop": "would change",
    }
    assert not _logs(account, "shop")
    assert _saved(account) == []

    done = command.report("--all", "--bucket", LOGS, "--yes")
    assert {one["name"]: one["outcome"] for one in done["load_balancers"]} == {
        "blog": "unchanged",
        "shop": "changed",
    }
    assert done["bucket_names"] == [LOGS, OWN]
    assert _logs(account, "shop")

    again = command.report("--all", "--bucket", LOGS, "--yes")
    assert {one["outcome"] for one in again["load_balancers"] + again["buckets"]} == {"unchanged"}

    would = command.report("--destroy", "--dry-run")
    assert "would change" in {one["outcome"] for one in would["load_balancers"]}
    assert _logs(account, "shop")

    back = command.report("--destroy", "--yes")
    assert back["failures"] == []
    assert not _logs(account, "shop")
    assert _logs(account, "blog")
    assert _saved(account) == []


def _saved(account: OnboardingAccount) -> list[str]:
    return [
        name for name in account.parameters() if name.startswith("/alb-loki/onboarding/alb-onboarding-cli/")
    ]


def test_the_table_is_for_people(account: OnboardingAccount, command: CommandLine) -> None:
    done = command.run("--tag", "team=shop", "--tag", "team=none", "--bucket", LOGS, "--dry-run")
    assert (done.returncode, done.stderr) == (0, "")
    assert "shop" in done.stdout
    assert "would change" in done.stdout
    assert "blog" not in done.stdout
    assert "1 load balancers, 1 buckets: 2 to be changed, 0 failed or refused." in done.stdout
    assert not _logs(account, "shop")


def test_what_fails_is_in_the_report_and_in_the_exit_code(
    account: OnboardingAccount, command: CommandLine
) -> None:
    done = command.run("--name", "absent", "--dry-run", "--format", "json")
    assert done.returncode == 1
    (failure,) = json.loads(done.stdout)["failures"]
    assert failure.startswith("absent: ")
    assert not _logs(account, "shop")


class TestOfTerraformOrCloudFormation:
    """An onboarding that has the mark of the module and the template."""

    MARK = "/alb-loki/onboarding/shared/last-failure"

    @pytest.fixture(autouse=True)
    def mark(self, account: OnboardingAccount) -> Iterator[None]:
        account.aws.ssm.put_parameter(Name=self.MARK, Value="none", Type="String")
        yield
        account.aws.ssm.delete_parameter(Name=self.MARK)

    @pytest.mark.parametrize("wanted", [("--name", "shop", "--bucket", LOGS), ("--destroy",)])
    def test_it_is_not_touched(
        self, account: OnboardingAccount, command: CommandLine, wanted: tuple[str, ...]
    ) -> None:
        done = command.run(*wanted, "--onboarding", "shared", "--yes")
        assert done.returncode == 2
        told = " ".join(done.stderr.replace("│", "").split())
        assert "'shared' belongs to Terraform or CloudFormation" in told
        assert not _logs(account, "shop")
        assert list(account.parameters()) == [self.MARK]

    def test_but_looked_at(self, command: CommandLine) -> None:
        looked = command.report("--name", "shop", "--bucket", LOGS, "--onboarding", "shared", "--dry-run")
        assert looked["load_balancers"][0]["outcome"] == "would change"

    def test_or_taken_over_when_that_is_said(self, account: OnboardingAccount, command: CommandLine) -> None:
        wanted = ("--onboarding", "shared", "--take-over", "--yes")
        command.report("--name", "shop", "--bucket", LOGS, *wanted)
        assert _logs(account, "shop")
        command.report("--destroy", *wanted)
        assert not _logs(account, "shop")


class TestAsking:
    def test_no_changes_nothing(self, account: OnboardingAccount, command: CommandLine) -> None:
        code, printed, shown = command.asked("n", "--name", "shop", "--bucket", LOGS)
        assert code == 1
        assert printed == ""
        assert "would change" in shown
        assert f"Do this in account {account.id}, {account.place.region}?" in shown
        assert not _logs(account, "shop")
        assert _saved(account) == []

    def test_yes_does_it(self, account: OnboardingAccount, command: CommandLine) -> None:
        code, printed, shown = command.asked("y", "--name", "shop", "--bucket", LOGS, "--format", "json")
        assert code == 0
        assert json.loads(printed)["dry_run"] is False
        assert "setting attributes" in shown
        assert _logs(account, "shop")
        command.report("--destroy", "--yes")

    def test_where_nobody_can_be_asked_nothing_is_done(
        self, account: OnboardingAccount, command: CommandLine
    ) -> None:
        done = command.run("--all", "--bucket", LOGS)
        assert done.returncode == 2
        assert "give --yes" in done.stderr
        assert not _logs(account, "shop")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "Nothing is selected: give --arn, --name,"),
        (["--tag", "team"], "'team' is not KEY=VALUE"),
        (["--destroy", "--all"], "--destroy takes all of the onboarding back"),
        (["--all", "--prefix", "AWSLogs"], "bucket.prefix: 'AWSLogs' contains AWSLogs"),
        (["--all", "--hub-queue-arn", "arn:aws:sqs:eu-west-1:111111111111:hub"], "hub.role_arn"),
    ],
)
def test_options_that_cannot_be_are_refused(command: CommandLine, arguments: list[str], message: str) -> None:
    done = command.run(*arguments, "--dry-run")
    assert done.returncode == 2
    assert message in " ".join(done.stderr.replace("│", "").split())


def test_a_profile_that_is_not_there_is_told(command: CommandLine) -> None:
    done = command.run("--all", "--dry-run", "--profile", "nobody")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "AWS: The config profile (nobody) could not be found\n"
