"""Pushes to Loki over HTTP, with retries."""

import random
import ssl
import time
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass

import urllib3
from urllib3.exceptions import HTTPError, InvalidHeader, SSLError

from . import __version__
from .config import BasicAuth, BearerToken, Config
from .deadline import Deadline
from .errors import ContentRefusedError, PushError

_CONTENT_TYPE = "application/x-protobuf"
_USER_AGENT = f"alb-loki-promtail/{__version__}"
_ANSWER_CHARACTERS = 300
_TOO_MANY_REQUESTS = 429
# What Loki answers when lines, labels or times are not to its liking. All other refusals concern the way of sending,
# so that the next push would fare no better.
_CONTENT_REFUSED = (400, 422)
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


class LokiClient:
    """Sends encoded pushes over a connection that stays open between pushes and warm invocations.

    The retries are a loop of its own: urllib3's Retry and tenacity know no deadline that shrinks each request's
    timeout, and sleep for whatever Retry-After says.
    """

    def __init__(
        self,
        config: Config,
        pool: urllib3.PoolManager,
        policy: RetryPolicy | None = None,
        sleep: Callable[[float], None] = time.sleep,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._url = config.write_address
        self._headers = _headers(config)
        self._pool = pool
        self._policy = policy or RetryPolicy()
        self._sleep = sleep
        self._jitter = jitter

    def push(self, body: bytes, deadline: Deadline) -> int:
        """Send one push until Loki takes it, and return how many requests it took.

        429, 5xx and broken connections are tried again, with the same bytes, so that Loki can recognize lines that
        it already has.

        Raises:
            ContentRefusedError: Loki refused what it holds.
            PushError: Loki refused it for another reason, or still fails after the last attempt, or asks for a delay
                that the invocation does not have.
            DeadlineError: The invocation's time is used up.
        """
        for attempt in range(1, self._policy.attempts + 1):
            failure = self._try(body, deadline.check())
            if failure is None:
                return attempt
            delay = max(failure.retry_after, self._policy.delay(attempt, self._jitter()))
            left = deadline.seconds_left()
            if attempt == self._policy.attempts or delay >= left:
                raise PushError(
                    f"{failure.reason} Given up after {attempt} of {self._policy.attempts} attempts: the next would be "
                    f"in {delay:.1f} s, and the invocation has {max(left, 0):.1f} s left. Check that Loki is up and "
                    "its limits suffice."
                )
            self._sleep(delay)
        raise AssertionError("RetryPolicy.attempts must be at least 1.")

    def _try(self, body: bytes, seconds_left: float) -> "_Failure | None":
        """Send one request. Return None on success, and what may pass with time otherwise; raise for the rest."""
        timeout = min(self._policy.request_timeout, seconds_left)
        try:
            response = self._pool.request(
                "POST",
                self._url,
                body=body,
                headers=self._headers,
                timeout=urllib3.Timeout(total=timeout),
                retries=False,
            )
        except HTTPError as error:
            if _is_certificate_error(error):
                raise PushError(
                    f"The certificate of {self._url} is not trusted: {error}. Use a certificate of a public authority."
                ) from error
            return _Failure(f"Loki at {self._url} could not be reached: {error}.")
        if 200 <= response.status < 300:
            return None
        text = " ".join(response.data.decode("utf-8", "replace").split())[:_ANSWER_CHARACTERS] or "(no text)"
        if response.status == _TOO_MANY_REQUESTS or response.status >= 500:
            return _Failure(f"Loki answered {response.status}: {text}.", _retry_after(response))
        remedy = _REMEDIES.get(response.status, "Check WRITE_ADDRESS and Loki's own log.")
        refused = ContentRefusedError if response.status in _CONTENT_REFUSED else PushError
        raise refused(f"Loki refused a push with {response.status}: {text}. {remedy}")


@dataclass(frozen=True, slots=True)
class _Failure:
    """A failure that may pass: why, and the seconds that Loki asks to wait."""

    reason: str
    retry_after: float = 0.0


def _headers(config: Config) -> dict[str, str]:
    headers = {"Content-Type": _CONTENT_TYPE, "User-Agent": _USER_AGENT}
    match config.credentials:
        case BasicAuth(username, password):
            headers["Authorization"] = "Basic " + b64encode(f"{username}:{password}".encode()).decode()
        case BearerToken(token):
            headers["Authorization"] = f"Bearer {token}"
    if config.tenant_id:
        headers["X-Scope-OrgID"] = config.tenant_id
    return headers


def _retry_after(response: urllib3.BaseHTTPResponse) -> float:
    try:
        return urllib3.Retry().get_retry_after(response) or 0.0
    except InvalidHeader:  # Neither seconds nor a date: our own delay is as good as any.
        return 0.0


def _is_certificate_error(error: HTTPError) -> bool:
    return isinstance(error, SSLError) and any(
        isinstance(argument, ssl.SSLCertVerificationError) for argument in error.args
    )
