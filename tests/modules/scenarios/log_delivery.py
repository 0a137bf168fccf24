"""Calls of the module of log delivery: every region of the table, regions to come, and combinations of inputs."""

import json
from typing import Any

from cdktf_app.modules.log_delivery.regions import regions

FUTURE = {
    "eu-north-9": "aws",
    "xx-central-1": "aws",
    "cn-south-7": "aws-cn",
    "us-gov-central-2": "aws-us-gov",
    "us-iso-north-3": "aws-iso",
    "us-isob-north-3": "aws-iso-b",
    "eu-isoe-east-4": "aws-iso-e",
    "us-isof-west-5": "aws-iso-f",
    "eusc-fr-west-2": "aws-eusc",
}
"""Regions that there are not, and the partition that they would be in."""


def call(**inputs: Any) -> dict[str, Any]:
    return {"region": "eu-west-1", "bucket_name": "logs", "account_ids": ["222222222222"]} | inputs


CALLS: dict[str, dict[str, Any]] = {
    **{region: call(region=region) for region in (*regions(), *FUTURE)},
    **{
        f"{name}_by_account": call(region=name, grant_elb_account=True)
        for name, region in regions().items()
        if region.elb_account_id
    },
    "all": call(
        prefix="lb/prod",
        account_ids=["222222222222", "012345678901"],
        load_balancers={"network": True, "outposts": True},
        grant_elb_account=True,
    ),
    "network": call(region="cn-north-1", load_balancers={"application": False, "network": True}),
    "outposts": call(load_balancers={"application": False, "outposts": True}),
}


def root_configuration(modules: str, calls: dict[str, dict[str, Any]]) -> str:
    """A root configuration that makes all calls at once, with their outputs as one output.

    Args:
        modules: The folder of the modules, relative to the root configuration.
        calls: The inputs of each call, by its name.
    """
    names = ("region", "bucket_name", "account_ids", "prefix", "load_balancers", "grant_elb_account")
    return "\n".join(
        [
            "locals {",
            f"  calls = jsondecode({json.dumps(json.dumps(calls))})",
            "}",
            'module "of" {',
            f'  source   = "{modules}/log-delivery"',
            "  for_each = local.calls",
            *(f"  {name} = each.value.{name}" for name in names[:3]),
            *(f"  {name} = try(each.value.{name}, null)" for name in names[3:]),
            "}",
            'output "all" {',
            "  value = module.of",
            "}",
            "",
        ]
    )
