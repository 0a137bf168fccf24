"""Reads lines back from a Loki, a real one or the stand-in."""

import base64
import http.client
import json
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from typing import Any

from tests.harness.direct import opener_for
from tests.harness.loki.entries import Entry

_PAGE = 5000  # Loki's default for the most entries of one answer


class LokiQueryError(RuntimeError):
    """Loki did not answer a query, or refused it."""


class LokiQuery:
    """A client of Loki's query API; a proxy in the environment is used, but for the loopback.

    Args:
        url: the base URL, such as `http://localhost:3100`.
        username: with `password`, for basic auth.
        password: see `username`.
        tenant_id: value of X-Scope-OrgID.
        bearer_token: for `Authorization: Bearer`; not together with `username`.
        timeout: seconds of one request.
    """

    def __init__(
        self,
        url: str,
        username: str | None = None,
        password: str | None = None,
        tenant_id: str | None = None,
        bearer_token: str | None = None,
        *,
        timeout: float = 30.0,
    ) -> None:
        self._url = url.rstrip("/")
        self._opener = opener_for(url)
        self._timeout = timeout
        self._headers: dict[str, str] = {}
        if username or password:
            credentials = base64.b64encode(f"{username or ''}:{password or ''}".encode()).decode()
            self._headers["Authorization"] = f"Basic {credentials}"
        elif bearer_token:
            self._headers["Authorization"] = f"Bearer {bearer_token}"
        if tenant_id:
            self._headers["X-Scope-OrgID"] = tenant_id

    def query_range(self, selector: str, start: int, end: int) -> list[Entry]:
        """All lines of the selected streams from `start` (included) to `end` (excluded), in the order of time.

        Times are in nanoseconds since the epoch. Loki answers with 5000 lines at most, so this asks repeatedly.
        Structured metadata are among the labels, as Loki answers.

        Raises:
            LokiQueryError: Loki cannot be reached, or refuses.
        """
        found: dict[tuple[str, int, str], Entry] = {}
        while True:
            page = self._page(selector, start, end)
            before = len(found)
            for entry in page:
                found[(json.dumps(entry.labels, sort_keys=True), entry.timestamp, entry.line)] = entry
            if len(page) < _PAGE or len(found) == before:
                return sorted(found.values(), key=lambda entry: entry.timestamp)
            # The last nanosecond may continue on the next page: ask for it again.
            start = max(entry.timestamp for entry in page)

    def wait_for(
        self, selector: str, start: int, end: int, count: int, *, timeout: float = 30.0
    ) -> list[Entry]:
        """Ask until there are `count` lines or more, or `timeout` seconds have passed; returns what there is.

        Raises:
            LokiQueryError: Loki cannot be reached, or refuses.
        """
        limit = time.monotonic() + timeout
        while True:
            entries = self.query_range(selector, start, end)
            if len(entries) >= count or time.monotonic() > limit:
                return entries
            time.sleep(0.25)

    def labels(self) -> list[str]:
        """The names of all labels that Loki knows of late."""
        names: list[str] = self._get("/loki/api/v1/labels", {}).get("data", [])
        return names

    def _page(self, selector: str, start: int, end: int) -> list[Entry]:
        document = self._get(
            "/loki/api/v1/query_range",
            {
                "query": selector,
                "start": str(start),
                "end": str(end),
                "limit": str(_PAGE),
                "direction": "forward",
            },
        )
        return [
            Entry(stream["stream"], int(value[0]), value[1])
            for stream in document["data"]["result"]
            for value in stream["values"]
        ]

    def _get(self, path: str, parameters: Mapping[str, str]) -> dict[str, Any]:
        url = f"{self._url}{path}?{urllib.parse.urlencode(parameters)}"
        request = urllib.request.Request(url, headers=self._headers)  # noqa: S310
        try:
            with self._opener.open(request, timeout=self._timeout) as answer:
                document: dict[str, Any] = json.load(answer)
        except urllib.error.HTTPError as error:
            text = error.read().decode(errors="replace").strip()
            raise LokiQueryError(
                f"Loki at {self._url} refused {path} with {error.code}: {text or error.reason}. "
                "Check the URL, the credentials and the tenant."
            ) from error
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise LokiQueryError(
                f"Loki at {self._url} did not answer {path}: {error}. Is it running, and is the URL its base "
                "URL, without a path?"
            ) from error
        return document
