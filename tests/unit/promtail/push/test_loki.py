"""Pushes over HTTP to a strict stand-in for Loki: what is sent, what is tried again, and when it ends."""

import socket
import ssl
import threading
import time
from dataclasses import dataclass, field
from email.utils import formatdate

import pytest
import urllib3

from promtail.aws import Clients
from promtail.deadline import MARGIN_SECONDS, Deadline
from promtail.entry import StreamLines
from promtail.errors import ConfigurationError, ContentRefusedError, DeadlineError, PushError, SecretError
from promtail.push.authentication import Authentication
from promtail.push.body import PushBody
from promtail.push.loki import LokiClient, RetryPolicy
from promtail.secrets import SecretReference, Secrets
from promtail.settings import BasicAuth, BearerToken
from tests.harness.http_double import HttpDouble, QuietHandler
from tests.harness.loki.receiver import LokiReceiver
from tests.unit.promtail.aws_double import AwsDouble
from tests.unit.promtail.scenario import NOW_NS, PLENTY

Credentials = BasicAuth | BearerToken | None
TOKEN_ARN = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:loki-AbCdEf"
TOKEN = BearerToken(SecretReference(TOKEN_ARN, None, "secretsmanager", "eu-west-1"))


def body(*streams: StreamLines) -> bytes:
    push = PushBody()
    for stream in streams:
        push.add(stream)
    return push.finish()


BODY = body(StreamLines('{job="x"}', None, [b"one", b"two"], [NOW_NS, NOW_NS + 1]))


@dataclass
class Clock:
    """An invocation whose time passes only while the client sleeps."""

    left: float = 60.0
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.left -= seconds

    @property
    def deadline(self) -> Deadline:
        return Deadline(lambda: int(self.left * 1_000))


def client(
    url: str,
    credentials: Credentials = None,
    clock: Clock | None = None,
    policy: RetryPolicy | None = None,
    pool: urllib3.PoolManager | None = None,
    secrets: Secrets | None = None,
) -> LokiClient:
    connections = pool or urllib3.PoolManager(num_pools=1, maxsize=1)
    return LokiClient(
        url,
        Authentication(credentials, secrets or Secrets(Clients(), 300)),
        lambda: connections,
        policy,
        sleep=(clock or Clock()).sleep,
        jitter=lambda: 1.0,
    )


def test_a_push_arrives(loki: LokiReceiver) -> None:
    taken = client(loki.push_url).push(BODY, None, PLENTY)
    assert taken.requests == 1
    assert 0 < taken.seconds < 10
    assert [(entry.timestamp, entry.line) for entry in loki.entries('{job="x"}')] == [
        (NOW_NS, "one"),
        (NOW_NS + 1, "two"),
    ]


def test_headers(loki: LokiReceiver) -> None:
    client(loki.push_url).push(BODY, "team-a", PLENTY)
    headers = loki.requests[0].headers
    assert headers["content-type"] == "application/x-protobuf"
    assert headers["user-agent"].startswith("alb-loki-promtail/")
    assert headers["x-scope-orgid"] == "team-a"
    assert "authorization" not in headers


def test_no_tenant_sends_no_tenant(loki: LokiReceiver) -> None:
    client(loki.push_url).push(BODY, None, PLENTY)
    assert "x-scope-orgid" not in loki.requests[0].headers


def test_basic_auth() -> None:
    with LokiReceiver(username="usér", password="pass:wörd", clock=lambda: NOW_NS) as loki:
        client(loki.push_url, BasicAuth("usér", "pass:wörd")).push(BODY, None, PLENTY)
        assert len(loki.entries()) == 2


def test_bearer_token() -> None:
    with LokiReceiver(bearer_token="abc", clock=lambda: NOW_NS) as loki:
        client(loki.push_url, BearerToken("abc")).push(BODY, None, PLENTY)
        assert len(loki.entries()) == 2


def test_the_connection_stays_open(loki: LokiReceiver) -> None:
    pool = urllib3.PoolManager(num_pools=1, maxsize=1)
    pusher = client(loki.push_url, pool=pool)
    loki.fail_next(status=500)
    for _ in range(3):
        pusher.push(BODY, None, PLENTY)
    connections = pool.connection_from_url(loki.url)
    assert isinstance(connections, urllib3.HTTPConnectionPool)
    assert (connections.num_requests, connections.num_connections) == (4, 1)


