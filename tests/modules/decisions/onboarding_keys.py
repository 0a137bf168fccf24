"""Who may use the key of the onboarding's topic, and what it asks of the policy of a key of the user's."""

from tests.modules.decisions.decided import HUB, LAMBDA, S3, SPOKE, STRANGER, Decided, decided, each

_KEY = f"arn:aws:kms:eu-west-1:{SPOKE}:key/topic"
_TOPIC_KEY = "aws_kms_key.topic[0]"
_STATEMENTS = "output.kms_key_statements"
_ADMIN = f"arn:aws:iam::{SPOKE}:role/admin"
_ROLE = f"arn:aws:iam::{SPOKE}:role/platform/logs/platform-logs"
_LOG_GROUP = f"arn:aws:logs:eu-west-1:{SPOKE}:log-group:/aws/lambda/platform-logs"
_USE = "kms:GenerateDataKey kms:Decrypt"
_LOGS = (
    "kms:Encrypt kms:Decrypt kms:ReEncryptFrom kms:ReEncryptTo kms:GenerateDataKey "
    "kms:GenerateDataKeyWithoutPlaintext"
)
_ADMINISTRATION = " ".join(
    f"kms:{action}"
    for action in (
        *("CancelKeyDeletion", "CreateAlias", "CreateGrant", "Decrypt", "DeleteAlias", "DescribeKey"),
        *("DisableKey", "DisableKeyRotation", "EnableKey", "EnableKeyRotation", "GenerateDataKey"),
        *("GetKeyPolicy", "GetKeyRotationStatus", "ListGrants", "ListKeyPolicies", "ListResourceTags"),
        *("PutKeyPolicy", "RevokeGrant", "ScheduleKeyDeletion", "TagResource", "UntagResource"),
        *("UpdateAlias", "UpdateKeyDescription"),
    )
)
_VIA_SQS = {"kms:ViaService": "sqs.eu-west-1.amazonaws.com"}


def _for(account: str, bucket: str = "shop-1") -> dict[str, str]:
    return {"aws:SourceAccount": account, "aws:SourceArn": f"arn:aws:s3:::{bucket}"}


def _buckets_publish(scenario: str, address: str) -> Decided:
    return decided(
        scenario,
        address,
        "BucketsPublish",
        *each(_USE, S3, _KEY, SPOKE, _for(SPOKE)),
        but={
            "for another account": {"context": _for(STRANGER)},
            "for nobody": {"context": {}},
            "another service": {"principal": LAMBDA},
            "encrypting": {"action": "kms:Encrypt"},
        },
    )


DECISIONS = [
    decided(
        "onboarding_topic",
        _TOPIC_KEY,
        "AccountAdministers",
        *each(_ADMINISTRATION, _ADMIN, _KEY, SPOKE),
        but={
            "another account": {"principal": f"arn:aws:iam::{HUB}:role/admin"},
            "signing": {"action": "kms:Sign"},
        },
    ),
    _buckets_publish("onboarding_topic", _TOPIC_KEY),
    _buckets_publish("onboarding_options", _STATEMENTS),
    decided(
        "onboarding_options",
        _STATEMENTS,
        "LogsEncrypt",
        *each(
            _LOGS,
            "logs.eu-west-1.amazonaws.com",
            _KEY,
            SPOKE,
            {"kms:EncryptionContext:aws:logs:arn": _LOG_GROUP},
        ),
        but={
            "another log group": {"context": {"kms:EncryptionContext:aws:logs:arn": f"{_LOG_GROUP}-2"}},
            "no log group": {"context": {}},
            "another region's logs": {"principal": "logs.us-east-1.amazonaws.com"},
        },
    ),
    decided(
        "onboarding_options",
        _STATEMENTS,
        "FunctionGivesUp",
        *each(_USE, _ROLE, _KEY, SPOKE, _VIA_SQS),
        but={
            "another role of the account": {"principal": _ADMIN},
            "its name in another account": {"principal": _ROLE.replace(SPOKE, STRANGER)},
            "not by SQS": {"context": {"kms:ViaService": "s3.eu-west-1.amazonaws.com"}},
            "by itself": {"context": {}},
            "encrypting": {"action": "kms:Encrypt"},
        },
    ),
]
