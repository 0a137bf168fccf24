"""A few calls of AWS over HTTP, so that the real clients' requests, retries and errors are what is tested.

It is strict: a call that AWS would refuse is refused, and a call that the function has no business with has no answer.
"""

import base64
import hashlib
import json
import re
import urllib.parse
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from promtail.aws import Clients
from tests.harness.http_double import HttpDouble, QuietHandler

_SCOPE = re.compile(r"Credential=test/[0-9]{8}/([a-z0-9-]+)/([a-z0-9]+)/aws4_request")
_NOT_IN_MESSAGES = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Call:
    """A request: its operation (as `service.Operation`) and the region that it was signed for."""

    operation: str
    region: str


@dataclass(frozen=True)
class StoredObject:
    """An object as it was put."""

    body: bytes
    content_type: str | None
    metadata: Mapping[str, str]


@dataclass
class Queue:
    """A standard queue, and the messages sent to it."""

    max_bytes: int = 1024 * 1024
    messages: list[Mapping[str, Any]] = field(default_factory=list)


@dataclass
class AwsDouble(HttpDouble):
    """Answers while it is used as a context manager.

    Attributes:
        secrets: Values in Secrets Manager by ARN.
        parameters: Values of SecureString parameters by ARN.
        queues: By ARN.
        buckets: Objects by key, by bucket.
        failures: By operation, the codes to refuse the next calls with, in their order.
        calls: What was asked for.
    """

    secrets: dict[str, str | bytes] = field(default_factory=dict)
    parameters: dict[str, str] = field(default_factory=dict)
    queues: dict[str, Queue] = field(default_factory=dict)
    buckets: dict[str, dict[str, StoredObject]] = field(default_factory=dict)
    failures: dict[str, list[str]] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)

    def handler(self) -> type[BaseHTTPRequestHandler]:
        return _handler(self)

    def clients(self, monkeypatch: pytest.MonkeyPatch) -> Clients:
        """Set the environment as in Lambda, in eu-west-1, with this server in the place of AWS."""
        monkeypatch.setenv("AWS_ENDPOINT_URL", self.url)
        monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
        monkeypatch.setenv("AWS_CONFIG_FILE", "/dev/null")
        monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/dev/null")
        monkeypatch.delenv("AWS_PROFILE", raising=False)
        monkeypatch.delenv("AWS_SESSION_TOKEN", raising=False)
        return Clients()

    def clear(self) -> None:
        """Forget all that it holds, and all that it was asked for."""
        for store in (self.secrets, self.parameters, self.queues, self.buckets, self.failures, self.calls):
            store.clear()

    def operations(self) -> list[str]:
        return [call.operation for call in self.calls]

    def answer(self, operation: str, region: str, request: Mapping[str, Any]) -> Mapping[str, Any]:
        """Answer a call in JSON."""
        operations: dict[str, Callable[[str, Mapping[str, Any]], Mapping[str, Any]]] = {
            "secretsmanager.GetSecretValue": self._get_secret_value,
            "AmazonSSM.GetParameter": self._get_parameter,
            "AmazonSQS.GetQueueUrl": self._get_queue_url,
            "AmazonSQS.SendMessage": self._send_message,
        }
        if operation not in operations:
            raise Refused("UnknownOperationException", operation)
        return operations[operation](region, request)

    def _get_secret_value(self, region: str, request: Mapping[str, Any]) -> Mapping[str, Any]:
        _expect_members(request, {"SecretId"})
        arn = request["SecretId"]
        value = self.secrets.get(arn)
        if value is None or arn.split(":")[3] != region:
            raise Refused("ResourceNotFoundException", "Secrets Manager can't find the specified secret.")
        if isinstance(value, bytes):
            return {"ARN": arn, "SecretBinary": base64.b64encode(value).decode()}
        return {"ARN": arn, "SecretString": value}

    def _get_parameter(self, region: str, request: Mapping[str, Any]) -> Mapping[str, Any]:
        _expect_members(request, {"Name", "WithDecryption"})
        arn = request["Name"]
        if arn not in self.parameters or arn.split(":")[3] != region:
            raise Refused("ParameterNotFound", "")
        value = self.parameters[arn] if request["WithDecryption"] else "AQICAHhcipher"
        return {"Parameter": {"ARN": arn, "Type": "SecureString", "Value": value, "Version": 1}}

    def _get_queue_url(self, region: str, request: Mapping[str, Any]) -> Mapping[str, Any]:
        _expect_members(request, {"QueueName", "QueueOwnerAWSAccountId"})
        account, name = request["QueueOwnerAWSAccountId"], request["QueueName"]
        if f"arn:aws:sqs:{region}:{account}:{name}" not in self.queues:
            raise Refused("QueueDoesNotExist", "The specified queue does not exist.")
        return {"QueueUrl": f"https://sqs.{region}.amazonaws.com/{account}/{name}"}

    def _send_message(self, region: str, request: Mapping[str, Any]) -> Mapping[str, Any]:
        _expect_members(request, {"QueueUrl", "MessageBody", "MessageAttributes"})
        parts = urllib.parse.urlsplit(request["QueueUrl"])
        account, name = parts.path.strip("/").split("/")
        queue = self.queues.get(f"arn:aws:sqs:{region}:{account}:{name}")
        if queue is None or parts.netloc != f"sqs.{region}.amazonaws.com":
            raise Refused("QueueDoesNotExist", "The specified queue does not exist.")
        body, attributes = request["MessageBody"], request["MessageAttributes"]
        texts = [body]
        for attribute, value in attributes.items():
            _expect_members(value, {"DataType", "StringValue"})
            if value["DataType"] not in ("String", "Number") or not value["StringValue"]:
                raise Refused("InvalidParameterValue", f"The attribute {attribute} is not valid.")
            texts += [attribute, value["DataType"], value["StringValue"]]
        if len(attributes) > 10 or any(_NOT_IN_MESSAGES.search(text) for text in texts):
            raise Refused("InvalidMessageContents", "The message contains characters that are not allowed.")
        if sum(len(text.encode()) for text in texts) > queue.max_bytes:
            raise Refused(
                "InvalidParameterValue",
                f"One or more parameters are invalid. Reason: Message must be shorter than {queue.max_bytes} bytes.",
            )
        queue.messages.append(request)
        return {
            "MessageId": f"message-{len(queue.messages)}",
            "MD5OfMessageBody": hashlib.md5(body.encode(), usedforsecurity=False).hexdigest(),
        }

    def put_object(self, path: str, headers: Mapping[str, str], body: bytes) -> None:
        bucket, _, key = urllib.parse.unquote(path).lstrip("/").partition("/")
        if bucket not in self.buckets:
            raise Refused("NoSuchBucket", "The specified bucket does not exist")
        checksum = base64.b64encode(zlib.crc32(body).to_bytes(4)).decode()
        if headers.get("x-amz-checksum-crc32") != checksum or len(key.encode()) > 1024:
            raise Refused("BadDigest", "The CRC32 you specified did not match the calculated checksum.")
        prefix = "x-amz-meta-"
        self.buckets[bucket][key] = StoredObject(
            body,
            headers.get("content-type"),
            {name.removeprefix(prefix): value for name, value in headers.items() if name.startswith(prefix)},
        )


