"""An apply that fails in the middle is applied again when its cause is mended."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cdktf_app.packaging.build import build_host_zip
from tests.harness.aws.accounts import Account
from tests.harness.aws.clients import AwsClients
from tests.harness.pytest_plugin import WorkspaceFactory
from tests.harness.terraform.errors import TerraformError
from tests.host_function import host_function


def test_a_bucket_name_that_is_taken_stops_the_apply_and_a_second_one_finishes_it(
    terraform_workspace: WorkspaceFactory,
    aws_clients: Callable[[Account], AwsClients],
    hub_account: Account,
    spoke_account: Account,
    unique_name: Callable[[str], str],
    aws_region: str,
) -> None:
    bucket = unique_name("taken")
    # The hub's own account has a bucket of the name that the spoke is to have: bucket names are global.
    owner = aws_clients(hub_account).s3
    owner.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": aws_region})  # type: ignore[typeddict-item]
    workspace = terraform_workspace(
        "examples/hub-and-spoke",
        {
            "region": aws_region,
            "hub": {
                "account_id": hub_account.id,
                "profile": hub_account.profile,
                "name": unique_name("interrupted"),
            },
            "spoke": {
                "account_id": spoke_account.id,
                "profile": spoke_account.profile,
                "bucket_name": bucket,
            },
            "loki": {"write_address": "https://loki.example.com/loki/api/v1/push"},
            "loki_credentials": {"anonymous": True},
            "function": host_function(build_host_zip()),
        },
    )

    with pytest.raises(TerraformError, match="BucketAlreadyExists"):
        workspace.apply()
    half = workspace.commands.state_list()
    owner.delete_bucket(Bucket=bucket)
    outputs = workspace.apply_and_idempotent()

    assert any(address.startswith("module.hub.aws_lambda_function") for address in half)
    assert not any(address.startswith("module.spoke.aws_s3_bucket_notification") for address in half)
    assert outputs["bucket_name"] == bucket
    assert any(
        address.startswith("module.spoke.aws_s3_bucket_notification")
        for address in workspace.commands.state_list()
    )
