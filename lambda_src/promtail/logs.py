"""The function's own log: one JSON object a line, on standard output, which Lambda sends to CloudWatch Logs.

Log lines of load balancers and secrets are never written to it.
"""

import json
import logging
import sys
from datetime import UTC, datetime

LOGGER = logging.getLogger("promtail")


class JsonFormatter(logging.Formatter):
    """Writes time, level, message, the members of the record's `fields` attribute, and a traceback if there is one."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one line of JSON."""
        members = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "message": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            members["traceback"] = self.formatException(record.exc_info)
        return json.dumps(members, ensure_ascii=False)


def configure_logging() -> None:
    """Send the function's log to standard output. The root logger, which Lambda's runtime sets up, stays as it is."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(JsonFormatter())
    LOGGER.handlers = [handler]
    LOGGER.setLevel(logging.INFO)
    LOGGER.propagate = False
