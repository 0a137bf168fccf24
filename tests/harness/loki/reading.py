"""The part of Loki's query API that the stand-in has: lines of the streams that a selector names."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from tests.harness.loki.entries import Entry
from tests.harness.loki.labels import parse_selector
from tests.harness.loki.limits import Limits

_SECOND = 1_000_000_000
_DEFAULT_LIMIT = 100
_DEFAULT_WINDOW = 3600 * _SECOND


class QueryError(ValueError):
    """A query parameter that Loki refuses."""


def query_range(
    entries: Sequence[Entry], parameters: Mapping[str, str], now: int, limits: Limits
) -> dict[str, Any]:
    """Answer `GET /loki/api/v1/query_range` in Loki's form.

    https://grafana.com/docs/loki/latest/reference/loki-http-api/#query-logs-within-a-range-of-time

    Args:
        entries: everything there is, in the order of time.
        parameters: query, start (included), end (excluded), limit, direction.
        now: nanoseconds since the epoch.
        limits: Loki's limits.

    Raises:
        QueryError: a parameter is not valid.
        LabelSyntaxError: the query is not a plain stream selector.
    """
    matchers = parse_selector(parameters.get("query", ""))
    end = _time("end", parameters.get("end"), now)
    start = _time("start", parameters.get("start"), end - _DEFAULT_WINDOW)
    if end < start:
        raise QueryError("end timestamp must not be before or equal to start time")
    limit = _limit(parameters.get("limit"), limits.max_entries_limit_per_query)
    direction = parameters.get("direction", "backward").lower()
    if direction not in ("forward", "backward"):
        raise QueryError(f"invalid direction '{direction}'")
    found = [
        entry
        for entry in entries
        if start <= entry.timestamp < end and all(matcher.matches(entry.labels) for matcher in matchers)
    ]
    if direction == "backward":
        found.reverse()
    streams: dict[str, dict[str, Any]] = {}
    for entry in found[:limit]:
        # Unless asked to keep them apart, Loki shows structured metadata as further labels of the stream.
        labels = {**entry.labels, **entry.metadata}
        stream = streams.setdefault(json.dumps(labels, sort_keys=True), {"stream": labels, "values": []})
        stream["values"].append([str(entry.timestamp), entry.line])
    return {
        "status": "success",
        "data": {"resultType": "streams", "result": list(streams.values()), "stats": {}},
    }


def _time(name: str, text: str | None, default: int) -> int:
    """Nanoseconds of a time in one of Loki's forms: nanoseconds, seconds as a decimal number, or RFC 3339."""
    if not text:
        return default
    try:
        if text.isdigit():
            # Loki takes an integer of up to ten digits for seconds.
            return int(text) * (_SECOND if len(text) <= 10 else 1)
        if "T" not in text:
            return round(float(text) * _SECOND)
        moment = datetime.fromisoformat(text)
        return int(moment.timestamp()) * _SECOND + moment.microsecond * 1000
    except ValueError as error:
        raise QueryError(f"cannot parse {text!r} to a valid timestamp for {name}") from error


def _limit(text: str | None, most: int) -> int:
    if not text:
        return _DEFAULT_LIMIT
    if not text.isdigit() or int(text) == 0:
        raise QueryError(f"limit must be a positive value, not {text!r}")
    if int(text) > most:
        raise QueryError(
            f"max entries limit per query exceeded, limit > max_entries_limit_per_query ({text} > {most})"
        )
    return int(text)