def test_the_connections_are_made_by_the_first_push_and_once(loki: LokiReceiver) -> None:
    made: list[urllib3.PoolManager] = []

    def make() -> urllib3.PoolManager:
        made.append(urllib3.PoolManager())
        return made[-1]

    pusher = LokiClient(loki.push_url, Authentication(None, Secrets(Clients(), 300)), make)
    assert made == []
    threads = [threading.Thread(target=pusher.push, args=(BODY, None, PLENTY)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert len(made) == 1
    assert len(loki.requests) == 4


def test_connections_that_cannot_be_made_are_tried_with_the_next_push(loki: LokiReceiver) -> None:
    pools = [urllib3.PoolManager()]

    def make() -> urllib3.PoolManager:
        if len(pools) == 1:
            pools.append(urllib3.PoolManager())
            raise ConfigurationError("CA_BUNDLE holds no certificates")
        return pools[0]

    pusher = LokiClient(loki.push_url, Authentication(None, Secrets(Clients(), 300)), make)
    with pytest.raises(ConfigurationError):
        pusher.push(BODY, None, PLENTY)
    assert pusher.push(BODY, None, PLENTY).requests == 1


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_what_may_pass_is_tried_again_with_the_same_bytes(loki: LokiReceiver, status: int) -> None:
    clock = Clock()
    loki.fail_next(3, status=status, accept_entries=1)
    assert client(loki.push_url, clock=clock).push(BODY, None, clock.deadline).requests == 4
    assert clock.slept == [0.1, 0.2, 0.4]
    assert [request.status for request in loki.requests] == [status] * 3 + [204]
    assert {request.body for request in loki.requests} == {BODY}
    assert [entry.line for entry in loki.entries()] == ["one", "two"]


def test_a_dropped_connection_is_tried_again(loki: LokiReceiver) -> None:
    clock = Clock()
    loki.fail_next(2, drop_connection=True)
    assert client(loki.push_url, clock=clock).push(BODY, None, clock.deadline).requests == 3
    assert {request.body for request in loki.requests} == {BODY}


def test_a_slow_answer_is_tried_again(loki: LokiReceiver) -> None:
    answered = threading.Event()
    loki.fail_next(status=204, hold=answered.wait)
    pusher = client(loki.push_url, policy=RetryPolicy(request_timeout=1.0))
    begun = time.monotonic()
    taken = pusher.push(BODY, None, PLENTY)
    seconds = time.monotonic() - begun
    answered.set()
    assert taken.requests == 2
    assert taken.seconds < seconds - 0.9  # Of the request that was answered.


def test_a_request_does_not_outlast_the_invocation(loki: LokiReceiver) -> None:
    answered = threading.Event()
    loki.fail_next(status=204, hold=lambda: answered.wait(60))
    stands_still = Deadline(lambda: int((MARGIN_SECONDS + 0.5) * 1_000))
    start = time.monotonic()
    with pytest.raises(PushError, match="could not be reached"):
        client(loki.push_url, policy=RetryPolicy(attempts=1, request_timeout=60)).push(
            BODY, None, stands_still
        )
    assert time.monotonic() - start < 30
    answered.set()


def test_the_delay_grows_up_to_its_limit_and_then_it_ends(loki: LokiReceiver) -> None:
    clock = Clock(left=1_000.0)
    loki.fail_next(10)
    with pytest.raises(
        PushError, match=r"Loki answered 503: told to fail\. Given up after 10 of 10 attempts"
    ) as given_up:
        client(loki.push_url, clock=clock).push(BODY, None, clock.deadline)
    assert clock.slept == [0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8, 25.6]
    assert RetryPolicy().delay(20, 1.0) == 30.0
    assert len(loki.requests) == given_up.value.requests == 10


def test_jitter_takes_up_to_half_of_a_delay() -> None:
    assert [RetryPolicy().delay(3, jitter) for jitter in (0.0, 0.5, 1.0)] == pytest.approx([0.2, 0.3, 0.4])


@pytest.mark.parametrize(
    ("value", "slept"), [("7", 7.0), ("0", 0.1), (" 7 ", 7.0), ("soon", 0.1), ("-1", 0.1), ("0.5", 0.1)]
)
def test_retry_after_in_seconds(loki: LokiReceiver, value: str, slept: float) -> None:
    clock = Clock()
    loki.fail_next(status=429, retry_after=value)
    client(loki.push_url, clock=clock).push(BODY, None, clock.deadline)
    assert clock.slept == [slept]


def test_retry_after_as_a_date(loki: LokiReceiver) -> None:
    clock = Clock()
    loki.fail_next(status=503, retry_after=formatdate(time.time() + 30, usegmt=True))
    client(loki.push_url, clock=clock).push(BODY, None, clock.deadline)
    assert clock.slept[0] == pytest.approx(25, abs=5.5)


def test_a_delay_beyond_the_invocation_is_not_begun(loki: LokiReceiver) -> None:
    clock = Clock(left=14.0)
    loki.fail_next(status=429, retry_after=120)
    with pytest.raises(
        PushError, match=r"1 of 10 attempts: the next would be in 120.0 s, and the invocation has 13.0"
    ):
        client(loki.push_url, clock=clock).push(BODY, None, clock.deadline)
    assert clock.slept == []
    assert len(loki.requests) == 1


def test_retries_end_before_the_invocation_does(loki: LokiReceiver) -> None:
    clock = Clock(left=3.0)
    loki.fail_next(100)
    with pytest.raises(PushError, match="Given up after 5 of 10"):
        client(loki.push_url, clock=clock).push(BODY, None, clock.deadline)
    assert clock.left > MARGIN_SECONDS


def test_no_request_without_time(loki: LokiReceiver) -> None:
    with pytest.raises(DeadlineError, match="time is used up"):
        client(loki.push_url).push(BODY, None, Deadline(lambda: 1_000))
    assert loki.requests == []


@pytest.mark.parametrize(
    ("status", "error", "remedy"),
    [
        (400, ContentRefusedError, "Loki may have taken the other lines"),
        (401, PushError, "Check USERNAME and PASSWORD, or BEARER_TOKEN"),
        (403, PushError, "Check what the credentials are allowed to do"),
        (404, PushError, "ends in /loki/api/v1/push"),
        (413, PushError, "Lower BATCH_SIZE"),
        (422, ContentRefusedError, "Loki may have taken the other lines"),
        (301, PushError, "Check WRITE_ADDRESS"),
    ],
)
def test_a_refusal_is_not_tried_again(
    loki: LokiReceiver, status: int, error: type[PushError], remedy: str
) -> None:
    clock = Clock()
    loki.fail_next(status=status, text="told to fail: timestamp too old")
    with pytest.raises(
        PushError, match=f"Loki refused a push with {status}: told to fail.*{remedy}"
    ) as refused:
        client(loki.push_url, clock=clock).push(BODY, None, clock.deadline)
    assert refused.type is error
    assert refused.value.requests == 1
    assert clock.slept == []
    assert len(loki.requests) == 1


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("<html>The plain HTTP request was sent to HTTPS port</html>", "Check WRITE_ADDRESS"),
        ("error at least one label pair is required per stream", "Check DROP_LABELS"),
        ("includes structured metadata, but this feature is disallowed", "Set allow_structured_metadata"),
    ],
)
def test_a_400_that_no_line_is_to_blame_for_is_no_refusal_of_lines(
    loki: LokiReceiver, text: str, remedy: str
) -> None:
    loki.fail_next(status=400, text=text)
    with pytest.raises(PushError, match=remedy) as failed:
        client(loki.push_url).push(BODY, None, PLENTY)
    assert not isinstance(failed.value, ContentRefusedError)


