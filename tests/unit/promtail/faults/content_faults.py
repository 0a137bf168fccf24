"""What can be wrong with what an object holds."""

import gzip

from tests.samples.alb_access import gzipped
from tests.unit.promtail.faults.fault import ALL, DELIVERED, FAILED, Fault, timed
from tests.unit.promtail.faults.rig import LINES, line_time
from tests.unit.promtail.s3_double import LAST_MODIFIED_NS
from tests.unit.promtail.scenario import KEY

FOUR_LINES = gzipped(iter(LINES[:4]))
TWO_LINES = gzipped(iter(LINES[4:]))
GZIP_HEADER = TWO_LINES[:10]
LIMIT = 262_144
MARK = " [cut by alb-loki]"
PLAIN_KEY = KEY.removesuffix(".gz")


def _plain(*texts: bytes) -> bytes:
    return b"".join(text + b"\n" for text in texts)


def _between(text: str) -> str:
    """Put a text into the last field but one of a line."""
    start, last = LINES[1].rsplit(" ", 1)
    return f"{start} {text} {last}"


LONG_LINE = _between("x" * 10_000_000)
WITH_LONG_LINE = gzip.compress(_plain(*(line.encode() for line in (LINES[0], LONG_LINE, LINES[2]))))
CUT_LINE = LONG_LINE[: LIMIT - len(MARK)] + MARK

CONTENT_FAULTS = (
    Fault(
        "truncated gzip",
        content=FOUR_LINES + GZIP_HEADER,
        delivered=ALL[:4],
        raises="The gzip data ends too early: the object was cut off.",
        queue="continued",
        continued=([[0, 4]], 30),
        report={"LinesRead": 4, "LinesSent": 4},
    ),
    Fault(
        "gzip truncated within its only member",
        content=FOUR_LINES[:8],
        raises="The gzip data ends too early: the object was cut off.",
        queue="repeated",
        statuses=[204],
        report={**FAILED, "LinesRead": 0, "LinesSent": 0},
    ),
    Fault(
        "corrupt gzip",
        content=FOUR_LINES + GZIP_HEADER + b"\xff" * 64,
        delivered=ALL[:4],
        raises="The gzip data is damaged",
        queue="continued",
        continued=([[0, 4]], 30),
        report={"LinesRead": 4, "LinesSent": 4},
    ),
    Fault(
        "gzip whose checksum is wrong",
        content=FOUR_LINES
        + TWO_LINES[:-8]
        + bytes(byte ^ 0xFF for byte in TWO_LINES[-8:-4])
        + TWO_LINES[-4:],
        delivered=ALL[:4],
        raises="The gzip data is damaged",
        queue="continued",
        continued=([[0, 4]], 30),
        report={"LinesSent": 4},
    ),
    Fault(
        "gzip with something else behind it",
        content=FOUR_LINES + b"something else",
        delivered=ALL[:4],
        raises="The gzip data is damaged",
        queue="continued",
        continued=([[0, 4]], 30),
        report={"LinesSent": 4},
    ),
    Fault("empty", content=b"", statuses=[204], report={**DELIVERED, "LinesRead": 0, "LinesSent": 0}),
    Fault(
        "empty gzip",
        content=gzip.compress(b""),
        statuses=[204],
        report={**DELIVERED, "LinesRead": 0, "LinesSent": 0},
    ),
    Fault(
        "nothing but empty lines",
        content=b"\n" * 1_000,
        statuses=[204],
        report={**DELIVERED, "LinesRead": 1_000, "LinesSent": 0, "lines_dropped": {"empty": 1_000}},
    ),
    Fault(
        "wrong extension: plain text by the name of gzip",
        content=_plain(*(line.encode() for line in LINES)),
        delivered=ALL,
        report={**DELIVERED, "LinesSent": 6},
    ),
    Fault(
        "wrong extension: gzip by the name of plain text",
        key=PLAIN_KEY,
        delivered=ALL,
        report={**DELIVERED, "LinesSent": 6},
    ),
    Fault(
        "wrong extension: not that of a log",
        key=KEY.removesuffix(".log.gz") + ".txt",
        statuses=[204],
        report={
            "level": "WARN",
            "outcome": "skipped",
            "reason": "unknown_layout",
            "ObjectsSkipped": 1,
            "ObjectsDelivered": 0,
            "LinesRead": 0,
        },
    ),
    Fault(
        "a line of 10 MB, cut",
        content=WITH_LONG_LINE,
        delivered=[ALL[0], (line_time(LINES[1]), CUT_LINE), ALL[2]],
        statuses=(204, 204, 204, 204),
        report={**DELIVERED, "LinesRead": 3, "LinesSent": 3, "LinesCut": 1, "LinesDropped": 0},
    ),
    Fault(
        "a line of 10 MB, dropped",
        content=WITH_LONG_LINE,
        delivered=[ALL[0], ALL[2]],
        statuses=(204, 204, 204),
        report={
            **DELIVERED,
            "LinesRead": 3,
            "LinesSent": 2,
            "LinesCut": 0,
            "LinesDropped": 1,
            "lines_dropped": {"line_too_long": 1},
        },
        environment={"LONG_LINES": "drop"},
    ),
    Fault(
        "invalid UTF-8",
        content=_plain(
            LINES[0].encode(), _between("a@b").encode().replace(b"@", b"\xff\xc3"), LINES[2].encode()
        ),
        delivered=[ALL[0], *timed([_between("a\ufffd\ufffdb")]), ALL[2]],
        report={**DELIVERED, "LinesSent": 3},
    ),
    Fault(
        "NUL bytes",
        content=_plain(LINES[0].encode(), _between("a\0\0b").encode(), b"\0" * 100),
        delivered=[ALL[0], *timed([_between("a\0\0b")]), (LAST_MODIFIED_NS, "\0" * 100)],
        report={**DELIVERED, "LinesSent": 3, "lines_without_timestamp": 1},
    ),
)
