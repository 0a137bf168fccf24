"""Web requests that AWS WAF inspected, written by itself or through Data Firehose.

Keys and fields: https://docs.aws.amazon.com/waf/latest/developerguide/logging-s3.html,
https://docs.aws.amazon.com/waf/latest/developerguide/logging-fields.html. The region of a web ACL of CloudFront is
`cloudfront`. Firehose (https://docs.aws.amazon.com/firehose/latest/dev/s3-object-name.html) names an object by its
stream, whose name starts with `aws-waf-logs-`; it stands in for the web ACL, which the key does not tell.
"""

import re

from ..timestamp import MILLISECOND, parse_unix
from .format import LogFile, SkipReason
from .json_object import milliseconds, parse_object
from .keys import ACCOUNT, DAY, NOT_PARQUET, REGION, compile_key, contract_labels
from .line_format import LineFormat, LineTimer

_LOGS = ACCOUNT + r"WAFLogs/"
_LAYOUT = compile_key(
    _LOGS
    + REGION
    + r"/(?P<source>[\w-]+)/"
    + DAY
    + r"\d\d/\d\d/(?P=account)_waflogs_[\w-]+_\d{8}T\d{4}Z_\w+\.log(?:\.gz)?"
)
_FIREHOSE = compile_key(
    NOT_PARQUET
    + r".*(?:^|/)(?P<source>aws-waf-logs-[\w.-]+)-\d+-\d{4}-\d\d-\d\d-\d\d-\d\d-\d\d-[0-9a-f-]{36}(?:\.\w+)?"
)
_AMONG_LOGS = compile_key(_LOGS + r".*[^/]")
# AWS WAF writes the time first. Within a string a quotation mark is escaped, so no request can forge one.
_TIME_FIRST = re.compile(rb'\{"timestamp":(\d+)[,}]')


def _time(line: bytes) -> int | None:
    if match := _TIME_FIRST.match(line):
        return parse_unix(match[1], MILLISECOND)
    return milliseconds(parse_object(line).get("timestamp"))


WAF = LineFormat("waf", lambda: LineTimer(_time))


def classify(key: str) -> LogFile | SkipReason:
    """Say which web ACL's log an object holds, from its key, or why it is none."""
    if match := _LAYOUT.fullmatch(key):
        source, account_id = match["source"], match["account"]
        return LogFile(WAF, contract_labels("s3_waf", source, account_id), account_id, source)
    if match := _FIREHOSE.fullmatch(key):
        source = match["source"]
        return LogFile(WAF, contract_labels("s3_waf", source, None), None, source)
    return SkipReason.UNKNOWN_LAYOUT if _AMONG_LOGS.fullmatch(key) else SkipReason.FOREIGN_KEY
