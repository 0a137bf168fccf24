"""Server access logs of S3.

Keys: https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html,
https://docs.aws.amazon.com/AmazonS3/latest/API/API_PartitionedPrefix.html. Fields:
https://docs.aws.amazon.com/AmazonS3/latest/userguide/LogFormat.html.

With date-based partitioning the key names the bucket that was accessed, and its account. The simple layout does not:
there the bucket that the log lies in stands in, and the owner is left out. Each line names the bucket in any case.
"""

import re

from ..timestamp import parse_common_log_time
from .format import LogFile, SkipReason
from .keys import DAY, compile_key, contract_labels
from .line_format import LineFormat, LineTimer

# The prefix that comes first may end with any character.
_TIME_IN_NAME = r"\d{4}-\d\d-\d\d-\d\d-\d\d-\d\d-"
_PARTITIONED = compile_key(
    r".*(?P<account>\d{12})/[a-z0-9-]+/(?P<bucket>[A-Za-z0-9._-]+)/" + DAY + _TIME_IN_NAME + r"[A-Za-z0-9]+"
)
_SIMPLE = compile_key(r".*" + _TIME_IN_NAME + r"[0-9A-F]{16}")
# The owner of the bucket and its name hold no spaces, so no request can forge the time after them.
_TIME = re.compile(rb"[^ ]*+ [^ ]*+ \[([^\]]{1,40})\]")


def _time(line: bytes) -> int | None:
    match = _TIME.match(line)
    return parse_common_log_time(match[1]) if match else None


S3_ACCESS = LineFormat("s3_access", lambda: LineTimer(_time))


def classify(key: str, bucket: str) -> LogFile | SkipReason:
    """Say which bucket's access log an object holds, from its key and bucket, or that it is none."""
    if match := _PARTITIONED.fullmatch(key):
        source, account_id = match["bucket"], match["account"]
        return LogFile(S3_ACCESS, contract_labels("s3_access", source, account_id), account_id, source)
    if _SIMPLE.fullmatch(key):
        return LogFile(S3_ACCESS, contract_labels("s3_access", bucket, None), None, bucket)
    return SkipReason.FOREIGN_KEY
