"""Who writes to a spoke's bucket and reads it, and what nobody may do."""

from typing import Any

from tests.modules.decisions.decided import HUB, SPOKE, STRANGER, Decided, decided, each
from tests.modules.decisions.hub_access import READ, ROLE, SHOP
from tests.policies.model import Call

_BUCKET = "aws_s3_bucket_policy.this[0]"
_STATEMENTS = "output.policy_statements"
_KEY = f"{SHOP}/lb/AWSLogs/%s/elasticloadbalancing/a"
_APPLICATION = "logdelivery.elasticloadbalancing.amazonaws.com"
_NETWORK = "delivery.logs.amazonaws.com"
_OUTPOSTS = "logdelivery.elb.amazonaws.com"
_OTHER_ROLE = f"arn:aws:iam::{HUB}:role/other"
_OWNED = {"s3:x-amz-acl": "bucket-owner-full-control"}
_PLAIN = {"aws:SecureTransport": "false"}
_ADMIN = f"arn:aws:iam::{SPOKE}:role/admin"


def _source(account: str) -> dict[str, str]:
    return {
        "aws:SourceAccount": account,
        "aws:SourceArn": f"arn:aws:logs:eu-west-1:{account}:delivery-source:a",
    }


_PLACES: dict[str, dict[str, Any]] = {
    "an account that does not log there": {"resource": _KEY % STRANGER},
    "another prefix": {"resource": f"{SHOP}/AWSLogs/{SPOKE}/a"},
    "another bucket": {"resource": f"{SHOP}-2/lb/AWSLogs/{SPOKE}/a"},
    "reading": {"action": "s3:GetObject", "context": {}},
    "deleting": {"action": "s3:DeleteObject", "context": {}},
}


def _delivery(address: str) -> list[Decided]:
    return [
        decided(
            "spoke_team",
            address,
            "DeliverLogs",
            Call(_APPLICATION, "s3:PutObject", _KEY % SPOKE, SPOKE),
            Call(_APPLICATION, "s3:PutObject", _KEY % "012345678901", SPOKE),
            but=_PLACES
            | {
                "another service": {"principal": "cloudtrail.amazonaws.com"},
                "a role of an account that logs there": {"principal": "arn:aws:iam::012345678901:role/admin"},
            },
        ),
        decided(
            "spoke_elb_account",
            address,
            "DeliverLogsByAccount",
            Call(
                "arn:aws:iam::156460612806:role/delivery", "s3:PutObject", f"{SHOP}/AWSLogs/{SPOKE}/a", SPOKE
            ),
            but={
                "another region's account": {"principal": "arn:aws:iam::127311923021:role/delivery"},
                "an account that does not log there": {"resource": f"{SHOP}/AWSLogs/{STRANGER}/a"},
                "reading": {"action": "s3:GetObject"},
            },
        ),
        decided(
            "spoke_team",
            address,
            "DeliverOutpostsLogs",
            Call(_OUTPOSTS, "s3:PutObject", _KEY % SPOKE, SPOKE, _OWNED),
            but=_PLACES | {"without the owner's rights": {"context": {}}},
        ),
        decided(
            "spoke_team",
            address,
            "DeliverNetworkLogs",
            Call(_NETWORK, "s3:PutObject", _KEY % SPOKE, SPOKE, _source(SPOKE) | _OWNED),
            but=_PLACES
            | {
                "for another account": {"context": _source(STRANGER) | _OWNED},
                "for nobody": {"context": _OWNED},
                "in another region": {
                    "context": _source(SPOKE)
                    | {"aws:SourceArn": f"arn:aws:logs:us-east-1:{SPOKE}:delivery-source:a"}
                    | _OWNED
                },
                "without the owner's rights": {"context": _source(SPOKE)},
            },
        ),
        decided(
            "spoke_team",
            address,
            "CheckNetworkLogsBucket",
            Call(_NETWORK, "s3:GetBucketAcl", SHOP, SPOKE, _source(SPOKE)),
            but={
                "for another account": {"context": _source(STRANGER)},
                "for nobody": {"context": {}},
                "listing": {"action": "s3:ListBucket"},
                "changing it": {"action": "s3:PutBucketAcl"},
            },
        ),
        decided(
            "spoke_team",
            address,
            "HubReadsLogs",
            *each(READ, ROLE, _KEY % SPOKE, SPOKE),
            but={
                "another role of the hub's account": {"principal": _OTHER_ROLE},
                "its name in another account": {"principal": ROLE.replace(HUB, STRANGER)},
                "another account's logs": {"resource": _KEY % STRANGER},
                "other logs": {"resource": f"{SHOP}/lb/AWSLogs/{SPOKE}/CloudTrail/a"},
                "writing": {"action": "s3:PutObject"},
                "deleting": {"action": "s3:DeleteObject"},
                "listing": {"action": "s3:ListBucket", "resource": SHOP},
            },
        ),
    ]


DECISIONS = [
    *_delivery(_BUCKET),
    *_delivery(_STATEMENTS),
    decided(
        "spoke_default",
        _BUCKET,
        "DenyPlainHttp",
        Call(ROLE, "s3:GetObject", f"{SHOP}/AWSLogs/{SPOKE}/elasticloadbalancing/a", SPOKE, _PLAIN),
        Call(_APPLICATION, "s3:PutObject", f"{SHOP}/AWSLogs/{SPOKE}/elasticloadbalancing/a", SPOKE, _PLAIN),
        Call(_ADMIN, "s3:ListBucket", SHOP, SPOKE, _PLAIN),
        but={"by HTTPS": {"context": {}}},
    ),
    decided(
        "spoke_kept",
        _BUCKET,
        "DenyDeletion",
        *each("s3:DeleteBucket s3:DeleteBucketPolicy", _ADMIN, SHOP, SPOKE),
        but={"changing the policy": {"action": "s3:PutBucketPolicy"}},
    ),
]