class Refused(Exception):  # noqa: N818 (an answer, not an error of the double)
    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def _expect_members(given: Mapping[str, Any], expected: set[str]) -> None:
    if set(given) != expected:
        raise Refused("ValidationException", f"Expected {sorted(expected)}, given {sorted(given)}.")


def _handler(double: AwsDouble) -> type[BaseHTTPRequestHandler]:
    class Handler(QuietHandler):
        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            operation = self.headers["X-Amz-Target"]
            try:
                region = self._begin(operation)
                status, headers, body = 200, {}, double.answer(operation, region, request)
            except Refused as refused:
                status, body = 400, {"__type": refused.code, "message": str(refused)}
                # SQS, which once spoke another protocol, repeats its code in the words of then.
                old = {"QueueDoesNotExist": "AWS.SimpleQueueService.NonExistentQueue"}
                headers = {"x-amzn-query-error": f"{old.get(refused.code, refused.code)};Sender"}
            self._send(
                status,
                {"Content-Type": "application/x-amz-json-1.1"} | (headers if "SQS" in operation else {}),
                json.dumps(body),
            )

        def do_PUT(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            try:
                self._begin("s3.PutObject")
                double.put_object(
                    self.path, {name.lower(): value for name, value in self.headers.items()}, body
                )
            except Refused as refused:
                status = {"AccessDenied": 403, "SlowDown": 503}.get(refused.code, 404)
                self._send(
                    status, {}, f"<Error><Code>{refused.code}</Code><Message>{refused}</Message></Error>"
                )
            else:
                self._send(200, {"ETag": '"etag"'}, "")

        def _begin(self, operation: str) -> str:
            scope = _SCOPE.search(self.headers["Authorization"])
            assert scope, "The request is not signed."
            double.calls.append(Call(operation, scope[1]))
            failures = double.failures.get(operation)
            if failures:
                raise Refused(failures.pop(0), "refused")
            return scope[1]

        def _send(self, status: int, headers: Mapping[str, str], body: str) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body.encode())

    return Handler
