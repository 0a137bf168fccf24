"""What a spoke asks of the policy of its key: the output `kms_key_statements`."""

from tests.modules.decisions.decided import HUB, SPOKE, STRANGER, decided, each
from tests.modules.decisions.hub_access import ROLE, SHOP
from tests.modules.scenarios.scenario import KEY_ARN
from tests.policies.model import Call

_STATEMENTS = "output.kms_key_statements"
_OWNER = KEY_ARN.split(":")[4]
_SOURCE = {"aws:SourceAccount": SPOKE, "aws:SourceArn": f"arn:aws:logs:eu-west-1:{SPOKE}:delivery-source:a"}
_OF_S3 = {
    "kms:ViaService": "s3.eu-west-1.amazonaws.com",
    "kms:EncryptionContext:aws:s3:arn": f"{SHOP}/AWSLogs/{SPOKE}/a",
}

DECISIONS = [
    decided(
        "spoke_key",
        _STATEMENTS,
        "DeliverNetworkLogs",
        *each(
            "kms:Encrypt kms:Decrypt kms:ReEncryptFrom kms:ReEncryptTo kms:GenerateDataKey "
            "kms:GenerateDataKeyWithoutPlaintext kms:DescribeKey",
            "delivery.logs.amazonaws.com",
            KEY_ARN,
            _OWNER,
            _SOURCE,
        ),
        but={
            "for another account": {"context": _SOURCE | {"aws:SourceAccount": STRANGER}},
            "for nobody": {"context": {}},
            "another service": {"principal": "logdelivery.elb.amazonaws.com"},
            "deleting it": {"action": "kms:ScheduleKeyDeletion"},
        },
    ),
    decided(
        "spoke_key",
        _STATEMENTS,
        "HubReadsLogs",
        Call(ROLE, "kms:Decrypt", KEY_ARN, _OWNER, _OF_S3),
        but={
            "another role of the hub's account": {"principal": f"arn:aws:iam::{HUB}:role/other"},
            "another bucket's object": {
                "context": _OF_S3 | {"kms:EncryptionContext:aws:s3:arn": "arn:aws:s3:::other/a"}
            },
            "not by S3": {"context": _OF_S3 | {"kms:ViaService": "sqs.eu-west-1.amazonaws.com"}},
            "encrypting": {"action": "kms:Encrypt"},
        },
    ),
]