@pytest.mark.parametrize("status", [400, 422])
def test_a_refusal_of_content_tells_status_answer_and_requests(loki: LokiReceiver, status: int) -> None:
    loki.fail_next(status=503)
    loki.fail_next(status=status, text="told to fail: timestamp too old")
    with pytest.raises(ContentRefusedError) as refused:
        client(loki.push_url).push(BODY, None, PLENTY)
    assert (refused.value.status, refused.value.answer) == (status, "told to fail: timestamp too old")
    assert refused.value.requests == 2


@pytest.mark.parametrize("status", [401, 403])
@pytest.mark.parametrize("credentials", [None, BasicAuth("u", "p"), BearerToken("t")])
def test_plain_credentials_are_not_tried_again(
    loki: LokiReceiver, status: int, credentials: Credentials
) -> None:
    loki.fail_next(2, status=status)
    with pytest.raises(PushError, match=f"with {status}"):
        client(loki.push_url, credentials).push(BODY, None, PLENTY)
    assert len(loki.requests) == 1


def test_a_rotated_secret_is_looked_up_after_a_401(monkeypatch: pytest.MonkeyPatch) -> None:
    with (
        AwsDouble(secrets={TOKEN_ARN: "old"}) as aws,
        LokiReceiver(bearer_token="new", clock=lambda: NOW_NS) as loki,
    ):
        clock = Clock()
        secrets = Secrets(aws.clients(monkeypatch), 300)
        pusher = client(loki.push_url, TOKEN, clock, secrets=secrets)
        assert secrets.resolve("BEARER_TOKEN", TOKEN.token) == "old"
        aws.secrets[TOKEN_ARN] = "new"
        assert pusher.push(BODY, None, clock.deadline).requests == 2
        assert [request.status for request in loki.requests] == [401, 204]
        assert clock.slept == []
        assert len(aws.calls) == 2
        pusher.push(BODY, None, clock.deadline)
        assert len(aws.calls) == 2


