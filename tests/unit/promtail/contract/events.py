"""Events as the services write them, but for members that nobody reads."""

import gzip
import json
from base64 import b64encode
from typing import Any

from tests.unit.promtail.scenario import BUCKET, KEY

TEN_OCLOCK = 1_748_858_400  # 2025-06-02T10:00:00Z, in seconds since 1970
STREAM_ARN = "arn:aws:kinesis:eu-west-1:222222222222:stream/logs"
GROUP = "/aws/lambda/shop"
LOG_STREAM = "2025/06/02/[$LATEST]0123"
CLOUDWATCH_LABELS = {"__aws_cloudwatch_log_group": GROUP, "__aws_cloudwatch_owner": "222222222222"}
KINESIS_LABELS = {"__aws_log_type": "kinesis", "__aws_kinesis_event_source_arn": STREAM_ARN}
TEST_EVENT = {"Service": "Amazon S3", "Event": "s3:TestEvent", "Bucket": BUCKET}


def subscription(*messages: str) -> bytes:
    """Return what CloudWatch Logs sends: messages at ten o'clock, each a millisecond after the one before."""
    events = [
        {"id": str(number), "timestamp": TEN_OCLOCK * 1_000 + number, "message": message}
        for number, message in enumerate(messages)
    ]
    return gzip.compress(
        json.dumps(
            {
                "messageType": "DATA_MESSAGE",
                "owner": "222222222222",
                "logGroup": GROUP,
                "logStream": LOG_STREAM,
                "subscriptionFilters": ["all"],
                "logEvents": events,
            }
        ).encode()
    )


def cloudwatch(*messages: str) -> dict[str, Any]:
    return {"awslogs": {"data": b64encode(subscription(*messages)).decode()}}


def kinesis(*contents: bytes | None) -> dict[str, Any]:
    """Return an event of records with the sequence numbers s1, s2 and so on. None makes one without readable data."""
    return {
        "Records": [
            {
                "eventSource": "aws:kinesis",
                "eventSourceARN": STREAM_ARN,
                "kinesis": {
                    "sequenceNumber": f"s{number}",
                    "data": "?" if content is None else b64encode(content).decode(),
                    "approximateArrivalTimestamp": TEN_OCLOCK + number / 1_000,
                },
            }
            for number, content in enumerate(contents, 1)
        ]
    }


def eventbridge(key: str = KEY) -> dict[str, Any]:
    return {
        "version": "0",
        "source": "aws.s3",
        "detail-type": "Object Created",
        "region": "eu-west-1",
        "detail": {"bucket": {"name": BUCKET}, "object": {"key": key, "size": 1024}},
    }


def sns(message: Any) -> dict[str, Any]:
    """Return what SNS invokes the function with."""
    return {"Records": [{"EventSource": "aws:sns", "EventVersion": "1.0", "Sns": envelope(message)}]}


def envelope(message: Any) -> dict[str, Any]:
    """Return what SNS puts into a queue without raw message delivery."""
    return {"Type": "Notification", "MessageId": "n1", "Message": json.dumps(message)}


def sqs(*bodies: Any) -> dict[str, Any]:
    """Return an event of a queue, with messages m1, m2 and so on."""
    return {
        "Records": [
            {
                "messageId": f"m{number}",
                "receiptHandle": "handle",
                "body": json.dumps(body),
                "eventSource": "aws:sqs",
                "eventSourceARN": "arn:aws:sqs:eu-west-1:222222222222:logs",
            }
            for number, body in enumerate(bodies, 1)
        ]
    }
