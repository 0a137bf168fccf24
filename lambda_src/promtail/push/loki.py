"""Pushes to Loki over HTTP, with retries."""

import random
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import urllib3
from urllib3.exceptions import HTTPError, InvalidHeader, SSLError

from .. import __version__
from ..deadline import Deadline
from ..errors import ContentRefusedError, PushError
from .authentication import Authentication
from .refusal import refusal_reason

_CONTENT_TYPE = "application/x-protobuf"
_USER_AGENT = f"alb-loki-promtail/{__version__}"
# Loki groups equal errors, so an answer is short; what stands before Loki may answer by a page.
_ANSWER_CHARACTERS = 20_000
_TOLD_CHARACTERS = 300
_BAD_REQUEST = 400
_TOO_MANY_REQUESTS = 429
_UNAUTHORIZED = (401, 403)
# What Loki answers when lines, labels or times are not to its liking. All other refusals concern the way of sending,
# so that the next push would fare no better.
_CONTENT_REFUSED = (400, 422)
# Of those, what the settings are to blame for, and no line. 400 is also what proxies answer, so words that Loki does
# not use are theirs.
_NOT_OF_LINES = {
    "other": "Check WRITE_ADDRESS (http or https, host, port, path), and what stands before Loki.",
    "missing_labels": "Check DROP_LABELS, RELABEL_CONFIGS and LOKI_STAGE_CONFIGS: they leave a stream without labels.",
    "disallowed_structured_metadata": "Set allow_structured_metadata in Loki's limits_config, or nothing of it here.",
}
_REMEDIES = {
    400: "Loki may have taken the other lines of this push; see its limits_config for what it refuses.",
    401: "Check USERNAME and PASSWORD, or BEARER_TOKEN.",
    403: "Check what the credentials are allowed to do, and TENANT_ID.",
    404: "Check the path of WRITE_ADDRESS: it ends in /loki/api/v1/push.",
    413: "Lower BATCH_SIZE, or let what stands before Loki take larger requests.",
    422: "Loki may have taken the other lines of this push; see its limits_config for what it refuses.",
}


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """How often and how long to try.

    Attributes:
        attempts: Requests for one push, the first one included.
        first_delay: Seconds before the second attempt; it doubles from then on.
        max_delay: Seconds that a delay grows to. A longer Retry-After of Loki is obeyed all the same.
        request_timeout: Seconds for connecting, and seconds of silence while reading the answer.
    """

    attempts: int = 10
    first_delay: float = 0.1
    max_delay: float = 30.0
    request_timeout: float = 10.0

    def delay(self, attempt: int, jitter: float) -> float:
        """Return the seconds to wait after an attempt, counted from 1, for a jitter from 0 to 1.

        Half of it is fixed and half random, so that many functions do not come back at the same moment.
        """
        return min(self.max_delay, self.first_delay * 2.0 ** (attempt - 1)) * (0.5 + jitter / 2)


@dataclass(frozen=True, slots=True)
class Taken:
    """A push that Loki took.

    Attributes:
        requests: How many requests it needed.
        seconds: How long the last one took.
    """

    requests: int
    seconds: float


