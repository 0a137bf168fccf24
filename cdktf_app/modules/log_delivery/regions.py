"""The table of regions: the partition, and the account that delivers load balancer logs where there is one.

The data is `regions.json`, gathered from the AWS provider's data source `aws_elb_service_account` and from the
region facts of the AWS CDK (`region-info`); each entry says which. Regions that opened after August 2022 have
no account: there only the service principal can be granted, which AWS recommends in every region.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_DATA = Path(__file__).with_name("regions.json")

SERVICE_PRINCIPAL = "logdelivery.elasticloadbalancing.amazonaws.com"
"""The service that delivers the logs of Application and Classic Load Balancers, in every region."""

NETWORK_PRINCIPAL = "delivery.logs.amazonaws.com"
"""The service that delivers the logs of Network Load Balancers."""

OUTPOSTS_PRINCIPAL = "logdelivery.elb.amazonaws.com"
"""The service that delivers the logs of Application Load Balancers on AWS Outposts."""

PARTITIONS = {
    "cn-": "aws-cn",
    "us-gov-": "aws-us-gov",
    "us-iso-": "aws-iso",
    "us-isob-": "aws-iso-b",
    "eu-isoe-": "aws-iso-e",
    "us-isof-": "aws-iso-f",
    "eusc-": "aws-eusc",
}
"""The partition of a region by how its name begins, so that it is known for regions that are not in the table too.

All other regions are in the partition `aws`.
"""


@dataclass(frozen=True, slots=True)
class Region:
    """A region: its partition ("aws", "aws-cn", …) and its log-delivery account id, if it has one."""

    name: str
    partition: str
    elb_account_id: str | None


@cache
def regions() -> dict[str, Region]:
    """All known regions by name, sorted."""
    entries = json.loads(_DATA.read_text())["regions"]
    return {
        name: Region(name, entry["partition"], entry["elb_account_id"])
        for name, entry in sorted(entries.items())
    }


def elb_account_ids() -> dict[str, str]:
    """The log-delivery account of each region that has one."""
    return {region.name: region.elb_account_id for region in regions().values() if region.elb_account_id}
