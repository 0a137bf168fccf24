"""The kinds of log that are not those of load balancers."""

from . import cloudfront, cloudtrail, guardduty, msk, s3_access, vpc_flow, waf
from .format import LogFile, SkipReason

_BY_KEY = (
    vpc_flow.classify,
    cloudtrail.classify,
    waf.classify,
    guardduty.classify,
    msk.classify,
    # Keys of these two need no folder named AWSLogs, so the more exact kinds are asked first.
    cloudfront.classify,
)


def classify(key: str, bucket: str) -> LogFile | SkipReason:
    """Say which log an object holds, or why it is none."""
    for classify_kind in _BY_KEY:
        found = classify_kind(key)
        if found is not SkipReason.FOREIGN_KEY:
            return found
    return s3_access.classify(key, bucket)
