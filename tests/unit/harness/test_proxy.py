"""A proxy in the user's environment, as in a company: it is not for the servers of this machine."""

import json
import urllib.request
from collections.abc import Iterator

import pytest

from tests.harness.aws.accounts import Account
from tests.harness.aws.clients import AwsClients
from tests.harness.http_double import HttpDouble, QuietHandler
from tests.harness.localstack.server import existing_localstack
from tests.harness.loki.query import LokiQuery
from tests.harness.loki.receiver import LokiReceiver

ACCOUNT = Account("111111111111", "hub")
CLOSED = "http://127.0.0.1:9"


class Server(HttpDouble):
    """Answers every GET with a document that Loki's, LocalStack's and S3's clients can read, and notes its path."""

    def __init__(self) -> None:
        self.paths: list[str] = []

    def handler(server) -> type[QuietHandler]:  # noqa: N805 - `self` is the request's
        class Handler(QuietHandler):
            def do_GET(self) -> None:
                server.paths.append(self.path)
                loki = "/loki/" in self.path
                body = json.dumps({"data": ["team"]}).encode() if loki else b"<ListAllMyBucketsResult/>"
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        return Handler


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as server:
        yield server


@pytest.fixture(autouse=True)
def proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_PROXY", "no_proxy", "HTTPS_PROXY", "https_proxy"):
        monkeypatch.delenv(name, raising=False)
    for name in ("HTTP_PROXY", "http_proxy"):
        monkeypatch.setenv(name, CLOSED)


def test_the_proxy_of_these_tests_is_one_that_python_uses(server: Server) -> None:
    with pytest.raises(OSError, match="refused"):
        urllib.request.build_opener().open(server.url)


def test_the_clients_of_aws_pass_it_by(server: Server) -> None:
    assert AwsClients(server.url, ACCOUNT, "eu-west-1").s3.list_buckets()["ResponseMetadata"]
    assert len(server.paths) == 1


def test_a_named_localstack_is_looked_for_past_it(server: Server) -> None:
    assert existing_localstack(server.url).endpoint == server.url
    assert server.paths == ["/_localstack/health"]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_loki_on_the_loopback_is_asked_past_it(host: str) -> None:
    with LokiReceiver() as receiver:
        assert LokiQuery(receiver.url.replace("127.0.0.1", host)).labels() == []


def test_a_loki_elsewhere_is_asked_through_it(monkeypatch: pytest.MonkeyPatch, server: Server) -> None:
    monkeypatch.setenv("http_proxy", server.url)

    assert LokiQuery("http://loki.example.com").labels() == ["team"]

    assert server.paths == ["http://loki.example.com/loki/api/v1/labels?"]


def test_a_loki_that_no_proxy_names_is_asked_past_it(monkeypatch: pytest.MonkeyPatch, server: Server) -> None:
    # A name of this machine that is not known to be one: only NO_PROXY keeps the request from the proxy.
    monkeypatch.setenv("no_proxy", "0.0.0.0")  # noqa: S104 - nothing listens on it

    assert LokiQuery(server.url.replace("127.0.0.1", "0.0.0.0")).labels() == ["team"]  # noqa: S104
