"""The `limit` stage: https://grafana.com/docs/loki/latest/send-data/promtail/stages/limit/."""

import time
from collections.abc import Callable

from ...entry import Entry
from .members import Members
from .stage import Stage

# The metric reason of Promtail's source (clients/pkg/logentry/stages/limit.go), as is the least number of values.
_REASON = "ratelimit_drop_stage"
_MIN_DISTINCT_LABELS = 10_000


class TokenBucket:
    """Lets `rate` lines a second pass, and `burst` at once, as Go's `rate.Limiter` (https://pkg.go.dev/golang.org/x/time/rate)."""

    def __init__(self, rate: float, burst: int, now: float) -> None:
        self._rate = rate
        self._burst = burst
        self._tokens = float(burst)
        self._last = now

    def _refill(self, now: float) -> None:
        self._tokens = min(self._burst, self._tokens + (now - self._last) * self._rate)
        self._last = now

    def take(self, now: float) -> bool:
        """Say whether a line may pass now."""
        self._refill(now)
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True

    def reserve(self, now: float) -> float:
        """Let a line pass, and return after how many seconds."""
        self._refill(now)
        self._tokens -= 1
        return max(0.0, -self._tokens / self._rate)


class LimitStage(Stage):
    """Drops the lines above a rate, or waits until they are below it.

    The rate is that of this function's instance: several run at the same time when there is much to do. Waiting takes
    from the invocation's time.
    """

    def __init__(
        self,
        *,
        rate: float,
        burst: int,
        drop: bool,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._drop = drop
        self._clock = clock
        self._sleep = sleep
        self._bucket = TokenBucket(rate, burst, clock())

    def replay(self, entry: Entry) -> str | None:  # noqa: ARG002
        """Let it pass: the rate is that of lines that are sent."""
        return None

    def process(self, entry: Entry) -> str | None:  # noqa: ARG002
        """See `Stage.process`."""
        if self._drop:
            return None if self._bucket.take(self._clock()) else _REASON
        if (wait := self._bucket.reserve(self._clock())) > 0:
            self._sleep(wait)
        return None


class LimitByLabelStage(Stage):
    """Drops the lines above a rate for each value of a label. Lines without the label pass.

    It remembers between one and two times `max_distinct_labels` values. Of the older half only those live on that
    come again, so that memory stays bounded.
    """

    def __init__(
        self,
        *,
        rate: float,
        burst: int,
        label: str,
        max_distinct_labels: int,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._rate = rate
        self._burst = burst
        self._label = label
        self._max_distinct_labels = max_distinct_labels
        self._clock = clock
        self._newer: dict[str, TokenBucket] = {}
        self._older: dict[str, TokenBucket] = {}

    def replay(self, entry: Entry) -> str | None:  # noqa: ARG002
        """Let it pass: the rate is that of lines that are sent."""
        return None

    def process(self, entry: Entry) -> str | None:
        """See `Stage.process`."""
        value = entry.labels.get(self._label)
        if value is None:
            return None
        now = self._clock()
        return None if self._bucket(value, now).take(now) else _REASON

    def _bucket(self, value: str, now: float) -> TokenBucket:
        bucket = self._newer.get(value)
        if bucket is None:
            bucket = self._older.pop(value, None) or TokenBucket(self._rate, self._burst, now)
            if len(self._newer) >= self._max_distinct_labels:
                self._older, self._newer = self._newer, {}
            self._newer[value] = bucket
        return bucket


def parse_limit(value: object, location: str) -> Stage:
    """Make a `limit` stage."""
    members = Members(value, location, ("rate", "burst", "drop", "by_label_name", "max_distinct_labels"))
    rate = members.number("rate", "a number of lines a second, above 0")
    if rate <= 0:
        raise members.error("rate", "a number of lines a second, above 0")
    burst = int(members.number("burst", "a whole number of lines, at least 1"))
    if burst < 1:
        raise members.error("burst", "a whole number of lines, at least 1")
    drop = members.boolean("drop")
    if not drop and rate < 1:
        # A line waits up to 1 / rate seconds, which an invocation may not have.
        raise members.error("rate", "a number of lines a second, at least 1 unless drop is true")
    label = members.string("by_label_name")
    distinct = (
        int(members.number("max_distinct_labels", "a whole number"))
        if "max_distinct_labels" in members
        else 0
    )
    if not label:
        return LimitStage(rate=rate, burst=burst, drop=drop)
    if not drop:
        raise members.error("drop", "true when by_label_name is set")
    return LimitByLabelStage(
        rate=rate, burst=burst, label=label, max_distinct_labels=max(distinct, _MIN_DISTINCT_LABELS)
    )
