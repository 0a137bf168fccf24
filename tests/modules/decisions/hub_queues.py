"""Who sends to the hub's queues and invokes its function."""

import hashlib
from typing import Any

from tests.modules.decisions.decided import HUB, S3, SNS, SPOKE, STRANGER, decided
from tests.modules.decisions.hub_access import ORGANIZATION, OTHER_ORGANIZATION, ROLE, SHOP
from tests.policies.model import Call

QUEUE = f"arn:aws:sqs:eu-west-1:{HUB}:alb-loki"
DEAD_LETTER = f"{QUEUE}-dead-letter"
TOPIC = f"arn:aws:sns:eu-west-1:{SPOKE}:alb-onboarding"
FUNCTION = f"arn:aws:lambda:eu-west-1:{HUB}:function:x"
PLAIN = {"aws:SecureTransport": "false"}
FROM_SHOP = {"aws:SourceAccount": SPOKE, "aws:SourceArn": SHOP}
# A bucket whose name was the spoke's until it was deleted, and is now another account's; and the other way round.
FOREIGN: dict[str, dict[str, Any]] = {
    "its bucket in another account": {"context": FROM_SHOP | {"aws:SourceAccount": STRANGER}},
    "another bucket in its account": {"context": FROM_SHOP | {"aws:SourceArn": f"{SHOP}-2"}},
    "no source": {"context": {}},
    "another service": {"principal": "sns.amazonaws.com"},
    "another account": {"principal": f"arn:aws:iam::{STRANGER}:role/admin", "context": {}},
    "the spoke's account": {"principal": f"arn:aws:iam::{SPOKE}:role/admin", "context": {}},
}

FROM_TOPIC = {"aws:SourceArn": TOPIC}
NOT_THE_TOPIC: dict[str, dict[str, Any]] = {
    "another topic of its account": {"context": {"aws:SourceArn": f"{TOPIC}-2"}},
    "its name in another account": {"context": {"aws:SourceArn": TOPIC.replace(SPOKE, STRANGER)}},
    "no source": {"context": {}},
    "S3 for the topic's bucket": {"principal": S3, "context": FROM_SHOP},
    "another account": {"principal": f"arn:aws:iam::{STRANGER}:role/admin", "context": {}},
    "the topic's account": {"principal": f"arn:aws:iam::{SPOKE}:role/admin", "context": {}},
}

_QUEUE = "aws_sqs_queue_policy.ingestion[0]"

DECISIONS = [
    decided(
        "hub_one_spoke",
        _QUEUE,
        "SpokesSend",
        Call(S3, "sqs:SendMessage", QUEUE, HUB, FROM_SHOP),
        but=FOREIGN | {"receiving": {"action": "sqs:ReceiveMessage"}},
    ),
    decided(
        "hub_organization",
        _QUEUE,
        "OrganizationSends",
        Call(S3, "sqs:SendMessage", QUEUE, HUB, {"aws:SourceOrgID": ORGANIZATION}),
        but={
            "another organization": {"context": {"aws:SourceOrgID": OTHER_ORGANIZATION}},
            "no organization": {"context": FROM_SHOP},
            "another service": {"principal": "sns.amazonaws.com"},
            "another account": {"principal": f"arn:aws:iam::{STRANGER}:role/admin", "context": {}},
            "receiving": {"action": "sqs:ReceiveMessage"},
        },
    ),
    decided(
        "hub_topics",
        _QUEUE,
        "TopicsSend",
        Call(SNS, "sqs:SendMessage", QUEUE, HUB, FROM_TOPIC),
        but=NOT_THE_TOPIC | {"receiving": {"action": "sqs:ReceiveMessage"}},
    ),
    decided(
        "hub_one_spoke",
        _QUEUE,
        "DenyPlainHttp",
        Call(S3, "sqs:SendMessage", QUEUE, HUB, FROM_SHOP | PLAIN),
        Call(ROLE, "sqs:ReceiveMessage", QUEUE, HUB, PLAIN),
        but={"by HTTPS": {"context": FROM_SHOP}},
    ),
    decided(
        "hub_one_spoke",
        "aws_sqs_queue_policy.dead_letter",
        "DenyPlainHttp",
        Call(ROLE, "sqs:SendMessage", DEAD_LETTER, HUB, PLAIN),
        but={"by HTTPS": {"context": {}}},
    ),
    decided(
        "hub_direct",
        'aws_lambda_permission.spoke["shop"]',
        "AllowS3-shop",
        Call(S3, "lambda:InvokeFunction", FUNCTION, HUB, FROM_SHOP),
        but=FOREIGN | {"changing it": {"action": "lambda:UpdateFunctionCode"}},
    ),
    decided(
        "hub_topics_direct",
        f'aws_lambda_permission.topic["{TOPIC}"]',
        f"AllowSNS-{hashlib.sha256(TOPIC.encode()).hexdigest()}",
        Call(SNS, "lambda:InvokeFunction", FUNCTION, HUB, FROM_TOPIC),
        but=NOT_THE_TOPIC | {"changing it": {"action": "lambda:UpdateFunctionCode"}},
    ),
]
