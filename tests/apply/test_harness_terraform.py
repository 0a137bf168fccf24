"""Terraform against LocalStack, with configurations that know nothing of it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.harness.aws.accounts import Account
from tests.harness.aws.clients import AwsClients
from tests.harness.terraform.workspace import TerraformWorkspace

TWO_ACCOUNTS = """
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

variable "name" {
  type = string
}

provider "aws" {}

provider "aws" {
  alias   = "second"
  profile = "%s"
}

resource "aws_s3_bucket" "first" {
  bucket        = "${var.name}-first"
  force_destroy = true
  tags          = { purpose = "test" }
}

resource "aws_s3_bucket_public_access_block" "first" {
  bucket              = aws_s3_bucket.first.id
  block_public_policy = true
}

resource "aws_s3_bucket" "second" {
  provider = aws.second
  bucket   = "${var.name}-second"
}

data "aws_caller_identity" "first" {}

data "aws_caller_identity" "second" {
  provider = aws.second
}

output "accounts" {
  value = [data.aws_caller_identity.first.account_id, data.aws_caller_identity.second.account_id]
}
"""


@pytest.fixture
def configurations(tmp_path: Path, spoke_account: Account) -> Path:
    root = tmp_path / "repository"
    (root / "live").mkdir(parents=True)
    (root / "live" / "main.tf").write_text(TWO_ACCOUNTS % spoke_account.profile)
    return root


def test_profiles_and_plain_credentials_reach_the_accounts_on_localstack(
    terraform_workspace: Callable[..., TerraformWorkspace],
    aws_clients: Callable[[Account], AwsClients],
    hub_account: Account,
    spoke_account: Account,
    unique_name: Callable[[str], str],
    configurations: Path,
) -> None:
    name = unique_name("harness")
    workspace = terraform_workspace("live", {"name": name}, repository=configurations)

    outputs = workspace.apply_and_idempotent()

    assert outputs["accounts"] == [hub_account.id, spoke_account.id]
    assert f"{name}-second" in [b["Name"] for b in aws_clients(spoke_account).s3.list_buckets()["Buckets"]]
    assert f"{name}-second" not in [b["Name"] for b in aws_clients(hub_account).s3.list_buckets()["Buckets"]]
    workspace.destroy()
    assert f"{name}-first" not in [b["Name"] for b in aws_clients(hub_account).s3.list_buckets()["Buckets"]]