class LokiClient:
    """Sends encoded pushes over connections that stay open between pushes and warm invocations. Threads may share it.

    The retries are a loop of its own: urllib3's Retry and tenacity know no deadline that shrinks each request's
    timeout, and sleep for whatever Retry-After says.

    Args:
        url: Loki's push URL.
        authentication: Makes the Authorization header.
        pool: Makes the connection pool, when the first push needs it.
        policy: How often and how long to try.
        sleep: Waits for seconds.
        jitter: Returns a random number from 0 to 1.
    """

    def __init__(
        self,
        url: str,
        authentication: Authentication,
        pool: Callable[[], urllib3.PoolManager],
        policy: RetryPolicy | None = None,
        sleep: Callable[[float], object] = time.sleep,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._url = url
        # What stands behind the path of a URL may be a token.
        self._shown_url = url.partition("?")[0]
        self._authentication = authentication
        self._make_pool = pool
        self._pool: urllib3.PoolManager | None = None
        self._lock = threading.Lock()
        self._policy = policy or RetryPolicy()
        self._sleep = sleep
        self._jitter = jitter

    def push(self, body: bytes, tenant: str | None, deadline: Deadline) -> Taken:
        """Send one push until Loki takes it.

        429, 5xx and broken connections are tried again, with the same bytes, so that Loki can recognize lines that
        it already has. After the first 401 or 403, the credentials are looked up again.

        Raises:
            ContentRefusedError: Loki refused what it holds.
            PushError: Loki refused it for another reason, or still fails after the last attempt, or asks for a delay
                that the invocation does not have.
            SecretError: The credentials could not be looked up.
            DeadlineError: The invocation's time is used up.
        """
        renewed = False
        attempt = 0
        requests = 0
        while True:
            authorization = self._authorization(deadline)
            left = deadline.check()
            begun = time.monotonic()
            requests += 1
            try:
                answer = self._try(body, tenant, authorization, left)
            except PushError as error:
                error.requests = requests
                raise
            if isinstance(answer, _Rejected):
                if not renewed and deadline.wait_for(partial(self._authentication.renew, authorization)):
                    renewed = True
                    continue
                raise _given_up(answer.reason, requests)
            if answer is None:
                return Taken(requests, time.monotonic() - begun)
            attempt += 1
            delay = max(answer.retry_after, self._policy.delay(attempt, self._jitter()))
            left = deadline.seconds_left()
            if attempt >= self._policy.attempts or delay >= left:
                raise _given_up(
                    f"{answer.reason} Given up after {attempt} of {self._policy.attempts} attempts: the next would be "
                    f"in {delay:.1f} s, and the invocation has {max(left, 0):.1f} s left. Check that Loki is up and "
                    "its limits suffice.",
                    requests,
                )
            self._sleep(delay)

    def _authorization(self, deadline: Deadline) -> str | None:
        """Return the Authorization header, and have what may need calls of AWS made in time."""
        if self._pool is None:
            deadline.wait_for(self._connections)
        if self._authentication.fetched:
            return deadline.wait_for(self._authentication.header)
        return self._authentication.header()

    def _try(
        self, body: bytes, tenant: str | None, authorization: str | None, seconds_left: float
    ) -> "_Failure | _Rejected | None":
        """Send one request. Return None on success, and what may pass with time otherwise; raise for the rest."""
        headers = {"Content-Type": _CONTENT_TYPE, "User-Agent": _USER_AGENT}
        if authorization:
            headers["Authorization"] = authorization
        if tenant:
            headers["X-Scope-OrgID"] = tenant
        try:
            response = self._connections().request(
                "POST",
                self._url,
                body=body,
                headers=headers,
                timeout=urllib3.Timeout(total=min(self._policy.request_timeout, seconds_left)),
                retries=False,
            )
        except HTTPError as error:
            if _is_certificate_error(error):
                raise PushError(
                    f"The certificate of {self._shown_url} is not trusted: {error}. Name its authority in CA_BUNDLE."
                ) from error
            return _Failure(f"Loki at {self._shown_url} could not be reached: {error}.")
        status = response.status
        if 200 <= status < 300:
            return None
        text = " ".join(response.data.decode("utf-8", "replace").split())[:_ANSWER_CHARACTERS] or "(no text)"
        told = text[:_TOLD_CHARACTERS]
        if status == _TOO_MANY_REQUESTS or status >= 500:
            return _Failure(f"Loki answered {status}: {told}.", _retry_after(response))
        remedy = _REMEDIES.get(status, "Check WRITE_ADDRESS and Loki's own log.")
        message = f"Loki refused a push with {status}: {told}. {remedy}"
        if status in _UNAUTHORIZED:
            return _Rejected(message)
        if status in _CONTENT_REFUSED:
            remedy = _NOT_OF_LINES.get(refusal_reason(text), "") if status == _BAD_REQUEST else ""
            if not remedy:
                raise ContentRefusedError(message, status, text)
            message = f"Loki, or what stands before it, refused a push with {status}: {told}. {remedy}"
        raise PushError(message)

    def _connections(self) -> urllib3.PoolManager:
        with self._lock:
            if self._pool is None:
                self._pool = self._make_pool()
            return self._pool


@dataclass(frozen=True, slots=True)
class _Failure:
    """A failure that may pass: why, and the seconds that Loki asks to wait."""

    reason: str
    retry_after: float = 0.0


@dataclass(frozen=True, slots=True)
class _Rejected:
    """The credentials were rejected."""

    reason: str


def _given_up(reason: str, requests: int) -> PushError:
    error = PushError(reason)
    error.requests = requests
    return error


def _retry_after(response: urllib3.BaseHTTPResponse) -> float:
    try:
        return urllib3.Retry().get_retry_after(response) or 0.0
    except (InvalidHeader, ValueError):  # Neither seconds nor a date: our own delay is as good as any.
        return 0.0


def _is_certificate_error(error: HTTPError) -> bool:
    return isinstance(error, SSLError) and any(
        isinstance(argument, ssl.SSLCertVerificationError) for argument in error.args
    )
