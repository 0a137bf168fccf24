"""What Loki, and the way to it, can do wrong."""

from collections.abc import Callable

from promtail.push.loki import RetryPolicy
from tests.harness.loki.receiver import PUSH_PATH
from tests.samples.alb_access import LoadBalancer, gzipped, lines
from tests.unit.promtail.faults.fault import ALL, DELIVERED, FAILED, WAITS_UNTIL_GIVEN_UP, Fault
from tests.unit.promtail.faults.rig import ATTEMPTS, LINES, PARKING_ARN, Rig
from tests.unit.promtail.faults.servers import CuttingProxy, closed_port
from tests.unit.promtail.scenario import END, event, record

OLD_LINES = list(lines(2, END.replace(month=1)))
WARMING_KEY = LoadBalancer(name="warming").key(END)
SECRET_ARN = "arn:aws:secretsmanager:eu-west-1:222222222222:secret:loki-AbCdEf"
ONE_BY_ONE = {"BATCH_SIZE": "1", "PUSH_CONCURRENCY": "1"}
PARKED = {"REFUSED_DESTINATION": PARKING_ARN}
PARTLY_OLD = gzipped(iter([*OLD_LINES, *LINES]))


def answers(*statuses: int, **more: object) -> Callable[[Rig], None]:
    """Make Loki answer the first pushes so."""

    def arrange(rig: Rig) -> None:
        for status in statuses:
            rig.loki.fail_next(status=status, **more)  # type: ignore[arg-type]

    return arrange


def _down(rig: Rig) -> None:
    port = rig.servers.enter_context(closed_port())
    rig.environment(WRITE_ADDRESS=f"http://127.0.0.1:{port}{PUSH_PATH}")


def _silent_once(rig: Rig) -> None:
    rig.set_retries(RetryPolicy(attempts=ATTEMPTS, request_timeout=1.0))
    rig.loki.fail_next(status=500, hold=rig.returned.wait)


def _cut_answers(rig: Rig) -> None:
    proxy = rig.servers.enter_context(CuttingProxy(rig.loki.url, cuts=1))
    rig.environment(WRITE_ADDRESS=proxy.url + PUSH_PATH)


def _old_credentials(rig: Rig) -> None:
    rig.loki._bearer = "new"
    rig.environment(BEARER_TOKEN=f"{SECRET_ARN}#token")
    rig.aws.secrets[SECRET_ARN] = '{"token": "old"}'


def _rotated(rig: Rig) -> None:
    """Let the function, which stays warm, know the old token only."""
    _old_credentials(rig)
    rig.loki._bearer = "old"
    rig.put(gzipped(iter(LINES[:1])), WARMING_KEY)
    assert rig.call(event(record(WARMING_KEY))).error is None
    rig.loki._bearer = "new"
    rig.aws.secrets[SECRET_ARN] = '{"token": "new"}'


def _parking_denied(rig: Rig) -> None:
    rig.aws.failures["AmazonSQS.SendMessage"] = ["AccessDenied"]


