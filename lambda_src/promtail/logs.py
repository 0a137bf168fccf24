"""The function's own log: one JSON object a line, on standard output, which Lambda sends to CloudWatch Logs.

Secrets are never written to it, and log lines only when PRINT_LOG_LINE asks for them.

Lambda's log format JSON leaves lines that are JSON as they are. It takes their level and time from the members `level`
and `timestamp`, and them for INFO if it cannot read one of the two:
https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html
"""

import json
import logging
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

LOGGER = logging.getLogger("promtail")
# The levels as Lambda names them.
_LEVELS = {"WARNING": "WARN", "CRITICAL": "FATAL"}
# What these log of requests and answers at DEBUG holds secrets.
_OTHERS = ("botocore", "urllib3")


class JsonFormatter(logging.Formatter):
    """Writes timestamp, level and message, the members of the record's `fields` attribute, and any traceback."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one line of JSON."""
        members = {
            "timestamp": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": _LEVELS.get(record.levelname, record.levelname),
            "message": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            members["traceback"] = self.formatException(record.exc_info)
        return json.dumps(members, ensure_ascii=False)


def configure_logging(level: str) -> None:
    """Send the function's log to standard output. The root logger, which Lambda's runtime sets up, stays as it is.

    Lambda gives it the level of the log format JSON (`AWS_LAMBDA_LOG_LEVEL`), and with it all loggers that have none
    of their own: those that would write secrets at DEBUG get one.

    Args:
        level: The least level that is written, by the name that `logging` has for it.
    """
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(JsonFormatter())
    LOGGER.handlers = [handler]
    LOGGER.setLevel(level)
    LOGGER.propagate = False
    for name in _OTHERS:
        logging.getLogger(name).setLevel(logging.WARNING)


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
