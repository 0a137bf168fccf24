"""A copy of the repository in `examples/gitops`, with accounts and names of a test's own, and its scripts."""

from __future__ import annotations

import itertools
import re
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.apply.packages import use_host_package
from tests.harness.aws.accounts import Account
from tests.harness.process.run import Finished, run_guarded
from tests.harness.terraform.lock_file import lock_providers

EXAMPLE = Path("examples/gitops")
_LIMIT = 600.0
# What a call of the AWS SDK is called in a policy, where it is not called the same.
# https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
_ACTIONS = {
    "s3:HeadBucket": "s3:ListBucket",
    "s3:ListObjectsV2": "s3:ListBucket",
    "s3:HeadObject": "s3:GetObject",
    "s3:GetBucketAccelerateConfiguration": "s3:GetAccelerateConfiguration",
    "s3:GetBucketCors": "s3:GetBucketCORS",
    "s3:GetBucketEncryption": "s3:GetEncryptionConfiguration",
    "s3:PutBucketEncryption": "s3:PutEncryptionConfiguration",
    "s3:DeleteBucketEncryption": "s3:PutEncryptionConfiguration",
    "s3:GetBucketLifecycleConfiguration": "s3:GetLifecycleConfiguration",
    "s3:PutBucketLifecycleConfiguration": "s3:PutLifecycleConfiguration",
    "s3:DeleteBucketLifecycle": "s3:PutLifecycleConfiguration",
    "s3:GetBucketNotificationConfiguration": "s3:GetBucketNotification",
    "s3:PutBucketNotificationConfiguration": "s3:PutBucketNotification",
    "s3:GetBucketReplication": "s3:GetReplicationConfiguration",
    "s3:GetObjectLockConfiguration": "s3:GetBucketObjectLockConfiguration",
    "s3:GetPublicAccessBlock": "s3:GetBucketPublicAccessBlock",
    "s3:PutPublicAccessBlock": "s3:PutBucketPublicAccessBlock",
    "s3:DeletePublicAccessBlock": "s3:PutBucketPublicAccessBlock",
    "s3:DeleteBucketOwnershipControls": "s3:PutBucketOwnershipControls",
}


@dataclass
class Repository:
    """A copy of the example.

    Attributes:
        folder: Where it lies.
        environments: The environment that reaches each account, by the account's folder.
        calls: What Terraform has called in AWS, as actions of policies, by script and account.
    """

    folder: Path
    environments: Mapping[str, Mapping[str, str]]
    calls: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def run(self, script: str, account: str, *arguments: str) -> Finished:
        """Run a script of the repository for an account, as a workflow or a person does."""
        return self._run([f"./{script}", account, *arguments], script, account, self.folder)

    def destroy(self, account: str) -> None:
        """Destroy what an account's folder describes, where anything of it was applied."""
        folder = self.folder / "accounts" / account
        for command in ("init", "destroy"):
            finished = self._run(
                ["terraform", command, "-input=false"], f"terraform {command}", account, folder
            )
            assert finished.exit_code == 0, finished.stderr

    def _run(self, command: Sequence[str], name: str, account: str, folder: Path) -> Finished:
        logs = self.folder.parent / f"{next(self._numbers):02}-{Path(name).stem}-{account}"
        calls = Path(f"{logs}.calls")
        finished = run_guarded(
            command,
            cwd=folder,
            env={**self.environments[account], "TF_LOG_PROVIDER": "DEBUG", "TF_LOG_PATH": str(calls)},
            logs=logs,
            timeout=_LIMIT,
        )
        if calls.exists():
            self.calls.setdefault((name, account), set()).update(_actions(calls))
        return finished

    def succeed(self, script: str, account: str, *arguments: str) -> Finished:
        """Run a script that has to end well."""
        finished = self.run(script, account, *arguments)
        assert finished.exit_code == 0, f"{script} {account}:\n{finished.stdout}\n{finished.stderr}"
        return finished

    def replace(self, file: str, old: str, new: str) -> None:
        """Change a file of the repository."""
        path = self.folder / file
        text = path.read_text()
        assert old in text, f"{file} has no {old}"
        path.write_text(text.replace(old, new))


def copy_repository(
    source: Path,
    target: Path,
    accounts: Mapping[str, Account],
    environment_of: Callable[[Account], Mapping[str, str]],
    names: Callable[[str], str],
    provider_versions: Mapping[str, str],
) -> Repository:
    """Copy the example and the modules, and put accounts and names of a test's own into the copy."""
    shutil.copytree(source / "modules", target / "modules")
    use_host_package(target / "modules")
    folder = target / EXAMPLE
    shutil.copytree(source / EXAMPLE, folder, ignore=shutil.ignore_patterns(".terraform*", "__pycache__"))
    own = {
        "111111111111": accounts["hub"].id,
        "222222222222": accounts["shop"].id,
        "shop-alb-logs": names("shop"),
        "acme-terraform-state": names("state"),
    }
    pattern = re.compile("|".join(own))
    for file in folder.rglob("*"):
        if file.suffix in (".tf", ".tfvars", ".tfbackend"):
            file.write_text(pattern.sub(lambda found: own[found[0]], file.read_text()))
    for root in (folder / "bootstrap", *(folder / "accounts").iterdir()):
        lock_providers(root, provider_versions)
    return Repository(folder, {name: environment_of(account) for name, account in accounts.items()})


def _actions(log: Path) -> set[str]:
    """The actions behind the calls in a log of the provider.

    Beside them the provider asks who it is, which needs no permission.
    """
    calls = set()
    for line in log.read_text().splitlines():
        method = re.search(r"\brpc\.method=(\w+)", line)
        service = re.search(r'\brpc\.service="?(CloudWatch Logs|\w+)', line)
        if method and service and service[1] != "STS":
            prefix = {"CloudWatch Logs": "logs"}.get(service[1], service[1].lower())
            calls.add(f"{prefix}:{method[1]}")
    return {_ACTIONS.get(call, call) for call in calls}
