"""What the function's role may read in the buckets of spokes."""

from tests.modules.decisions.decided import HUB, SPOKE, STRANGER, decided, each
from tests.policies.model import Call

ROLE = f"arn:aws:iam::{HUB}:role/alb-loki"
SHOP = "arn:aws:s3:::shop-alb-logs"
OBJECT = f"{SHOP}/AWSLogs/{SPOKE}/elasticloadbalancing/eu-west-1/2026/11/24/a.log.gz"
SHOP_KEY = f"arn:aws:kms:eu-west-1:{SPOKE}:key/shop"
OTHER_KEY = f"arn:aws:kms:eu-west-1:{SPOKE}:key/other"
ORGANIZATION, OTHER_ORGANIZATION = "o-a1b2c3d4e5", "o-0123456789"
VIA_S3 = {"kms:ViaService": "s3.eu-west-1.amazonaws.com"}
VIA_EC2 = {"kms:ViaService": "ec2.eu-west-1.amazonaws.com"}

READ = "s3:GetObject s3:GetObjectVersion"
_POLICY = "aws_iam_policy.read_logs[0]"

DECISIONS = [
    decided(
        "hub_direct",
        _POLICY,
        "ReadLogObjects",
        *each(READ, ROLE, OBJECT, SPOKE),
        Call(ROLE, "s3:GetObject", f"{SHOP}/AWSLogs/444444444444/elasticloadbalancing/a", SPOKE),
        Call(
            ROLE,
            "s3:GetObject",
            "arn:aws:s3:::bank-logs/lb/prod/AWSLogs/012345678901/elasticloadbalancing/a",
            "012345678901",
        ),
        Call(ROLE, "s3:GetObject", f"arn:aws:s3:::own-logs/AWSLogs/{HUB}/elasticloadbalancing/a", HUB),
        but={
            "another prefix": {"resource": f"{SHOP}/other/{SPOKE}/elasticloadbalancing/a"},
            "logs of others": {"resource": f"{SHOP}/AWSLogs/{SPOKE}/CloudTrail/a"},
            "an account that does not log there": {
                "resource": f"{SHOP}/AWSLogs/{STRANGER}/elasticloadbalancing/a"
            },
            "a prefix before the spoke's": {"resource": f"{SHOP}/x/AWSLogs/{SPOKE}/elasticloadbalancing/a"},
            "another bucket": {
                "resource": f"arn:aws:s3:::shop-alb-logs-2/AWSLogs/{SPOKE}/elasticloadbalancing/a"
            },
            "writing": {"action": "s3:PutObject"},
            "deleting": {"action": "s3:DeleteObject"},
            "listing": {"action": "s3:ListBucket", "resource": SHOP},
        },
    ),
    decided(
        "hub_direct",
        _POLICY,
        "DecryptLogObjects",
        Call(ROLE, "kms:Decrypt", SHOP_KEY, SPOKE, VIA_S3),
        but={
            "not by S3": {"context": VIA_EC2},
            "by itself": {"context": {}},
            "another key": {"resource": OTHER_KEY},
            "encrypting": {"action": "kms:Encrypt"},
        },
    ),
    decided(
        "hub_organization",
        _POLICY,
        "ReadLogObjects",
        *each(READ, ROLE, OBJECT, SPOKE, {"aws:ResourceOrgID": ORGANIZATION}),
        but={
            "another organization": {"context": {"aws:ResourceOrgID": OTHER_ORGANIZATION}},
            "no organization": {"context": {}},
            "no logs": {"resource": f"{SHOP}/invoices/a"},
            "logs of others": {"resource": f"{SHOP}/AWSLogs/{SPOKE}/CloudTrail/a"},
            "writing": {"action": "s3:PutObject"},
        },
    ),
    decided(
        "hub_organization",
        _POLICY,
        "DecryptLogObjects",
        Call(ROLE, "kms:Decrypt", SHOP_KEY, SPOKE, VIA_S3 | {"aws:ResourceOrgID": ORGANIZATION}),
        but={
            "another organization": {"context": VIA_S3 | {"aws:ResourceOrgID": OTHER_ORGANIZATION}},
            "not by S3": {"context": VIA_EC2 | {"aws:ResourceOrgID": ORGANIZATION}},
            "encrypting": {"action": "kms:Encrypt"},
        },
    ),
]
