"""An https endpoint that SNS publishes to."""

from __future__ import annotations

import json
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

from tests.harness.http_double import HttpDouble, QuietHandler
from tests.unit.promtail.push.certificates import Authority


@dataclass
class HttpsSubscriber(HttpDouble):
    """Keeps what SNS sends. It confirms nothing by itself.

    Attributes:
        tls: Its certificate.
        messages: What came: a SubscriptionConfirmation, or Notifications.
    """

    tls: ssl.SSLContext
    messages: list[dict[str, Any]] = field(default_factory=list)

    def handler(self) -> type[BaseHTTPRequestHandler]:
        """Return what answers requests."""
        messages = self.messages

        class Handler(QuietHandler):
            def do_POST(self) -> None:
                messages.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                self.send_response(HTTPStatus.NO_CONTENT)
                self.end_headers()

        return Handler

    @property
    def endpoint(self) -> str:
        """The address for a subscription."""
        return f"{self.url}/news"

    def of_type(self, kind: str) -> list[dict[str, Any]]:
        """Return the messages of a type."""
        return [message for message in self.messages if message["Type"] == kind]

    def told_of(self) -> list[str]:
        """Return the keys of the objects that notifications tell of."""
        events = [json.loads(message["Message"]) for message in self.of_type("Notification")]
        return [record["s3"]["object"]["key"] for event in events for record in event.get("Records", ())]


@contextmanager
def https_subscriber(folder: Path) -> Iterator[HttpsSubscriber]:
    """Listen, with a certificate that nobody knows; LocalStack takes any, and AWS takes those that are known."""
    with HttpsSubscriber(Authority("subscriber").server_context(folder)) as subscriber:
        yield subscriber
