"""The function's own log: one JSON object a line, on standard output, which Lambda sends to CloudWatch Logs.

Secrets are never written to it, and log lines only when PRINT_LOG_LINE asks for them.
"""

import json
import logging
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

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


def configure_logging(level: str) -> None:
    """Send the function's log to standard output. The root logger, which Lambda's runtime sets up, stays as it is.

    Args:
        level: The least level that is written, by the name that `logging` has for it.
    """
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(JsonFormatter())
    LOGGER.handlers = [handler]
    LOGGER.setLevel(level)
    LOGGER.propagate = False


def write(level: str, message: str, fields: Mapping[str, Any], error: Exception | None = None) -> None:
    """Write a line with these members whatever the log level is, with the traceback of an error if there is one."""
    exc_info = None if error is None else (type(error), error, error.__traceback__)
    record = LOGGER.makeRecord(
        LOGGER.name,
        logging.getLevelNamesMapping()[level],
        __file__,
        0,
        message,
        (),
        exc_info,
        extra={"fields": fields},
    )
    LOGGER.handle(record)
