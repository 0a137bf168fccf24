"""Which load balancers there are, and their tags."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from onboarding.aws import error_code
from onboarding.load_balancers.load_balancer import LoadBalancer

if TYPE_CHECKING:
    from mypy_boto3_elbv2 import ElasticLoadBalancingv2Client

# The most that one call takes or gives: "DescribeLoadBalancers" and "DescribeTags" (Elastic Load Balancing API
# reference).
_PAGE = 400
_ARNS = 20


def all_load_balancers(elbv2: ElasticLoadBalancingv2Client) -> list[LoadBalancer]:
    """Return all load balancers of the account and region, of all types."""
    pages = elbv2.get_paginator("describe_load_balancers").paginate(PaginationConfig={"PageSize": _PAGE})
    return [
        LoadBalancer(found["LoadBalancerArn"], found.get("Type", "application"))
        for page in pages
        for found in page["LoadBalancers"]
    ]


def tags(
    elbv2: ElasticLoadBalancingv2Client, load_balancers: Sequence[LoadBalancer]
) -> dict[str, Mapping[str, str]]:
    """Return the tags of each load balancer by its ARN; one that has just been deleted is missing."""
    found: dict[str, Mapping[str, str]] = {}
    for start in range(0, len(load_balancers), _ARNS):
        arns = [load_balancer.arn for load_balancer in load_balancers[start : start + _ARNS]]
        found |= _tags(elbv2, arns)
    return found


def _tags(elbv2: ElasticLoadBalancingv2Client, arns: Collection[str]) -> dict[str, Mapping[str, str]]:
    try:
        answer = elbv2.describe_tags(ResourceArns=list(arns))
    except ClientError as error:
        if error_code(error) != "LoadBalancerNotFound":
            raise
        # AWS does not say which one it is.
        one_by_one = ([arn] for arn in arns) if len(arns) > 1 else ()
        return {arn: tags for arn_alone in one_by_one for arn, tags in _tags(elbv2, arn_alone).items()}
    return {
        of["ResourceArn"]: {tag["Key"]: tag.get("Value", "") for tag in of["Tags"]}
        for of in answer["TagDescriptions"]
    }