LOKI_FAULTS = (
    Fault(
        "Loki down",
        _down,
        raises="could not be reached",
        queue="all repeated",
        sibling=False,
        statuses=(),
        waits=WAITS_UNTIL_GIVEN_UP * 2,
        report={**FAILED, "LinesRead": 6, "LinesSent": 0, "Retries": ATTEMPTS - 1, "requests": ATTEMPTS},
    ),
    Fault(
        "Loki slow",
        answers(204, delay=0.2),
        delivered=ALL,
        latency_ms=200,
        report={**DELIVERED, "LinesSent": 6, "Retries": 0},
    ),
    Fault(
        "Loki silent for longer than a request may take",
        _silent_once,
        delivered=ALL,
        statuses=(204, 204, 500),
        waits=[0.1],
        report={**DELIVERED, "LinesSent": 6, "Retries": 1},
    ),
    Fault(
        "429 with Retry-After",
        answers(429, retry_after=7),
        delivered=ALL,
        statuses=(429, 204, 204),
        waits=[7.0],
        report={**DELIVERED, "LinesSent": 6, "Retries": 1},
    ),
    Fault(
        "429 with a Retry-After beyond the end of the invocation",
        answers(429, retry_after=120),
        raises="Given up after 1 of 3 attempts: the next would be in 120.0 s",
        queue="repeated",
        statuses=(429, 204),
        report={**FAILED, "LinesSent": 0, "Retries": 0},
    ),
    Fault(
        "429 without Retry-After",
        answers(429),
        delivered=ALL,
        statuses=(429, 204, 204),
        waits=[0.1],
        report={**DELIVERED, "LinesSent": 6, "Retries": 1},
    ),
    Fault(
        "500 twice",
        answers(500, 500),
        delivered=ALL,
        statuses=(500, 500, 204, 204),
        waits=[0.1, 0.2],
        report={**DELIVERED, "LinesSent": 6, "Retries": 2},
    ),
    Fault(
        "500 on every attempt",
        answers(500, 500, 500),
        raises="Loki answered 500: told to fail. Given up after 3 of 3 attempts",
        queue="repeated",
        statuses=(500, 500, 500, 204),
        waits=WAITS_UNTIL_GIVEN_UP,
        report={**FAILED, "LinesSent": 0, "Retries": 2, "requests": 3},
    ),
    Fault(
        "500 on every attempt of the third push",
        answers(204, 204, 500, 500, 500),
        delivered=ALL[:2],
        raises="Loki answered 500",
        queue="continued",
        continued=([[0, 2]], 30),
        statuses=(204, 204, 500, 500, 500, 204),
        waits=WAITS_UNTIL_GIVEN_UP,
        report={"LinesSent": 2, "Retries": 2},
        environment=ONE_BY_ONE,
    ),
    Fault(
        "reset before the push was taken",
        answers(503, drop_connection=True),
        delivered=ALL,
        statuses=(None, 204, 204),
        waits=[0.1],
        report={**DELIVERED, "LinesSent": 6, "Retries": 1},
    ),
    Fault(
        "reset after the push was taken",
        answers(204, drop_connection=True),
        delivered=ALL,
        statuses=(None, 204, 204),
        waits=[0.1],
        report={**DELIVERED, "LinesSent": 6, "Retries": 1},
    ),
    Fault(
        "reset in mid-response",
        _cut_answers,
        delivered=ALL,
        statuses=(204, 204, 204),
        waits=[0.1],
        report={**DELIVERED, "LinesSent": 6, "Retries": 1},
    ),
    Fault(
        "400 after a part was taken, with a place for what was refused",
        content=PARTLY_OLD,
        delivered=ALL,
        statuses=(400, 204),
        parked=[("greater_than_max_sample_age", 1, 8)],
        report={
            "outcome": "refused",
            "ObjectsDelivered": 1,
            "ObjectsFailed": 0,
            "LinesSent": 6,
            "LinesRefused": 2,
            "Retries": 0,
            "lines_refused": {"greater_than_max_sample_age": 2},
        },
        environment=PARKED,
    ),
    Fault(
        "400 after a part was taken, without a place for what was refused",
        content=PARTLY_OLD,
        delivered=ALL,
        statuses=(400, 204),
        report={
            "level": "ERROR",
            "message": "Object delivered, but for 2 lines that Loki refused. They are not parked: set "
            "REFUSED_DESTINATION to keep such lines.",
            "outcome": "refused",
            "LinesSent": 6,
            "LinesRefused": 2,
        },
    ),
    Fault(
        "400 whose lines cannot be parked",
        _parking_denied,
        content=PARTLY_OLD,
        delivered=ALL,
        raises="could not be parked",
        queue="repeated",
        statuses=(400, 204),
        report={**FAILED, "requests": 1, "LinesSent": 0, "LinesRefused": 0},
        environment=PARKED,
    ),
    Fault(
        "401 for good",
        answers(401),
        raises="Check USERNAME and PASSWORD, or BEARER_TOKEN.",
        queue="repeated",
        statuses=(401, 204),
        report={**FAILED, "LinesSent": 0, "Retries": 0},
    ),
    Fault(
        "401 with a secret that was not rotated",
        _old_credentials,
        raises="Loki refused a push with 401",
        queue="all repeated",
        sibling=False,
        statuses=(401, 401),
        report={**FAILED, "LinesSent": 0, "Retries": 0},
    ),
    Fault(
        "401, then good after rotation",
        _rotated,
        delivered=ALL,
        # The first one is of the invocation before.
        statuses=(204, 401, 204, 204),
        report={**DELIVERED, "LinesSent": 6, "Retries": 1},
    ),
    Fault(
        "403 for good",
        answers(403),
        raises="and TENANT_ID",
        queue="repeated",
        statuses=(403, 204),
        report={**FAILED, "LinesSent": 0},
    ),
    Fault(
        "413",
        answers(413),
        raises="Lower BATCH_SIZE",
        queue="repeated",
        statuses=(413, 204),
        report={**FAILED, "LinesSent": 0, "Retries": 0},
    ),
    Fault(
        "422",
        answers(422),
        statuses=(422, 204),
        parked=[("other", 1, 6)],
        report={"outcome": "refused", "LinesSent": 0, "LinesRefused": 6, "Retries": 0},
        environment=PARKED,
    ),
)
