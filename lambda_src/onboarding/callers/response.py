"""The answer that CloudFormation waits for: a small JSON document, put to the address that came with the request.

"Custom resource response objects" (CloudFormation user guide): which members there are, and that all of it may have
4096 bytes.
"""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from urllib3 import PoolManager, Retry, Timeout
from urllib3.exceptions import HTTPError

_LIMIT = 4096
_MARK = " … (cut)"
# With the pauses of half a second and more, at most about 9 seconds: the watchdog leaves 12.
_RETRY = Retry(
    total=2, backoff_factor=0.5, status_forcelist=(500, 502, 503, 504), allowed_methods=("PUT",), redirect=0
)
_TIMEOUT = Timeout(connect=1.0, read=1.5)


@dataclass(frozen=True, slots=True)
class Answer:
    """What CloudFormation is told.

    Attributes:
        physical_id: What CloudFormation knows the onboarding by. Another one than before would be a replacement.
        failure: Why it failed; empty for success.
        data: What `Fn::GetAtt` gets, by name.
        log: Where to read the rest of a failure.
    """

    physical_id: str
    failure: str = ""
    data: Mapping[str, str] = field(default_factory=dict)
    log: str = ""

    def body(self, request: Mapping[str, Any]) -> bytes:
        """Return the document for a request, cut to what CloudFormation takes: a longer one is as good as none."""
        fields = {name: request[name] for name in ("StackId", "RequestId", "LogicalResourceId")}
        fields["PhysicalResourceId"] = self.physical_id
        if self.failure:
            tail = f" See {self.log}." if self.log else ""
            room = _LIMIT - len(_document({**fields, "Status": "FAILED", "Reason": tail}))
            return _document({**fields, "Status": "FAILED", "Reason": _cut(self.failure, room) + tail})
        # No name may be missing, which Fn::GetAtt would fail by; and the first leave room for the mark of the last.
        data = dict.fromkeys(self.data, _MARK)
        for name, value in self.data.items():
            room = _LIMIT - len(_document({**fields, "Status": "SUCCESS", "Data": {**data, name: ""}}))
            data[name] = _cut(value, room)
        return _document({**fields, "Status": "SUCCESS", "Data": data})


class Reply:
    """Answers one request, once: to whoever is first, the work or the watchdog."""

    def __init__(self, request: Mapping[str, Any]) -> None:
        self._request = request
        self._lock = threading.Lock()
        self._given = False

    def give(self, answer: Answer) -> bool:
        """Send the answer, unless there was one. Return whether it was sent now.

        Raises:
            ConnectionError: The address cannot be reached, or does not take the answer.
        """
        with self._lock:
            if self._given:
                return False
            _put(self._request["ResponseURL"], answer.body(self._request))
            self._given = True
            return True


def _put(url: str, body: bytes) -> None:
    # The address is signed for a request without a content type, and is a secret: no message may hold it.
    # What urllib3 logs and raises does.
    logging.getLogger("urllib3").setLevel(logging.ERROR)
    try:
        with PoolManager(retries=_RETRY, timeout=_TIMEOUT) as pool:
            response = pool.request("PUT", url, body=body, headers={"Content-Type": ""})
    except HTTPError as error:
        reason = type(getattr(error, "reason", error)).__name__
        raise ConnectionError(f"CloudFormation could not be given the answer ({reason}).") from None
    if response.status >= 300:
        raise ConnectionRefusedError(
            f"CloudFormation does not take the answer (HTTP status {response.status}); it expires two hours "
            "after the request."
        )


def _document(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _cut(text: str, room: int) -> str:
    """Return the text, or as much of its beginning, with a mark, as takes `room` bytes in a document."""
    if _size(text) <= room:
        return text
    room -= _size(_MARK)
    length = 0
    for length, character in enumerate(text):  # noqa: B007 - where it stops is what is wanted
        room -= _size(character)
        if room < 0:
            break
    return text[:length] + _MARK


def _size(text: str) -> int:
    return len(_document(text)) - len('""')
