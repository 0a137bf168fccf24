"""What S3, and the way to it, can do wrong."""

from collections.abc import Callable

from tests.samples.alb_access import lines
from tests.unit.promtail.faults.fault import ALL, DELIVERED, FAILED, Fault, timed
from tests.unit.promtail.faults.rig import Rig
from tests.unit.promtail.scenario import BUCKET, END, KEY

# Plain text, so that bytes are lines; more of them than are read at once.
LONG_LINES = list(lines(300, END))
LONG_CONTENT = "".join(f"{line}\n" for line in LONG_LINES).encode()
READ_AT_ONCE = 64 * 1024
BREAK = 2 * READ_AT_ONCE + 1_000
LINES_BEFORE_BREAK = LONG_CONTENT[:BREAK].count(b"\n")


def _refuses(code: str) -> Callable[[Rig], None]:
    def arrange(rig: Rig) -> None:
        rig.s3.refusals[f"{BUCKET}/{KEY}"] = code

    return arrange


def _gone(rig: Rig) -> None:
    del rig.s3.objects[f"{BUCKET}/{KEY}"]


def _cut(*answers: int) -> Callable[[Rig], None]:
    """Close the connection after so many bytes of each answer."""

    def arrange(rig: Rig) -> None:
        rig.s3.cuts[f"{BUCKET}/{KEY}"] = list(answers)

    return arrange


S3_FAULTS = (
    Fault(
        "S3 403",
        _refuses("AccessDenied"),
        raises="S3 refused to give the object: AccessDenied. The function's role",
        queue="repeated",
        statuses=[204],
        report={**FAILED, "LinesRead": 0, "LinesSent": 0},
    ),
    Fault(
        "S3 404",
        _gone,
        raises="The object is gone (NoSuchKey)",
        queue="repeated",
        statuses=[204],
        report={**FAILED, "LinesRead": 0, "LinesSent": 0},
    ),
    Fault(
        "S3 503 again and again",
        _refuses("SlowDown"),
        raises="S3 did not give the object",
        queue="repeated",
        statuses=[204],
        report={**FAILED, "LinesRead": 0, "LinesSent": 0},
    ),
    Fault(
        "reset in mid-body",
        _cut(1_000),
        delivered=ALL,
        report={**DELIVERED, "LinesSent": 6},
    ),
    Fault(
        "reset in mid-body, twice, of a longer object",
        _cut(BREAK, 5_000),
        content=LONG_CONTENT,
        delivered=timed(LONG_LINES),
        report={**DELIVERED, "LinesSent": 300},
    ),
    Fault(
        "reset in mid-body again and again",
        _cut(BREAK, 0, 0, 0),
        content=LONG_CONTENT,
        delivered=timed(LONG_LINES[:LINES_BEFORE_BREAK]),
        raises=f"{BREAK} of {len(LONG_CONTENT)} bytes were read, with 4 broken connections in a row",
        queue="continued",
        continued=([[0, LINES_BEFORE_BREAK]], 30),
        report={"LinesRead": LINES_BEFORE_BREAK, "LinesSent": LINES_BEFORE_BREAK},
    ),
)
