"""Events of CloudTrail: management and data events, insights and network activity, of one trail or an organization's.

Keys: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/get-and-view-cloudtrail-log-files.html; digest files:
https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-digest-file-structure.html.
Records: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html.

lambda-promtail gives the label `__aws_s3_cloudtrail` the random end of the file's name: a stream for each file, and
no value that anyone could ask for. Here it is the region that the events are of.
"""

from collections.abc import Iterator

from ..reading.json_records import split_records
from .format import LogFile, SkipReason, Timer
from .json_object import parse_object, timestamp
from .keys import ACCOUNT, DAY, REGION, compile_key, contract_labels
from .line_format import LineTimer

# CloudTrail, CloudTrail-Insight and others of the kind. All hold the same documents.
_FOLDER = ACCOUNT + r"(?P<folder>CloudTrail(?:-[A-Za-z]+)?)/"
_LAYOUT = compile_key(
    _FOLDER + REGION + r"/" + DAY + r"\d{12}_(?P=folder)_(?P=region)_\d{8}T\d{4}Z_[^/]+\.json(?:\.gz)?"
)
_DIGEST = compile_key(ACCOUNT + r"CloudTrail-Digest/.*[^/]")
_AMONG_LOGS = compile_key(_FOLDER + r".*[^/]")


class CloudTrailFormat:
    """JSON documents with an array of records, each of which becomes a line."""

    name = "cloudtrail"

    def records(self, blocks: Iterator[bytes]) -> Iterator[list[bytes]]:
        """Return each record as compact JSON.

        Raises:
            CorruptObjectError: The document is cut off, or another one.
        """
        return split_records(blocks)

    def timer(self) -> Timer:
        """Return a timer for one object."""
        return LineTimer(_event_time)


def _event_time(record: bytes) -> int | None:
    return timestamp(parse_object(record).get("eventTime"))


CLOUDTRAIL = CloudTrailFormat()


def classify(key: str) -> LogFile | SkipReason:
    """Say which trail's events an object holds, from its key, or why it is none."""
    if _DIGEST.fullmatch(key):
        return SkipReason.CLOUDTRAIL_DIGEST
    if match := _LAYOUT.fullmatch(key):
        region, account_id = match["region"], match["account"]
        return LogFile(CLOUDTRAIL, contract_labels("s3_cloudtrail", region, account_id), account_id, region)
    return SkipReason.UNKNOWN_LAYOUT if _AMONG_LOGS.fullmatch(key) else SkipReason.FOREIGN_KEY
