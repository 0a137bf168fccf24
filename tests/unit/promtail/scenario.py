"""Words that the tests share: events, a context, a key and lines."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from promtail.deadline import Deadline
from tests.samples.alb_access import LoadBalancer

BUCKET = "spoke-logs"
END = datetime(2025, 6, 2, 10, 5, tzinfo=UTC)
NOW_NS = 1_748_859_000 * 1_000_000_000  # 2025-06-02T10:10:00Z
KEY = LoadBalancer().key(END)
LABELS = {"__aws_log_type": "s3_lb", "__aws_s3_lb": "shop-2", "__aws_s3_lb_owner": "222222222222"}
PLENTY = Deadline(lambda: 60_000)


@dataclass
class Context:
    """What Lambda passes beside the event."""

    milliseconds: int = 60_000

    def get_remaining_time_in_millis(self) -> int:
        return self.milliseconds


def record(key: str = KEY, bucket: str = BUCKET, **more: Any) -> dict[str, Any]:
    """A record as S3 writes it, but for members that nobody reads. `key` is given as it stands in the event."""
    return {
        "eventVersion": "2.1",
        "eventSource": "aws:s3",
        "awsRegion": "eu-west-1",
        "eventName": "ObjectCreated:Put",
        "s3": {"bucket": {"name": bucket}, "object": {"key": key, "size": 1024, **more}},
    }


def event(*records: dict[str, Any]) -> dict[str, Any]:
    return {"Records": list(records)}
