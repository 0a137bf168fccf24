"""The function as Lambda calls it, between real servers, and what became of a call."""

import json
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from promtail import handler as function
from promtail.push.loki import LokiClient, RetryPolicy
from promtail.reading.s3 import S3Source
from tests.harness.loki.entries import Entry
from tests.harness.loki.receiver import ReceivedRequest
from tests.harness.loki.wire import decode_protobuf
from tests.samples.alb_access import LoadBalancer, lines
from tests.unit.promtail.faults.grouping_loki import GroupingLoki
from tests.unit.promtail.faults.servers import QueueDouble
from tests.unit.promtail.s3_double import S3Double
from tests.unit.promtail.scenario import BUCKET, END, KEY, LABELS

SIBLING_KEY = LoadBalancer(name="sibling").key(END)
SIBLING_LABELS = {**LABELS, "__aws_s3_lb": "sibling"}
LINES = list(lines(6, END))
SIBLING_LINES = list(lines(1, END, LoadBalancer(name="sibling"), seed=2))
QUEUE_ARN = "arn:aws:sqs:eu-west-1:222222222222:logs"
PARKING_ARN = "arn:aws:sqs:eu-west-1:222222222222:refused"
# Attempts enough to see the delays grow, and few enough to be given up soon.
ATTEMPTS = 3
POLICY = RetryPolicy(attempts=ATTEMPTS, request_timeout=5.0)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def line_time(line: str) -> int:
    """Return what a line states as its time, in nanoseconds since 1970."""
    return (datetime.fromisoformat(line.split(" ")[1]) - _EPOCH) // timedelta(microseconds=1) * 1_000


@dataclass
class Context:
    """What Lambda passes beside the event: the time that is left, on a clock of the test's choice.

    Attributes:
        total: Seconds that the invocation may take.
        passed: Returns the seconds that it has taken.
    """

    total: float
    passed: Callable[[], float]

    def get_remaining_time_in_millis(self) -> int:
        return int((self.total - self.passed()) * 1_000)


@dataclass
class Call:
    """What became of a call of the handler.

    Attributes:
        answer: What it returned; None if it raised.
        error: The message of what it raised; None if it returned.
        reports: The log lines about sources, in their order.
        log: All log lines.
        seconds: How long it took.
    """

    answer: dict[str, Any] | None
    error: str | None
    log: list[dict[str, Any]]
    seconds: float

    @property
    def reports(self) -> list[dict[str, Any]]:
        return [line for line in self.log if "outcome" in line]


@dataclass
class Rig:
    """The servers, and the function between them.

    Attributes:
        servers: Further servers, which end with the test.
        waits: The seconds that the function waited before it tried Loki again; it did not really wait.
        returned: Set while no call is under way: for a server that answers when nobody waits for it any more.
    """

    s3: S3Double
    loki: GroupingLoki
    aws: QueueDouble
    monkeypatch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture[str]
    servers: ExitStack
    waits: list[float] = field(default_factory=list)
    returned: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.set_retries(POLICY)
        self.monkeypatch.setattr(function, "S3Source", partial(S3Source, sleep=lambda _seconds: None))
        self.environment(WRITE_ADDRESS=self.loki.push_url)

    def set_retries(self, policy: RetryPolicy) -> None:
        client = partial(LokiClient, policy=policy, sleep=self.waits.append, jitter=lambda: 1.0)
        self.monkeypatch.setattr(function, "LokiClient", client)

    def environment(self, **variables: str) -> None:
        for name, value in variables.items():
            self.monkeypatch.setenv(name, value)

    def put(self, content: bytes, key: str = KEY) -> None:
        self.s3.objects[f"{BUCKET}/{key}"] = content

    def call(self, event: Any, context: function.Context | None = None) -> Call:
        self.capsys.readouterr()
        self.returned.clear()
        answer = error = None
        begun = time.monotonic()
        try:
            answer = function.handler(event, context or Context(60.0, lambda: sum(self.waits)))
        except Exception as raised:
            error = str(raised)
        seconds = time.monotonic() - begun
        self.returned.set()
        log = [json.loads(line) for line in self.capsys.readouterr().out.splitlines()]
        return Call(answer, error, log, seconds)

    def call_cold(self, event: Any) -> Call:
        """Call the function after a cold start, so that it reads its variables again."""
        function._warm_invocation.cache_clear()
        return self.call(event)

    @property
    def pushes(self) -> list[ReceivedRequest]:
        """Every request that came to Loki, taken or not."""
        return self.loki.requests

    def entries(self, labels: Mapping[str, str] = LABELS) -> list[tuple[int, str]]:
        """Time and text of what Loki keeps of a stream."""
        return [(entry.timestamp, entry.line) for entry in self.loki.entries() if entry.labels == labels]

    def continuations(self) -> list[str]:
        """The bodies of the messages in the function's own queue."""
        return [message["MessageBody"] for message in self.aws.queues[QUEUE_ARN].messages]

    def parked(self) -> list[dict[str, Any]]:
        return [json.loads(message["MessageBody"]) for message in self.aws.queues[PARKING_ARN].messages]


def sent_entries(requests: Iterable[ReceivedRequest], status: int | None = 204) -> list[tuple[int, str]]:
    """Return time and text of every line in requests that were answered so, as often as it was sent."""
    entries: list[Entry] = [
        entry
        for request in requests
        if request.status == status
        for stream in decode_protobuf(request.body)
        for entry in stream.entries
    ]
    return [(entry.timestamp, entry.line) for entry in entries]


def queue_event(*bodies: Any) -> dict[str, Any]:
    """Return an event of the function's queue, with messages m1, m2 and so on."""
    return {
        "Records": [
            {
                "messageId": f"m{number}",
                "receiptHandle": "handle",
                "body": body if isinstance(body, str) else json.dumps(body),
                "attributes": {"ApproximateReceiveCount": "1"},
                "messageAttributes": {},
                "eventSource": "aws:sqs",
                "eventSourceARN": QUEUE_ARN,
                "awsRegion": "eu-west-1",
            }
            for number, body in enumerate(bodies, 1)
        ]
    }
