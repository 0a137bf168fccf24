"""CloudFormation's side of a custom resource: it sends requests and takes answers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any

from tests.harness.http_double import HttpDouble, QuietHandler

STACK = "arn:aws:cloudformation:eu-west-1:111111111111:stack/logs/1"


@dataclass
class Taken:
    """An answer as it came in."""

    body: bytes
    headers: dict[str, str]

    @property
    def document(self) -> dict[str, Any]:
        document: dict[str, Any] = json.loads(self.body)
        return document


class AnswersDouble(HttpDouble):
    """Takes answers, and refuses with the statuses of `refusals` before."""

    def __init__(self, refusals: Sequence[int] = ()) -> None:
        self.refusals = list(refusals)
        self.answers: list[Taken] = []
        self.asked = 0

    def handler(self) -> type[BaseHTTPRequestHandler]:
        double = self

        class Handler(QuietHandler):
            def do_PUT(self) -> None:
                double.asked += 1
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status = double.refusals.pop(0) if double.refusals else 200
                if status == 200:
                    double.answers.append(Taken(body, dict(self.headers)))
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

        return Handler

    @property
    def answer(self) -> dict[str, Any]:
        """The only answer."""
        (taken,) = self.answers
        return taken.document


@dataclass
class Invocation:
    """Lambda's context."""

    left: float = 900.0
    log_group_name: str = "/aws/lambda/onboarding"
    log_stream_name: str = "2026/01/01/[$LATEST]1"

    def get_remaining_time_in_millis(self) -> int:
        return int(self.left * 1000)


@dataclass
class Work:
    """Notes what it is asked to do, and answers or fails as it is told."""

    answers: list[dict[str, Any] | Exception] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)

    def __call__(self, request: Any) -> dict[str, Any]:
        self.asked.append(dict(request))
        answer = self.answers.pop(0) if self.answers else {"failures": [], "bucket_names": [], "summary": []}
        if isinstance(answer, Exception):
            raise answer
        return answer


def request(url: str, kind: str, onboarding: Any, known_as: str | None = None) -> dict[str, Any]:
    """A request of CloudFormation's; `onboarding` is the property of that name."""
    event = {
        "RequestType": kind,
        "ResponseURL": f"{url}/answers?X-Amz-Signature=secret",
        "StackId": STACK,
        "RequestId": "r-1",
        "ResourceType": "Custom::Onboarding",
        "LogicalResourceId": "Onboarding",
        "ResourceProperties": {"ServiceToken": "arn:aws:lambda:…", "Onboarding": onboarding},
    }
    return event if known_as is None else {**event, "PhysicalResourceId": known_as}
