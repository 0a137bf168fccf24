"""The statements of a bucket policy that let Elastic Load Balancing deliver.

Which principal needs which action and condition: "Enable access logs" in the user guides for Application and for
Network Load Balancers (Elastic Load Balancing).
"""

from __future__ import annotations

from typing import Any

from cdktf_app.modules.expressions import listed_if
from cdktf_app.modules.log_delivery.regions import (
    NETWORK_PRINCIPAL,
    OUTPOSTS_PRINCIPAL,
    PARTITIONS,
    SERVICE_PRINCIPAL,
    elb_account_ids,
)
from cdktf_app.modules.module import Module

_OWNED_BY_THE_BUCKET_S_OWNER = {"s3:x-amz-acl": "bucket-owner-full-control"}


def add_statements(module: Module) -> None:
    """Define the locals that the outputs give away."""
    module.local(
        "partitions",
        PARTITIONS,
        "The partition of a region by how its name begins; all others are in the partition aws.",
    )
    module.local(
        "partition",
        "${coalesce(one([for start, partition in local.partitions : partition if startswith(var.region, start)]), "
        '"aws")}',
    )
    module.local(
        "elb_account_ids",
        elb_account_ids(),
        "The account that delivers load balancer logs, in the regions that have one. Sources: the AWS provider's "
        "data source aws_elb_service_account and the region facts of the AWS CDK.",
    )
    module.local("elb_account_id", "${lookup(local.elb_account_ids, var.region, null)}")
    module.local(
        "service_principals",
        {
            "application": SERVICE_PRINCIPAL,
            "network": NETWORK_PRINCIPAL,
            "outposts": OUTPOSTS_PRINCIPAL,
        },
    )
    module.local(
        "principals",
        "${{ for type, names in { "
        "Service = [for kind, service in local.service_principals : service if var.load_balancers[kind]], "
        "AWS = [for account_id in [local.elb_account_id] : "
        '"arn:${local.partition}:iam::${account_id}:root" if var.grant_elb_account && account_id != null] '
        "} : type => names if length(names) > 0 }}",
    )
    module.local("bucket_arn", '${"arn:${local.partition}:s3:::${var.bucket_name}"}')
    module.local(
        "log_objects",
        "${[for account_id in var.account_ids : "
        '"${local.bucket_arn}/${var.prefix == "" ? "" : "${var.prefix}/"}AWSLogs/${account_id}/*"]}',
        "Where Elastic Load Balancing writes. The account in the path is what keeps other accounts' load balancers "
        "out: AWS documents no condition for the principal of Application Load Balancers, and with aws:SourceArn "
        "its delivery has been seen refused.",
    )
    module.local(
        "network_source",
        {
            "StringEquals": {"aws:SourceAccount": "${var.account_ids}"},
            "ArnLike": {
                "aws:SourceArn": "${[for account_id in var.account_ids : "
                '"arn:${local.partition}:logs:${var.region}:${account_id}:*"]}'
            },
        },
        "Network Load Balancers deliver by CloudWatch Logs, which says for whom it does.",
    )
    module.local("statements", "${concat(" + ", ".join(_statements()) + ")}")


def _statements() -> list[str]:
    return [
        listed_if(
            "var.load_balancers.application", _put("DeliverLogs", {"Service": _service("application")})
        ),
        listed_if(
            "var.grant_elb_account",
            _put("DeliverLogsByAccount", {"AWS": "${try(local.principals.AWS, [])}"}),
        ),
        listed_if(
            "var.load_balancers.outposts",
            _put("DeliverOutpostsLogs", {"Service": _service("outposts")})
            | {"Condition": {"StringEquals": _OWNED_BY_THE_BUCKET_S_OWNER}},
        ),
        listed_if(
            "var.load_balancers.network",
            _put("DeliverNetworkLogs", {"Service": _service("network")})
            | {
                "Condition": {
                    "StringEquals": "${merge(local.network_source.StringEquals, "
                    '{ "s3:x-amz-acl" = "bucket-owner-full-control" })}',
                    "ArnLike": "${local.network_source.ArnLike}",
                }
            },
        ),
        listed_if(
            "var.load_balancers.network",
            {
                "Sid": "CheckNetworkLogsBucket",
                "Effect": "Allow",
                "Principal": {"Service": _service("network")},
                "Action": "s3:GetBucketAcl",
                "Resource": "${local.bucket_arn}",
                "Condition": "${local.network_source}",
            },
        ),
    ]


def _service(kind: str) -> str:
    return f"${{local.service_principals.{kind}}}"


def _put(sid: str, principal: dict[str, Any]) -> dict[str, Any]:
    return {
        "Sid": sid,
        "Effect": "Allow",
        "Principal": principal,
        "Action": "s3:PutObject",
        "Resource": "${local.log_objects}",
    }
