"""Where a module is applied: the account, the partition and the region."""

from __future__ import annotations

from imports.aws.data_aws_caller_identity import DataAwsCallerIdentity
from imports.aws.data_aws_partition import DataAwsPartition
from imports.aws.data_aws_region import DataAwsRegion

from cdktf_app.modules.module import Module


def add_data(module: Module) -> None:
    """Add the data sources, each named `current`."""
    scope = module.concern("main")
    DataAwsCallerIdentity(scope, "identity.current")
    DataAwsPartition(scope, "partition.current")
    DataAwsRegion(scope, "region.current")
