"""Findings that GuardDuty exports, one JSON object a line.

Keys: https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_exportfindings.html. Fields:
https://docs.aws.amazon.com/guardduty/latest/APIReference/API_Finding.html.

A finding is exported again whenever it recurs. Its time is therefore `updatedAt`, when it became what the line says,
rather than `createdAt`, which is the same in all its exports.
"""

from .format import LogFile, SkipReason
from .json_object import parse_object, timestamp
from .keys import ACCOUNT, DAY, REGION, compile_key, contract_labels
from .line_format import LineFormat, LineTimer

_LOGS = ACCOUNT + r"GuardDuty/"
_LAYOUT = compile_key(_LOGS + REGION + r"/" + DAY + r"[^/]+\.jsonl(?:\.gz)?")
_AMONG_LOGS = compile_key(_LOGS + r".*[^/]")


def _time(line: bytes) -> int | None:
    finding = parse_object(line)
    time = timestamp(finding.get("updatedAt"))
    return timestamp(finding.get("createdAt")) if time is None else time


GUARDDUTY = LineFormat("guardduty", lambda: LineTimer(_time))


def classify(key: str) -> LogFile | SkipReason:
    """Say whose findings an object holds, from its key, or why it holds none. The contract has no source for them."""
    if match := _LAYOUT.fullmatch(key):
        account_id = match["account"]
        return LogFile(GUARDDUTY, contract_labels("s3_guardduty", None, account_id), account_id, "")
    return SkipReason.UNKNOWN_LAYOUT if _AMONG_LOGS.fullmatch(key) else SkipReason.FOREIGN_KEY