def test_a_secret_is_looked_up_again_once_for_a_push(
    loki: LokiReceiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    with AwsDouble(secrets={TOKEN_ARN: "old"}) as aws:
        secrets = Secrets(aws.clients(monkeypatch), 300)
        secrets.resolve("BEARER_TOKEN", TOKEN.token)
        aws.secrets[TOKEN_ARN] = "new"
        loki.fail_next(2, status=403)
        with pytest.raises(PushError, match="with 403") as refused:
            client(loki.push_url, TOKEN, secrets=secrets).push(BODY, None, PLENTY)
        assert refused.value.requests == len(loki.requests) == 2


def test_a_secret_that_changes_with_every_look_is_looked_up_once_for_a_push(
    loki: LokiReceiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Authentication, "renew", lambda _self, _rejected: True)
    loki.fail_next(5, status=401)
    with pytest.raises(PushError, match="with 401") as refused:
        client(loki.push_url, BearerToken("t")).push(BODY, None, PLENTY)
    assert refused.value.requests == len(loki.requests) == 2


def test_a_secret_that_did_not_change_is_not_sent_again(
    loki: LokiReceiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    with AwsDouble(secrets={TOKEN_ARN: "s3cr3t"}) as aws:
        loki.fail_next(2, status=401)
        with pytest.raises(PushError, match="with 401") as refused:
            client(loki.push_url, TOKEN, secrets=Secrets(aws.clients(monkeypatch), 300)).push(
                BODY, None, PLENTY
            )
        assert len(loki.requests) == 1
        assert len(aws.calls) == 2
    assert "s3cr3t" not in str(refused.value)


def test_no_push_without_the_secret(loki: LokiReceiver, monkeypatch: pytest.MonkeyPatch) -> None:
    with AwsDouble() as aws, pytest.raises(SecretError, match="BEARER_TOKEN"):
        client(loki.push_url, TOKEN, secrets=Secrets(aws.clients(monkeypatch), 300)).push(BODY, None, PLENTY)
    assert loki.requests == []


def test_a_redirect_is_not_followed(loki: LokiReceiver) -> None:
    # It would carry lines and credentials to another place.
    class Redirect(QuietHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(307)
            self.send_header("Location", loki.push_url)
            self.send_header("Content-Length", "0")
            self.end_headers()

    class Redirecting(HttpDouble):
        def handler(self) -> type[QuietHandler]:
            return Redirect

    with Redirecting() as server, pytest.raises(PushError, match="Loki refused a push with 307"):
        client(f"{server.url}/loki/api/v1/push").push(BODY, None, PLENTY)
    assert loki.requests == []


def test_lokis_reason_is_told_and_cut(loki: LokiReceiver) -> None:
    month_ago = NOW_NS - 10**9 * 3600 * 24 * 30
    long = body(
        *(
            StreamLines(
                '{job="' + "x" * 600 + f'{number}"' + "}", None, [b"secret line"], [month_ago + number]
            )
            for number in range(50)
        )
    )
    with pytest.raises(ContentRefusedError) as refused:
        client(loki.push_url).push(long, None, PLENTY)
    assert "secret line" not in str(refused.value)
    assert len(str(refused.value)) < 500
    assert "timestamp too old" in refused.value.answer
    assert len(refused.value.answer) <= 20_000


def test_wrong_credentials_are_told_without_them() -> None:
    with (
        LokiReceiver(bearer_token="right", clock=lambda: NOW_NS) as loki,
        pytest.raises(PushError) as refused,
    ):
        client(loki.push_url, BearerToken("s3cr3t")).push(BODY, None, PLENTY)
    assert "401" in str(refused.value)
    assert "s3cr3t" not in str(refused.value)


def test_nobody_listens() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/loki/api/v1/push"
        clock = Clock()
        with pytest.raises(PushError, match=f"Loki at {url} could not be reached") as failed:
            client(url, clock=clock, policy=RetryPolicy(attempts=2)).push(BODY, None, clock.deadline)
        assert clock.slept == [0.1]
        assert failed.value.requests == 2


class _Untrusted(urllib3.PoolManager):
    """What urllib3 raises for a certificate of an unknown authority."""

    def request(self, *_arguments: object, **_more: object) -> urllib3.BaseHTTPResponse:
        raise urllib3.exceptions.SSLError(ssl.SSLCertVerificationError(1, "self-signed certificate"))


def test_a_certificate_that_is_not_trusted_is_not_tried_again() -> None:
    clock = Clock()
    pusher = client("https://loki.example.com/push", clock=clock, pool=_Untrusted())
    with pytest.raises(PushError, match=r"certificate of https://loki\.example\.com/push is not trusted"):
        pusher.push(BODY, None, clock.deadline)
    assert clock.slept == []
