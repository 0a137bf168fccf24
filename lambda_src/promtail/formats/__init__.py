"""The kinds of log that objects in S3 hold, told by the objects' keys."""

from . import elb
from .format import LogFile, SkipReason

__all__ = ["classify"]


def classify(key: str, bucket: str) -> LogFile | SkipReason:
    """Say which log an object holds, or why it is none. Never raises.

    Args:
        key: The object's key, decoded.
        bucket: The bucket that the object is in.
    """
    found = elb.classify(key)
    if found is not SkipReason.FOREIGN_KEY:
        return found
    # Load balancer logs come by far the most often, and need none of the other kinds.
    from .kinds import classify as classify_others

    return classify_others(key, bucket)
