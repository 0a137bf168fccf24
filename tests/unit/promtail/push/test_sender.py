"""What becomes of a batch: taken, refused, parked, or to be sent again."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from promtail.deadline import Deadline
from promtail.errors import ContentRefusedError, DeadlineError, ParkingError, PushError
from promtail.parking import Refusal
from promtail.push.batch import Batch, Push
from promtail.push.loki import Taken
from promtail.push.sender import Sender, Sent, Source
from tests.unit.promtail.scenario import PLENTY

SOURCE = Source("s3://logs/a", "logs", "a", "v1")
ONE = Push(None, b"one", 10, 1_000)
TWO = Push("team-a", b"two!", 5, 3_000)
THREE = Push("team-b", b"three", 1, 2_000)
OLD = "2 errors like: entry for stream '{}' has timestamp too old"


def refused(answer: str = OLD, status: int = 400, requests: int = 1) -> ContentRefusedError:
    error = ContentRefusedError(f"Loki refused a push with {status}.", status, answer)
    error.requests = requests
    return error


@dataclass
class Client:
    """Answers pushes by their bodies."""

    answers: dict[bytes, Taken | Exception]
    pushes: list[tuple[bytes, str | None]] = field(default_factory=list)

    def push(self, body: bytes, tenant: str | None, deadline: Deadline) -> Taken:
        assert deadline is PLENTY
        self.pushes.append((body, tenant))
        answer = self.answers[body]
        if isinstance(answer, Exception):
            raise answer
        return answer


@dataclass
class Parked:
    """Keeps refusals in memory."""

    refusals: list[Refusal] = field(default_factory=list)
    error: Exception | None = None

    def park(self, refusal: Refusal) -> str:
        if self.error is not None:
            raise self.error
        self.refusals.append(refusal)
        return f"place {len(self.refusals)}"


def send(client: Client, *pushes: Push, parking: Callable[[], Parked | None] = lambda: None) -> Sent:
    return Sender(client, parking).send(Batch((3, 30), pushes), SOURCE, PLENTY)


def test_pushes_that_loki_takes_are_counted() -> None:
    client = Client({b"one": Taken(1, 0.5), b"two!": Taken(3, 0.25)})
    sent = send(client, ONE, TWO)
    assert client.pushes == [(b"one", None), (b"two!", "team-a")]
    assert sent == Sent(
        Batch((3, 30), (ONE, TWO)),
        lines=15,
        bytes=7,
        pushes=2,
        requests=4,
        retries=2,
        seconds=[0.5, 0.25],
        newest_ns=3_000,
    )


def test_what_loki_refuses_is_counted_by_reason_and_the_rest_is_sent() -> None:
    client = Client(
        {b"one": refused(), b"two!": refused("too new", 422, requests=2), b"three": Taken(1, 0.5)}
    )
    sent = send(client, ONE, TWO, THREE)
    assert sent.error is None
    assert sent.refused == Counter(greater_than_max_sample_age=2, other=5)
    assert (sent.lines, sent.pushes, sent.bytes, sent.newest_ns) == (8 + 0 + 1, 1, 5, 2_000)
    assert (sent.requests, sent.retries) == (4, 1)
    assert sent.first_refusal == "Loki refused a push with 400."
    assert sent.parked == []


def test_what_loki_refuses_is_parked_with_where_it_came_from() -> None:
    parking = Parked()
    sent = send(Client({b"one": Taken(1, 0.5), b"two!": refused()}), ONE, TWO, parking=lambda: parking)
    assert sent.parked == ["place 1"]
    assert parking.refusals == [
        Refusal(
            source="s3://logs/a",
            bucket="logs",
            key="a",
            version_id="v1",
            first_line=4,
            last_line=30,
            status=400,
            reason="greater_than_max_sample_age",
            message=OLD,
            push=b"two!",
            tenant="team-a",
        )
    ]


def test_parking_is_not_opened_for_what_loki_takes() -> None:
    opened: list[None] = []

    def parking() -> Parked:
        opened.append(None)
        return Parked()

    send(Client({b"one": Taken(1, 0.5)}), ONE, parking=parking)
    assert opened == []


def test_what_cannot_be_parked_is_not_dealt_with() -> None:
    parking = Parked(error=ParkingError("The queue is gone."))
    sent = send(Client({b"one": refused()}), ONE, TWO, parking=lambda: parking)
    assert isinstance(sent.error, ParkingError)
    assert str(sent.error) == "The queue is gone. What was to be parked: Loki refused a push with 400."
    assert (sent.lines, sent.refused, sent.parked, sent.requests) == (0, Counter(), [], 1)


@pytest.mark.parametrize(
    "error", [PushError("Loki is away."), DeadlineError("No time."), ZeroDivisionError("a fault")]
)
def test_any_other_error_ends_the_batch_and_is_in_the_result(error: Exception) -> None:
    client = Client({b"one": Taken(1, 0.5), b"two!": error})
    sent = send(client, ONE, TWO, THREE)
    assert sent.error is error
    assert [body for body, _ in client.pushes] == [b"one", b"two!"]
    assert (sent.lines, sent.pushes) == (10, 1)


def test_the_requests_of_a_push_that_failed_count() -> None:
    error = PushError("Loki is away.")
    error.requests = 10
    sent = send(Client({b"one": error}), ONE)
    assert (sent.requests, sent.retries, sent.pushes) == (10, 9, 0)


def test_a_batch_without_pushes_is_dealt_with() -> None:
    assert send(Client({})) == Sent(Batch((3, 30), ()))
