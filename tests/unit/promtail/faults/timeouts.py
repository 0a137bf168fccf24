"""An invocation whose time is used up, at every stage.

Time passes with what has been done, however long the machine took for it. Where a server must be waited for, the wait
takes as long as the clock says that there is time.
"""

from collections.abc import Callable

from promtail import handler as function
from promtail.aws import Clients
from promtail.push.loki import RetryPolicy
from tests.unit.promtail.faults.fault import ALL, FAILED, Fault, timed
from tests.unit.promtail.faults.loki_faults import ONE_BY_ONE, PARKED, PARTLY_OLD, SECRET_ARN, answers
from tests.unit.promtail.faults.rig import Context, Rig
from tests.unit.promtail.faults.s3_faults import BREAK, LONG_CONTENT, LONG_LINES, READ_AT_ONCE
from tests.unit.promtail.faults.servers import SilentServer
from tests.unit.promtail.scenario import BUCKET, KEY

# A second of it is kept for what ends an invocation: the other is how long a wait takes.
SHORT_SECONDS = 2.0
# What of the object came before it stalled, in complete reads.
LINES_BEFORE = LONG_CONTENT[: 2 * READ_AT_ONCE].count(b"\n")
USED_UP = "The invocation's time is used up"


def _nothing_left(_rig: Rig) -> Context:
    return Context(0.9, lambda: 0.0)


def _short(is_used_up: Callable[[], bool]) -> Context:
    return Context(SHORT_SECONDS, lambda: SHORT_SECONDS if is_used_up() else 0.0)


def _after_pushes(count: int) -> Callable[[Rig], Context]:
    """Let time be used up when so many pushes have come to Loki."""

    def context(rig: Rig) -> Context:
        return Context(60.0, lambda: 59.5 if len(rig.pushes) >= count else 0.0)

    return context


def _silent(rig: Rig, endpoint: str) -> Context:
    """Let AWS, or one service of it, take requests and never answer; time is used up with the first of them."""
    server = rig.servers.enter_context(SilentServer())
    rig.environment(**{endpoint: server.url})
    clients = Clients()
    clients.s3("eu-west-1")
    clients.sqs("eu-west-1")
    clients.secretsmanager("eu-west-1")
    rig.monkeypatch.setattr(function, "Clients", lambda: clients)
    return _short(server.asked.is_set)


def _silent_s3(rig: Rig) -> Context:
    return _silent(rig, "AWS_ENDPOINT_URL_S3")


def _silent_secrets(rig: Rig) -> Context:
    rig.environment(BEARER_TOKEN=SECRET_ARN)
    return _silent(rig, "AWS_ENDPOINT_URL")


def _silent_parking(rig: Rig) -> Context:
    return _silent(rig, "AWS_ENDPOINT_URL")


def _stalls(rig: Rig) -> Context:
    """Use up the time to read, but not that to send, when what did not come is asked for once more."""
    rig.s3.stalls[f"{BUCKET}/{KEY}"] = BREAK
    rig.monkeypatch.setattr("promtail.reading.s3.READ_TIMEOUT_SECONDS", 1.0)
    return Context(60.0, lambda: 55.0 if any(rig.s3.ranges) else 0.0)


def _held_push(rig: Rig) -> Context:
    rig.loki.fail_next(status=500, hold=rig.returned.wait)
    return _short(lambda: rig.loki.most_at_once > 0)


def _fails_for_long(rig: Rig) -> None:
    rig.set_retries(RetryPolicy(attempts=1_000))
    answers(*[500] * 10)(rig)


TIMEOUTS = (
    Fault(
        "timeout before the first object",
        raises=USED_UP,
        queue="all repeated",
        sibling=False,
        statuses=(),
        report={**FAILED, "LinesRead": 0},
        context=_nothing_left,
    ),
    Fault(
        "timeout while S3 opens the object",
        raises=USED_UP,
        queue="all repeated",
        sibling=False,
        statuses=(),
        report={**FAILED, "LinesRead": 0},
        context=_silent_s3,
    ),
    Fault(
        "timeout while S3 sends the object",
        content=LONG_CONTENT,
        delivered=timed(LONG_LINES[:LINES_BEFORE]),
        raises=USED_UP,
        queue="continued",
        continued=([[0, LINES_BEFORE]], 0),
        report={"LinesRead": LINES_BEFORE, "LinesSent": LINES_BEFORE},
        context=_stalls,
    ),
    Fault(
        "timeout while the secret is fetched",
        raises=USED_UP,
        queue="all repeated",
        sibling=False,
        statuses=(),
        report={**FAILED, "LinesRead": 6, "LinesSent": 0},
        context=_silent_secrets,
    ),
    Fault(
        "timeout while what Loki refused is parked",
        content=PARTLY_OLD,
        delivered=ALL,
        raises=USED_UP,
        queue="all repeated",
        sibling=False,
        statuses=(400,),
        report={**FAILED, "LinesSent": 0, "LinesRefused": 0},
        environment=PARKED,
        context=_silent_parking,
    ),
    Fault(
        "timeout while Loki takes the push",
        raises="could not be reached",
        queue="all repeated",
        sibling=False,
        statuses=(500,),
        report={**FAILED, "LinesRead": 6, "LinesSent": 0},
        context=_held_push,
    ),
    Fault(
        "timeout while pushes are repeated",
        _fails_for_long,
        raises="Given up after 10 of 1000 attempts: the next would be in 30.0 s, and the invocation has 7.9 s left.",
        queue="repeated",
        statuses=[*[500] * 10, 204],
        waits=[0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8, 25.6],
        report={**FAILED, "LinesSent": 0, "Retries": 9},
    ),
    Fault(
        "timeout between the pushes of an object",
        delivered=ALL[:2],
        raises=USED_UP,
        queue="continued",
        continued=([[0, 2]], 0),
        sibling=False,
        statuses=(204, 204),
        report={"LinesSent": 2},
        environment=ONE_BY_ONE,
        context=_after_pushes(2),
    ),
    Fault(
        "timeout between the objects of an event",
        delivered=ALL,
        raises=USED_UP,
        queue="answered, but for the sibling",
        sibling=False,
        statuses=[204],
        report={"LinesSent": 6},
        context=_after_pushes(1),
    ),
)
