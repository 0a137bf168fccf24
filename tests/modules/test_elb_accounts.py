"""The table of regions against the AWS provider's own data source, `aws_elb_service_account`."""

import json
from collections.abc import Mapping

import pytest

from cdktf_app.modules.log_delivery.regions import regions
from tests.modules.conftest import Initialize

# The data source looks a region up in the provider's own table: nothing is asked of AWS.
ROOT = """
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

provider "aws" {
  region                      = "eu-west-1"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
}

data "aws_elb_service_account" "of" {
  for_each = toset(%s)
  region   = each.key
}
"""


@pytest.fixture(scope="module")
def provider_accounts(
    initialize: Initialize,
    offline_environment: Mapping[str, str],
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, str | None]:
    """The provider's account of each region of our table, None for a region that it does not support."""
    folder = tmp_path_factory.mktemp("elb-accounts")
    (folder / "main.tf").write_text(ROOT % json.dumps(list(regions())))
    accounts: dict[str, str | None] = {}
    for event in initialize(folder, offline_environment).plan_events({}):
        if event["type"] == "apply_complete":
            accounts[event["hook"]["resource"]["resource_key"]] = event["hook"]["id_value"]
        elif event["type"] == "diagnostic":
            unsupported, _colon, region = event["diagnostic"]["summary"].rpartition(": ")
            assert unsupported == "unsupported AWS Region", event
            accounts[region] = None
    return accounts


def test_the_table_has_the_provider_s_accounts(provider_accounts: Mapping[str, str | None]) -> None:
    known = {region: account for region, account in provider_accounts.items() if account}

    assert len(known) > 25
    assert {region: regions()[region].elb_account_id for region in known} == known


def test_the_provider_was_asked_for_every_region(provider_accounts: Mapping[str, str | None]) -> None:
    assert set(provider_accounts) == set(regions())
