"""What the hub asks of the policy of its key: the output `kms_key_statements`."""

from tests.modules.decisions.decided import HUB, S3, SNS, SPOKE, STRANGER, decided, each
from tests.modules.decisions.hub_access import ORGANIZATION, OTHER_ORGANIZATION
from tests.modules.decisions.hub_queues import FOREIGN, FROM_SHOP, FROM_TOPIC, NOT_THE_TOPIC

_STATEMENTS = "output.kms_key_statements"
_KEY = f"arn:aws:kms:eu-west-1:{HUB}:key/hub"
_ROLE = f"arn:aws:iam::{HUB}:role/platform/logs/logs"
_LOG_GROUP = f"arn:aws:logs:eu-west-1:{HUB}:log-group:/aws/lambda/logs"
_USE = "kms:GenerateDataKey kms:Decrypt"
_LOGS = (
    "kms:Encrypt kms:Decrypt kms:ReEncryptFrom kms:ReEncryptTo kms:GenerateDataKey "
    "kms:GenerateDataKeyWithoutPlaintext"
)
_VIA_SQS = {"kms:ViaService": "sqs.eu-west-1.amazonaws.com"}

DECISIONS = [
    decided(
        "hub_options",
        _STATEMENTS,
        "LogsEncrypt",
        *each(
            _LOGS,
            "logs.eu-west-1.amazonaws.com",
            _KEY,
            HUB,
            {"kms:EncryptionContext:aws:logs:arn": _LOG_GROUP},
        ),
        but={
            "another log group": {"context": {"kms:EncryptionContext:aws:logs:arn": f"{_LOG_GROUP}-2"}},
            "no log group": {"context": {}},
            "another region's logs": {"principal": "logs.us-east-1.amazonaws.com"},
            "deleting it": {"action": "kms:ScheduleKeyDeletion"},
        },
    ),
    decided(
        "hub_options",
        _STATEMENTS,
        "FunctionUsesQueues",
        *each(_USE, _ROLE, _KEY, HUB, _VIA_SQS),
        but={
            "another role of the account": {"principal": f"arn:aws:iam::{HUB}:role/admin"},
            "its name in another account": {
                "principal": _ROLE.replace(HUB, STRANGER),
            },
            "not by SQS": {"context": {"kms:ViaService": "s3.eu-west-1.amazonaws.com"}},
            "by itself": {"context": {}},
            "encrypting": {"action": "kms:Encrypt"},
        },
    ),
    decided(
        "hub_options",
        _STATEMENTS,
        "SpokesSend",
        *each(_USE, S3, _KEY, HUB, FROM_SHOP),
        but=FOREIGN | {"encrypting": {"action": "kms:Encrypt"}},
    ),
    decided(
        "hub_organization",
        _STATEMENTS,
        "OrganizationSends",
        *each(_USE, S3, _KEY, HUB, {"aws:SourceOrgID": ORGANIZATION}),
        but={
            "another organization": {"context": {"aws:SourceOrgID": OTHER_ORGANIZATION}},
            "no organization": {"context": FROM_SHOP},
            "another account": {"principal": f"arn:aws:iam::{SPOKE}:role/admin", "context": {}},
            "encrypting": {"action": "kms:Encrypt"},
        },
    ),
    decided(
        "hub_topics",
        _STATEMENTS,
        "TopicsSend",
        *each(_USE, SNS, _KEY, HUB, FROM_TOPIC),
        but=NOT_THE_TOPIC | {"encrypting": {"action": "kms:Encrypt"}},
    ),
]
