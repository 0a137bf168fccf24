"""Sends one batch, in a thread of its own, and says what became of it."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Protocol

from ..deadline import Deadline
from ..errors import ContentRefusedError, ParkingError, PushError
from .batch import Batch, Push
from .loki import Taken
from .refusal import refusal_reason, refused_by_reason

if TYPE_CHECKING:
    from ..parking import Parking


class Client(Protocol):
    """Where pushes go: see `loki.LokiClient`."""

    def push(self, body: bytes, tenant: str | None, deadline: Deadline) -> Taken:
        """Send one push."""
        ...


@dataclass(frozen=True, slots=True)
class Source:
    """Where a batch comes from, for what is parked of it.

    Attributes:
        name: An object's URI, or the name of a log group.
        bucket: The object's bucket; None if it is no object.
        key: The object's key.
        version_id: The object's version, in a bucket with versioning.
    """

    name: str
    bucket: str | None = None
    key: str | None = None
    version_id: str | None = None


@dataclass(slots=True)
class Sent:
    """What became of a batch.

    Attributes:
        batch: The batch.
        lines: Lines that Loki took.
        bytes: Bytes of the pushes that Loki took, compressed.
        pushes: Pushes that Loki took.
        requests: HTTP requests that were made.
        retries: How many of them repeated one before.
        seconds: How long each push that Loki took was on its way.
        newest_ns: The time of the newest line that Loki took.
        refused: Lines that Loki refused, by reason.
        parked: Where what Loki refused was put.
        first_refusal: What Loki answered to the first push that it refused, and what to do.
        error: Why the batch has to be sent again; None if it is dealt with.
    """

    batch: Batch
    lines: int = 0
    bytes: int = 0
    pushes: int = 0
    requests: int = 0
    retries: int = 0
    seconds: list[float] = field(default_factory=list)
    newest_ns: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    parked: list[str] = field(default_factory=list)
    first_refusal: str | None = None
    error: Exception | None = None


class Sender:
    """Sends batches, and parks what Loki refuses.

    Args:
        client: Sends pushes.
        parking: Returns where refused pushes go; None when they go nowhere.
    """

    def __init__(self, client: Client, parking: "Callable[[], Parking | None]") -> None:
        self._client = client
        self._parking = parking

    def send(self, batch: Batch, source: Source, deadline: Deadline) -> Sent:
        """Send a batch. What goes wrong is in the result: this is called in a thread, whose errors nobody would see."""
        sent = Sent(batch)
        for push in batch.pushes:
            try:
                self._send(push, sent, source, deadline)
            except (
                Exception
            ) as error:  # Whatever it is, the batch is not delivered, and the object's report says why.
                if isinstance(error, PushError):
                    _count(error.requests, sent)
                sent.error = error
                break
        return sent

    def _send(self, push: Push, sent: Sent, source: Source, deadline: Deadline) -> None:
        try:
            taken = self._client.push(push.body, push.tenant, deadline)
        except ContentRefusedError as error:
            self._refused(push, sent, source, error, deadline)
            return
        sent.lines += push.lines
        sent.bytes += len(push.body)
        sent.pushes += 1
        _count(taken.requests, sent)
        sent.seconds.append(taken.seconds)
        sent.newest_ns = max(sent.newest_ns, push.newest_ns)

    def _refused(
        self, push: Push, sent: Sent, source: Source, error: ContentRefusedError, deadline: Deadline
    ) -> None:
        """Count what Loki refused, and park it. Loki may have taken the other lines, so nothing is sent again."""
        _count(error.requests, sent)
        reason = refusal_reason(error.answer)
        parking = self._parking()
        if parking is not None:
            from ..parking import Refusal

            refusal = Refusal(
                source=source.name,
                bucket=source.bucket,
                key=source.key,
                version_id=source.version_id,
                first_line=sent.batch.lines[0] + 1,
                last_line=sent.batch.lines[1],
                status=error.status,
                reason=reason,
                message=error.answer,
                push=push.body,
                tenant=push.tenant,
            )
            try:
                sent.parked.append(deadline.wait_for(partial(parking.park, refusal)))
            except ParkingError as failure:
                raise ParkingError(f"{failure} What was to be parked: {error}") from failure
        refused = refused_by_reason(error.answer, push.lines)
        sent.refused += refused
        sent.lines += push.lines - refused.total()
        sent.first_refusal = sent.first_refusal or str(error)


def _count(requests: int, sent: Sent) -> None:
    sent.requests += requests
    sent.retries += max(requests - 1, 0)
